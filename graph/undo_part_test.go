package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

const undoPart = `mutation($id: ID!, $watch: ID, $fields: [SyncedField!], $dry: Boolean!) {
	undoSyncRun(id: $id, watchId: $watch, fields: $fields, dryRun: $dry) {
		run { canUndo undoneAt } fields { watch { id } field outcome before after } userErrors { code path } } }`

// undoPart undoes a part of a run, after a dry run, which must predict the same and change nothing. The run doesn't count as undone.
func (p *person) undoPart(runID, watch string, fields ...string) []undone {
	p.t.Helper()
	arguments := vars{"id": runID, "watch": watch, "dry": true}
	if len(fields) > 0 {
		arguments["fields"] = fields
	}
	before := p.everything()
	dry := p.ask(undoPart, arguments)
	require.Equal(p.t, before, p.everything(), "a dry undo changes nothing")
	arguments["dry"] = false
	wet := p.ask(undoPart, arguments)
	require.Empty(p.t, wet.at("undoSyncRun.userErrors"))
	require.Equal(p.t, dry.at("undoSyncRun"), wet.at("undoSyncRun"))
	return read[[]undone](wet, "undoSyncRun.fields")
}

// twoFields is a run that changed two fields of each of two watches.
func (p *person) twoFields() (run aRun, watches []string) {
	matters, watches := p.link(2)
	p.renumber("theirs", matters...)
	for _, matter := range matters {
		require.NoError(p.t, p.clio.EditMatter(matter, func(m *sandbox.Matter) { m.OpenDate = new("2026-01-02") }))
	}
	run = p.syncAll()
	p.clock.Advance(time.Minute)
	return run, watches
}

// A field of a watch is undone alone, then the rest of the watch, then the rest of the run; what was undone once stays (docs/rules.md#undo).
func TestUndoingARunPartByPart(t *testing.T) {
	p := newStage(t).connected("ada")
	run, watches := p.twoFields()
	of := func(id, field, outcome, before, after string) undone {
		return undone{struct{ ID string }{id}, field, outcome, before, after}
	}
	number := []undone{of(watches[0], "CASE_NUMBER", "RESTORED", "theirs", "N-000")}
	require.Equal(t, number, p.undoPart(run.ID, watches[0], "CASE_NUMBER", "CASE_NUMBER", "CITY"), "the run didn't change the city")
	require.Equal(t, run, p.run(run.ID), "it doesn't count as undone")
	w := p.watch(watches[0])
	require.Equal(t, "N-000", w.text("watch.caseNumber"))
	require.Equal(t, "2026-01-02", w.text("watch.dateOfInterest"))
	require.Equal(t, "theirs", p.watch(watches[1]).text("watch.caseNumber"))

	again := []undone{of(watches[0], "CASE_NUMBER", "KEPT_EDITED", "N-000", "N-000")}
	require.Equal(t, again, p.undoPart(run.ID, watches[0], "CASE_NUMBER"), "undone twice")
	require.Equal(t, append(again, of(watches[0], "DATE_OF_INTEREST", "RESTORED", "2026-01-02", "")), p.undoPart(run.ID, watches[0]))

	p.clock.Advance(time.Minute)
	require.Equal(t, 2, p.syncAll().Counts.Unchanged, "settled as by an undo of the whole")
	whole := p.undo(run.ID)
	require.Equal(t, "KEPT_EDITED KEPT_EDITED RESTORED RESTORED", outcomes(whole, watches))
	require.Equal(t, "KEPT_EDITED", p.undoPart(run.ID, watches[1], "CASE_NUMBER")[0].Outcome, "also after the whole was undone")
	require.Equal(t, []string{"UNDO", "UNDO", "SYNC", "SYNC"}, causes(p.history(watches[0])[:4]))
}

// outcomes are those of the first watch's fields, then those of the second's.
func outcomes(fields []undone, watches []string) string {
	var text string
	for _, id := range watches {
		for _, field := range fields {
			if field.Watch.ID == id {
				text += " " + field.Outcome
			}
		}
	}
	return text[1:]
}

func causes(changes []aChange) []string {
	all := make([]string, len(changes))
	for i, change := range changes {
		all[i] = change.Cause
	}
	return all
}

