package graph_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
)

const undoSyncRun = `mutation($id: ID!, $dry: Boolean!) { undoSyncRun(id: $id, dryRun: $dry) {
	run { ...r } fields { watch { id } field outcome before after } userErrors { code path }
} }` + everythingOfARun

// undone is an UndoneField as the API returns it.
type undone struct {
	Watch                         struct{ ID string }
	Field, Outcome, Before, After string
}

// undo undoes a run, which must succeed, after a dry run, which must predict the same.
func (p *person) undo(runID string) []undone {
	p.t.Helper()
	before, run := p.everything(), p.run(runID)
	dry := p.ask(undoSyncRun, vars{"id": runID, "dry": true})
	require.Equal(p.t, run, read[aRun](dry, "undoSyncRun.run"))
	require.Equal(p.t, before, p.everything(), "a dry undo changes nothing")
	require.Equal(p.t, run, p.run(runID))
	wet := p.ask(undoSyncRun, vars{"id": runID, "dry": false})
	require.Empty(p.t, wet.at("undoSyncRun.userErrors"))
	require.Equal(p.t, dry.at("undoSyncRun.fields"), wet.at("undoSyncRun.fields"), "and has the same result")
	run = read[aRun](wet, "undoSyncRun.run")
	require.False(p.t, run.CanUndo)
	require.WithinDuration(p.t, p.clock.Now(), *run.UndoneAt, 0)
	require.Equal(p.t, "ada", run.UndoneBy.Name)
	require.Equal(p.t, run, p.run(runID))
	return read[[]undone](wet, "undoSyncRun.fields")
}

// undoable reports whether a run can be undone, on which canUndo and undoing it must agree.
func (p *person) undoable(runID string) bool {
	p.t.Helper()
	a := p.ask(undoSyncRun, vars{"id": runID, "dry": true})
	codes := a.texts("undoSyncRun.userErrors.*.code")
	require.Equal(p.t, p.run(runID).CanUndo, len(codes) == 0)
	if len(codes) > 0 {
		require.Equal(p.t, []string{"NOT_UNDOABLE"}, codes)
		require.Nil(p.t, a.at("undoSyncRun.run"))
		require.Empty(p.t, a.at("undoSyncRun.fields"))
	}
	return len(codes) == 0
}

// Undoing restores what the run changed, except where it was edited, archived, unlinked or deleted since (docs/rules.md#undo).
func TestUndoingARun(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(6)
	p.renumber("theirs", matters...)
	require.NoError(t, p.clio.EditMatter(matters[0], func(m *sandbox.Matter) { m.OpenDate = new("2026-01-02") }))
	run := p.syncAll()
	require.Equal(t, 6, run.Counts.Updated)
	p.clock.Advance(time.Minute)
	p.update(watches[1], vars{"caseNumber": "ours"})
	p.update(watches[2], vars{"caseNumber": "ours"})
	p.update(watches[2], vars{"caseNumber": "theirs", "city": "Reno"})
	p.mutate("archiveWatch", watches[3])
	p.mutate("unlinkWatch", watches[4])
	p.mutate("deleteWatch", watches[5])
	first := p.watch(watches[0])
	p.clock.Advance(time.Minute)

	of := func(id, field, outcome, before, after string) undone {
		return undone{struct{ ID string }{id}, field, outcome, before, after}
	}
	fields := p.undo(run.ID)
	slices.SortStableFunc(fields, func(a, b undone) int { return slices.Index(watches, a.Watch.ID) - slices.Index(watches, b.Watch.ID) })
	require.Equal(t, []undone{
		of("", "CASE_NUMBER", "WATCH_DELETED", "theirs", "theirs"),
		of(watches[0], "CASE_NUMBER", "RESTORED", "theirs", "N-000"),
		of(watches[0], "DATE_OF_INTEREST", "RESTORED", "2026-01-02", ""),
		of(watches[1], "CASE_NUMBER", "KEPT_EDITED", "ours", "ours"),
		of(watches[2], "CASE_NUMBER", "KEPT_EDITED", "theirs", "theirs"),
		of(watches[3], "CASE_NUMBER", "SKIPPED_ARCHIVED", "theirs", "theirs"),
		of(watches[4], "CASE_NUMBER", "SKIPPED_UNLINKED", "theirs", "theirs"),
	}, fields)
	w := p.watch(watches[0])
	require.Equal(t, "N-000", w.text("watch.caseNumber"))
	require.Nil(t, w.at("watch.dateOfInterest"))
	require.NotEqual(t, first.at("watch.version"), w.at("watch.version"))
	require.Equal(t, p.clock.Now().Format(time.RFC3339), w.text("watch.updatedAt"))
	for _, field := range read[[]struct{ Field, Clio string }](w, "watch.syncedFields") {
		if field.Field == "CASE_NUMBER" {
			require.Equal(t, "theirs", field.Clio, "base is left alone")
		}
	}
	require.False(t, p.undoable(run.ID), "once per run")
}

