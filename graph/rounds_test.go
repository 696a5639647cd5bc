package graph_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/syncer"
)

// 250 watches are one round of three runs, each watch in exactly one of them, even where Clio has deleted matters. After them a new
// round begins (docs/rules.md#rounds).
func TestARoundPassesOverEveryWatchOnce(t *testing.T) {
	for name, gone := range map[string]int{"all there": 0, "40 gone": 40} {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			matters, watches := p.link(250)
			for i := range gone {
				require.NoError(t, p.clio.HideMatter(matters[i*6]))
			}
			var seen []string
			missing := 0
			first := p.syncAll()
			for i, want := range []struct{ selected, remaining int }{{100, 150}, {100, 50}, {50, 0}} {
				run := first
				if i > 0 {
					p.clock.Advance(time.Minute)
					run = p.syncAll()
				}
				require.Equal(t, want.selected, run.Counts.Selected)
				require.Equal(t, want.remaining, run.Remaining)
				require.Equal(t, first.RoundID, run.RoundID)
				require.Equal(t, "SUCCEEDED", run.Status)
				missing += run.Counts.Missing
				seen = append(seen, ids(p.results(run.ID))...)
			}
			require.Equal(t, gone, missing)
			require.ElementsMatch(t, watches, seen)
			next := p.syncAll()
			require.NotEqual(t, first.RoundID, next.RoundID)
			require.Equal(t, 150, next.Remaining)
			require.Equal(t, seen[:100], ids(p.results(next.ID)), "least recently checked first")
		})
	}
}

// A manual round can be continued for an hour after its last run.
func TestWhenAManualRoundGoesOn(t *testing.T) {
	cases := map[string]struct {
		between func(p *person)
		goesOn  bool
	}{
		"an hour later":            {func(p *person) { p.clock.Advance(time.Hour) }, true},
		"more than an hour later":  {func(p *person) { p.clock.Advance(time.Hour + time.Microsecond) }, false},
		"after a scheduled round":  {func(p *person) { p.fallDue(syncer.TriggerSchedule); p.work() }, true},
		"after a dry run":          {func(p *person) { p.dryRun() }, true},
		"after syncing one watch":  {func(p *person) { p.sync(p.ask(`{ watches(first: 1) { nodes { id } } }`).text("watches.nodes.0.id")) }, true},
		"after a canceled dry run": {func(p *person) { p.mutate("cancelSyncRun", p.begin(true)) }, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			matters, watches := p.link(102)
			p.hide(matters[10:20]...)
			first := p.syncAll()
			require.Equal(t, 2, first.Remaining)
			c.between(p)
			second := p.syncAll()
			require.Equal(t, c.goesOn, second.RoundID == first.RoundID)
			require.Equal(t, map[bool]int{true: 2, false: 100}[c.goesOn], second.Counts.Selected)
			looked := append(ids(p.results(first.ID)), ids(p.results(second.ID))[:2]...)
			require.ElementsMatch(t, watches, looked, "watches not checked yet come first, MISSING ones after them")
		})
	}
}

// A run that was canceled, or failed because of Clio, ends its round, even with watches left (docs/rules.md#rounds).
func TestWhatEndsAManualRound(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(101)
	canceled := p.cancel(p.begin(false))
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.Gone, Times: 1}))
	failed := p.syncAll()
	require.Equal(t, "CLIO_UNAVAILABLE", failed.ProblemCode)
	next := p.syncAll()
	require.Equal(t, []int{1, 1, 1}, []int{canceled.Remaining, failed.Remaining, next.Remaining})
	require.NotEqual(t, canceled.RoundID, failed.RoundID)
	require.NotEqual(t, failed.RoundID, next.RoundID)
	require.Equal(t, next.RoundID, p.syncAll().RoundID)
}

// The watches that a round had left may not exist any more when it would continue: then a new round begins, over those that do.
func TestARoundThatHasNothingLeftIsOver(t *testing.T) {
	p := newStage(t).connected("ada")
	_, watches := p.link(102)
	first := p.syncAll()
	for _, id := range watches {
		if !slices.Contains(ids(p.results(first.ID)), id) {
			p.mutate("archiveWatch", id)
		}
	}
	dry := p.dryRun()
	require.Equal(t, 100, dry.Counts.Selected)
	next := p.syncAll()
	require.NotEqual(t, first.RoundID, next.RoundID)
	require.Equal(t, 100, next.Counts.Selected)
	require.Empty(t, next.ProblemCode)
}

// A watch that was imported meanwhile is in the round; those that were archived or unlinked are not.
func TestARoundTakesWhatThereIs(t *testing.T) {
	p := newStage(t).connected("ada")
	_, watches := p.link(104)
	first := p.syncAll()
	var left []string
	for _, id := range watches {
		if !slices.Contains(ids(p.results(first.ID)), id) {
			left = append(left, id)
		}
	}
	require.Len(t, left, 4)
	p.mutate("archiveWatch", left[0])
	p.mutate("unlinkWatch", left[1])
	p.mutate("deleteWatch", left[2])
	_, added := p.link(1)
	second := p.syncAll()
	require.Equal(t, first.RoundID, second.RoundID)
	require.ElementsMatch(t, []string{left[3], added[0]}, ids(p.results(second.ID)))
	require.Zero(t, second.Remaining)
}

// The watches that a round has left are counted when a run ends, not when it chooses its own.
func TestWhatIsLeftOfARound(t *testing.T) {
	p := newStage(t).connected("ada")
	_, watches := p.link(103)
	id := p.begin(false)
	require.Equal(t, 3, p.run(id).Remaining)
	p.mutate("archiveWatch", watches[102])
	p.work()
	require.Equal(t, 2, p.run(id).Remaining)
}

// One writing and one dry run at a time: further calls return the run of the first, however many come at once.
func TestOneRunOfAKindAtATime(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(3)
	type called struct {
		id      string
		already bool
	}
	calls := make(chan called)
	for i := range 12 {
		go func() {
			a := p.try(`mutation($dry: Boolean!) { syncAllWatches(dryRun: $dry) { run { id dryRun } alreadyRunning userErrors { code } } }`,
				vars{"dry": i%2 == 0})
			already, _ := a.at("syncAllWatches.alreadyRunning").(bool)
			calls <- called{a.text("syncAllWatches.run.id"), already}
		}()
	}
	began := map[string]int{}
	runs := map[string]int{}
	for range 12 {
		call := <-calls
		runs[call.id]++
		if !call.already {
			began[call.id]++
		}
	}
	require.Len(t, runs, 2)
	for id, calls := range runs {
		require.Equal(t, 6, calls)
		require.Equal(t, 1, began[id])
	}
	p.work()
	require.EqualValues(t, 2, len(p.ask(`{ syncRuns { nodes { id } } }`).texts("syncRuns.nodes.*.id")))
	require.False(t, p.ask(`mutation { syncAllWatches { alreadyRunning } }`).at("syncAllWatches.alreadyRunning").(bool))
}