// What an undo of the whole skipped can be undone later.
func TestUndoingWhatWasSkipped(t *testing.T) {
	p := newStage(t).connected("ada")
	run, watches := p.twoFields()
	p.mutate("archiveWatch", watches[0])
	require.Equal(t, "SKIPPED_ARCHIVED SKIPPED_ARCHIVED RESTORED RESTORED", outcomes(p.undo(run.ID), watches))
	require.Equal(t, "SKIPPED_ARCHIVED", p.undoPart(run.ID, watches[0], "CASE_NUMBER")[0].Outcome)
	p.mutate("unarchiveWatch", watches[0])
	require.Equal(t, "RESTORED RESTORED", outcomes(p.undoPart(run.ID, watches[0]), watches[:1]))
	p.mutate("deleteWatch", watches[1])
	require.Equal(t, "WATCH_DELETED", p.undoPart(run.ID, watches[1], "CASE_NUMBER")[0].Outcome)
}

// A part is refused as the whole is; a watch that isn't the run's is NOT_FOUND, whoever's it is, and fields need a watch.
func TestWhichPartsCanBeUndone(t *testing.T) {
	s := newStage(t)
	p, stranger := s.connected("ada"), s.signUp("bob")
	run, watches := p.twoFields()
	other := p.imported("1001")
	theirs := stranger.create(vars{"firstName": "Bob", "lastName": "Quill"})
	dry := p.dryRun().ID
	for _, c := range []struct {
		id, watch any
		fields    []string
		code      string
		path      []string
	}{
		{run.ID, other, nil, "NOT_FOUND", []string{"watchId"}},
		{run.ID, theirs, nil, "NOT_FOUND", []string{"watchId"}},
		{run.ID, unlike(watches[0]), nil, "NOT_FOUND", []string{"watchId"}},
		{run.ID, "nonsense", nil, "NOT_FOUND", []string{"watchId"}},
		{run.ID, nil, []string{"CITY"}, "INVALID", []string{"fields"}},
		{run.ID, nil, []string{}, "INVALID", []string{"fields"}},
		{dry, watches[0], nil, "NOT_UNDOABLE", []string{"id"}},
		{"run", watches[0], nil, "NOT_FOUND", []string{"id"}},
	} {
		a := p.ask(undoPart, vars{"id": c.id, "watch": c.watch, "fields": c.fields, "dry": false})
		require.Equal(t, []string{c.code}, a.texts("undoSyncRun.userErrors.*.code"), c)
		require.Equal(t, c.path, a.texts("undoSyncRun.userErrors.0.path.*"), c)
		require.Nil(t, a.at("undoSyncRun.run"))
		require.Empty(t, a.at("undoSyncRun.fields"))
	}
	require.Equal(t, []string{"NOT_FOUND"}, stranger.ask(undoPart, vars{"id": run.ID, "watch": watches[0], "dry": false}).
		texts("undoSyncRun.userErrors.*.code"))
	require.Empty(t, p.ask(undoPart, vars{"id": run.ID, "watch": watches[0], "fields": []string{}, "dry": false}).at("undoSyncRun.fields"))
	require.True(t, p.undoable(run.ID))
}

// A pruned run doesn't know any more which watches it was about: it can't be undone, whichever is asked for.
func TestAPartOfAPrunedRunCannotBeUndone(t *testing.T) {
	p := newStage(t).connected("ada")
	run, watches := p.twoFields()
	before := p.run(run.ID)
	p.clock.Advance(time.Hour)
	require.NoError(t, p.syncs.Prune(t.Context(), time.Hour))
	for _, id := range []string{watches[0], unlike(watches[0])} {
		a := p.ask(undoPart, vars{"id": run.ID, "watch": id, "dry": false})
		require.Equal(t, []string{"NOT_UNDOABLE"}, a.texts("undoSyncRun.userErrors.*.code"))
		require.Equal(t, []string{"id"}, a.texts("undoSyncRun.userErrors.0.path.*"))
	}
	before.CanUndo = false
	require.Equal(t, before, p.run(run.ID), "nothing else that is shown of it changed")
}

// Under ASK an undo of a field closes its conflict, and no other's.
func TestUndoingAPartLeavesOtherConflictsOpen(t *testing.T) {
	p := newStage(t).connected("ada")
	run, watches := p.twoFields()
	p.policy("ASK")
	for _, id := range watches {
		p.update(id, vars{"city": "Reno"})
	}
	p.syncAll()
	require.Len(t, p.conflicts(), 2)
	open := p.conflicts()
	require.Equal(t, "RESTORED", p.undoPart(run.ID, watches[0], "CASE_NUMBER")[0].Outcome)
	require.Equal(t, open, p.conflicts())
}