// Every synced field is restored, also a local edit that Clio replaced.
func TestUndoingEveryField(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	p.policy("USE_CLIO")
	p.update(id, vars{"assignedTo": "Somebody Else", "dateOfBirth": nil})
	for _, f := range syncedFields {
		require.NoError(t, f.inClio(p.clio.Firm, &f.second))
	}
	p.clock.Advance(time.Minute)
	before := p.watch(id)
	run := p.syncAll()
	require.Equal(t, 1, run.Counts.OverwroteLocal)
	fields := p.undo(run.ID)
	require.Len(t, fields, len(syncedFields))
	for i, f := range syncedFields {
		require.Equal(t, []string{f.name, "RESTORED", f.second}, []string{fields[i].Field, fields[i].Outcome, fields[i].Before})
		require.Equal(t, before.text("watch."+f.input), fields[i].After)
		require.Equal(t, before.at("watch."+f.input), p.watch(id).at("watch."+f.input))
	}
	p.clock.Advance(time.Minute)
	require.Equal(t, 1, p.syncAll().Counts.Unchanged, "settled, also where Clio overwrites")
}

// A field that a later run or undo has changed isn't restored.
func TestUndoingRunsOneAfterTheOther(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(1)
	number := func() string { return p.watch(watches[0]).text("watch.caseNumber") }
	p.renumber("second", matters...)
	first := p.syncAll()
	p.clock.Advance(time.Minute)
	p.renumber("third", matters...)
	second := p.syncAll()
	require.Equal(t, "third", number())
	require.Equal(t, "RESTORED", p.undo(second.ID)[0].Outcome)
	require.Equal(t, "second", number())
	require.Equal(t, "KEPT_EDITED", p.undo(first.ID)[0].Outcome, "the latest change is the undo's")
	require.Equal(t, "second", number())
}

// An undone value isn't applied again while Clio repeats it, nor after other values in between; a new value is merged as usual.
func TestWhatIsUndoneIsSettled(t *testing.T) {
	anew := map[string]string{"KEEP_LOCAL": "KEPT_LOCAL", "USE_CLIO": "OVERWROTE_LOCAL", "ASK": "CONFLICT"}
	for policy, decision := range anew {
		t.Run(policy, func(t *testing.T) {
			p := newStage(t).connected("ada")
			matters, watches := p.link(1)
			decided := func() string {
				p.clock.Advance(time.Minute)
				predicted := p.results(p.dryRun().ID)
				results := p.results(p.syncAll().ID)
				require.Equal(t, predicted, results)
				return results[0].decision("CASE_NUMBER")
			}
			p.renumber("theirs", matters...)
			run := p.syncAll()
			p.clock.Advance(time.Minute)
			p.undo(run.ID)
			p.policy(policy)
			for range 2 {
				require.Equal(t, "KEPT_LOCAL", decided())
				require.Equal(t, "N-000", p.watch(watches[0]).text("watch.caseNumber"))
				require.Empty(t, p.conflicts())
			}
			p.renumber("theirs again", matters...)
			require.Equal(t, decision, decided())
			if policy != "USE_CLIO" {
				p.renumber("theirs", matters...)
				require.Equal(t, "KEPT_LOCAL", decided(), "it stays settled while Clio passes through other values")
				require.Empty(t, p.conflicts())
			}
			p.renumber(p.watch(watches[0]).text("watch.caseNumber"), matters...)
			require.Equal(t, "SAME", decided())
			p.renumber("theirs", matters...)
			require.Equal(t, "UPDATED", decided(), "once both sides agreed it is forgotten")
		})
	}
}

