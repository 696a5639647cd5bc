package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// whileClioAnswers does something once, a second after the run has asked for the matters.
func (p *person) whileClioAnswers(happens func()) {
	done := false
	p.clio.OnRequest(func(r sandbox.Request) {
		if !done && r.Path == "/api/v4/contacts.json" {
			done = true
			p.clock.Advance(time.Second)
			happens()
		}
	})
}

// What a person writes while a run reads Clio stays, under every policy (docs/rules.md#merge).
func TestAnEditDuringARunWins(t *testing.T) {
	for _, policy := range []string{"KEEP_LOCAL", "USE_CLIO", "ASK"} {
		t.Run(policy, func(t *testing.T) {
			p := newStage(t).connected("ada")
			matters, watches := p.link(2)
			p.policy(policy)
			p.renumber("theirs", matters...)
			p.whileClioAnswers(func() { p.update(watches[0], vars{"caseNumber": "ours"}) })
			run := p.syncAll()
			results := p.results(run.ID)
			require.Equal(t, "KEPT_LOCAL", results[0].decision("CASE_NUMBER"))
			require.Equal(t, []string{"EDITED_SINCE"}, p.keptReasons(run.ID))
			require.Equal(t, "UPDATED", results[1].decision("CASE_NUMBER"))
			require.Equal(t, counts{Selected: 2, Processed: 2, Updated: 1, Unchanged: 1, KeptLocal: 1}, run.Counts)
			require.Equal(t, "ours", p.watch(watches[0]).text("watch.caseNumber"))
			p.clock.Advance(time.Minute)
			next := p.results(p.syncAll().ID)
			require.Equal(t, map[string]string{"KEEP_LOCAL": "KEPT_LOCAL", "USE_CLIO": "OVERWROTE_LOCAL", "ASK": "CONFLICT"}[policy],
				next[0].decision("CASE_NUMBER"), "at the next run it is an edit like any other")
		})
	}
}

// The conflict that an edit during a run leaves open stays open, for the same pair of values; one about another value of Clio's
// closes, as Clio's value changed.
func TestAConflictThatMovesDuringARun(t *testing.T) {
	for name, clio := range map[string]string{"Clio repeats itself": "theirs", "Clio moved": "theirs again"} {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			matters, watches := p.link(1)
			p.policy("ASK")
			p.update(watches[0], vars{"caseNumber": "ours"})
			p.renumber("theirs", matters...)
			p.clock.Advance(time.Minute)
			p.syncAll()
			before := p.conflicts()
			require.Len(t, before, 1)
			p.renumber(clio, matters...)
			var edited []aConflict
			p.whileClioAnswers(func() {
				p.update(watches[0], vars{"caseNumber": "ours again"})
				edited = p.conflicts()
			})
			p.syncAll()
			require.Len(t, edited, 1)
			require.NotEqual(t, before[0].ID, edited[0].ID)
			if clio == "theirs" {
				require.Equal(t, edited, p.conflicts())
			} else {
				require.Empty(t, p.conflicts())
			}
			p.clock.Advance(time.Minute)
			p.syncAll()
			require.Equal(t, aConflict{ID: p.conflicts()[0].ID, Field: "CASE_NUMBER", Local: "ours again", Clio: clio}, p.conflicts()[0])
		})
	}
}

// An older answer of Clio's never overwrites a newer one, in the link either.
func TestANewerSyncDuringARunWins(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(2)
	p.renumber("old", matters...)
	p.whileClioAnswers(func() {
		p.renumber("new", matters...)
		require.Equal(t, "UPDATED", p.sync(watches[0]).text("syncWatch.result.outcome"))
	})
	run := p.syncAll()
	results := p.results(run.ID)
	require.Equal(t, "SKIPPED", results[0].Outcome)
	require.Contains(t, results[0].Message, "newer")
	require.Equal(t, "UPDATED", results[1].Outcome)
	require.Equal(t, "new", p.watch(watches[0]).text("watch.caseNumber"))
	require.Equal(t, "old", p.watch(watches[1]).text("watch.caseNumber"))
	require.Equal(t, "SUCCEEDED", run.Status)
}

// A watch that is archived, unlinked or deleted while Clio answers is skipped, as if that had happened before.
func TestWatchesThatGoDuringARun(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(4)
	p.renumber("new", matters...)
	p.whileClioAnswers(func() {
		p.mutate("archiveWatch", watches[0])
		p.mutate("unlinkWatch", watches[1])
		p.mutate("deleteWatch", watches[2])
	})
	run := p.syncAll()
	require.Equal(t, counts{Selected: 4, Processed: 4, Updated: 1, Skipped: 3}, run.Counts)
	for _, id := range watches[:2] {
		require.NotEqual(t, "new", p.watch(id).text("watch.caseNumber"))
	}
	require.Equal(t, "ARCHIVED", p.watch(watches[0]).text("watch.status"))
}

// The policy and the mapping are those at the time of writing (docs/rules.md#outcomes).
func TestAPolicyThatChangesDuringARun(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(1)
	p.update(watches[0], vars{"caseNumber": "ours"})
	p.renumber("theirs", matters...)
	p.clock.Advance(time.Minute)
	p.whileClioAnswers(func() { p.policy("USE_CLIO") })
	run := p.syncAll()
	require.Equal(t, "USE_CLIO", run.ConflictResolution)
	require.Equal(t, 1, run.Counts.OverwroteLocal)
}
