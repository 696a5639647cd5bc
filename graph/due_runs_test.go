package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/syncer"
)

// Rounds that nobody started by hand continue by themselves, each run for the user of the first (docs/rules.md#rounds).
func TestScheduledRoundsGoOnByThemselves(t *testing.T) {
	for _, trigger := range []syncer.SyncTrigger{syncer.TriggerSchedule, syncer.TriggerLogin} {
		t.Run(string(trigger), func(t *testing.T) {
			p := newStage(t).connected("ada")
			_, watches := p.link(250)
			first := p.fallDue(trigger)
			p.work()
			runs := read[[]aRun](p.ask(`{ syncRuns { nodes { ...r } } }`+everythingOfARun), "syncRuns.nodes")
			require.Len(t, runs, 3)
			var seen []string
			for i, run := range runs { // newest first
				require.Equal(t, string(trigger), run.Trigger)
				require.Equal(t, first.RoundID, run.RoundID)
				require.Equal(t, []int{0, 50, 150}[i], run.Remaining)
				seen = append(seen, ids(p.results(run.ID))...)
			}
			require.ElementsMatch(t, watches, seen)
			require.NotEqual(t, first.RoundID, p.syncAll().RoundID, "a manual run begins a round of its own")
		})
	}
}

// fallDue starts a run for the schedule or for a login.
func (p *person) fallDue(trigger syncer.SyncTrigger) *syncer.SyncRun {
	p.t.Helper()
	firm := p.ask(`{ viewer { firm { id } } }`).text("viewer.firm.id")
	run, already, err := postgres.NewRuns(p.db).StartRun(p.t.Context(), "us", &syncer.SyncRun{
		ID: ident.New(ident.SyncRun), FirmID: firm, RoundID: ident.New(ident.SyncRound), Trigger: trigger, Scope: syncer.ScopeAll,
		Status: syncer.RunQueued, CreatedAt: p.clock.Now().UTC(),
	})
	require.NoError(p.t, err)
	require.False(p.t, already)
	return run
}

// A scheduled round ends with a run that was canceled, or that failed because Clio stayed down.
func TestWhatEndsAScheduledRound(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(101)
	p.mutate("cancelSyncRun", p.fallDue(syncer.TriggerSchedule).ID)
	p.work()
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ServerError}))
	began := p.clock.Now()
	down := p.fallDue(syncer.TriggerSchedule)
	p.work()
	require.Equal(t, "CLIO_UNAVAILABLE", p.run(down.ID).ProblemCode)
	require.GreaterOrEqual(t, p.clock.Since(began), 2*time.Hour, "a scheduled run is patient")
	require.Len(t, p.ask(`{ syncRuns { nodes { id } } }`).at("syncRuns.nodes"), 2)
}