func TestWhichRunsCanBeUndone(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(2)
	p.renumber("theirs", matters...)
	require.False(t, p.undoable(p.dryRun().ID), "a dry one")
	underWay := p.begin(false)
	require.False(t, p.undoable(underWay), "one under way")
	p.cancel(underWay)
	require.False(t, p.undoable(underWay), "one that was canceled before it wrote")

	single := p.ask(syncWatchWithRun, vars{"id": watches[0], "dry": false}).text("syncWatch.run.id")
	require.True(t, p.undoable(single))
	require.Equal(t, "RESTORED", p.undo(single)[0].Outcome)
	p.clock.Advance(time.Second)
	run := p.syncAll()
	require.Equal(t, watches[1], p.undo(run.ID)[0].Watch.ID)
	p.clock.Advance(time.Second)
	require.Empty(t, p.undo(p.syncAll().ID), "a run that changed nothing")
	for _, none := range []string{watches[0], "run", ""} {
		a := p.ask(undoSyncRun, vars{"id": none, "dry": false})
		require.Equal(t, []string{"NOT_FOUND"}, a.texts("undoSyncRun.userErrors.*.code"))
	}
}

// When two undo a run at once, one succeeds, and the watch has one change for it.
func TestUndoingARunTwiceAtOnce(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(1)
	p.renumber("theirs", matters...)
	run := p.syncAll()
	codes := make(chan int)
	for range 4 {
		go func() {
			a := p.try(undoSyncRun, vars{"id": run.ID, "dry": false})
			errors, _ := a.at("undoSyncRun.userErrors").([]any)
			codes <- len(errors)
		}()
	}
	refused := 0
	for range 4 {
		refused += <-codes
	}
	require.Equal(t, 3, refused)
	require.Equal(t, "UNDO", p.history(watches[0])[0].Cause)
	require.Equal(t, "SYNC", p.history(watches[0])[1].Cause)
}

// Old results are pruned: the runs and the histories stay, but the runs can no longer be undone (docs/rules.md#history).
func TestPruningResults(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(2)
	p.renumber("theirs", matters...)
	old := p.syncAll()
	for range 60 { // more than are pruned at once
		p.ask(syncWatchWithRun, vars{"id": watches[0], "dry": true})
	}
	p.clock.Advance(time.Hour)
	p.renumber("theirs again", matters...)
	kept := p.syncAll()
	p.clock.Advance(time.Hour)
	history := p.history(watches[0])
	underWay := p.begin(false)

	require.NoError(t, p.syncs.Prune(t.Context(), time.Hour))
	require.Empty(t, p.results(old.ID))
	require.Len(t, p.results(kept.ID), 2, "it ended just an hour ago")
	require.False(t, p.undoable(old.ID))
	require.True(t, p.undoable(kept.ID))
	require.Equal(t, old.Counts, p.run(old.ID).Counts)
	require.Equal(t, history, p.history(watches[0]))
	var left int
	require.NoError(t, p.db.Pool().QueryRow(pgtest.AcrossFirms(t.Context()), "SELECT count(*) FROM sync_runs WHERE results IS NOT NULL").Scan(&left))
	require.Equal(t, 1, left)
	p.work()
	require.Len(t, p.results(underWay), 2)

	pruned, err := postgres.NewRuns(p.db).PruneResults(t.Context(), p.clock.Now(), p.clock.Now(), 1)
	require.NoError(t, err)
	require.Equal(t, 1, pruned, "at most as many as asked for")
}
