package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

const syncWatchWithRun = `mutation($id: ID!, $dry: Boolean!) { syncWatch(id: $id, dryRun: $dry) {
	run { ...r } result { id outcome } userErrors { code }
} }` + everythingOfARun

// Syncing one watch records a run, dry or not, outside the firm's rounds (contract, syncWatch).
func TestSyncingOneWatchLeavesARun(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(2)
	p.renumber("new", matters...)
	underWay := p.begin(false)
	for _, dry := range []bool{true, false} {
		p.clock.Advance(time.Second)
		a := p.ask(syncWatchWithRun, vars{"id": watches[0], "dry": dry})
		run := read[aRun](a, "syncWatch.run")
		now := p.clock.Now()
		require.Equal(t, aRun{
			ID: run.ID, RoundID: run.RoundID, Trigger: "MANUAL", Scope: "WATCH", ConflictResolution: "KEEP_LOCAL", Status: "SUCCEEDED",
			DryRun: dry, CanUndo: !dry, Counts: counts{Selected: 1, Processed: 1, Updated: 1},
			StartedAt: &now, FinishedAt: &now, RequestedBy: struct{ Name string }{"ada"},
		}, run)
		require.Equal(t, run, p.run(run.ID))
		require.Equal(t, watches[:1], ids(p.results(run.ID)))
		node := p.ask(`query($id: ID!) { node(id: $id) { ... on WatchSyncResult { outcome watch { id } } } }`,
			vars{"id": a.text("syncWatch.result.id")})
		require.Equal(t, watches[0], node.text("node.watch.id"))
	}
	require.Equal(t, "QUEUED", p.run(underWay).Status, "it never waits behind a run")
	status := p.ask(`{ syncStatus { currentRun { id } lastRun { id } } }`)
	require.Equal(t, underWay, status.text("syncStatus.currentRun.id"))
	require.Nil(t, status.at("syncStatus.lastRun"), "the status is about runs over more than one watch")
}

// When Clio fails during syncWatch, the run says so, and there is no result beside it (contract, SyncWatchPayload).
func TestSyncingOneWatchInVain(t *testing.T) {
	cases := map[string]sandbox.Switch{
		"CLIO_UNAVAILABLE":  {Fault: sandbox.ServerError},
		"CLIO_RATE_LIMITED": {Fault: sandbox.RateLimited, Path: "/api/v4/contacts"},
	}
	for code, fault := range cases {
		t.Run(code, func(t *testing.T) {
			p := newStage(t).connected("ada")
			_, watches := p.link(1)
			require.NoError(t, p.clio.Fail(fault))
			for _, dry := range []bool{true, false} {
				a := p.ask(syncWatchWithRun, vars{"id": watches[0], "dry": dry})
				require.Equal(t, []string{code}, a.texts("syncWatch.userErrors.*.code"))
				require.Nil(t, a.at("syncWatch.result"))
				run := read[aRun](a, "syncWatch.run")
				require.Equal(t, "FAILED", run.Status)
				require.Equal(t, code, run.ProblemCode)
				require.Equal(t, counts{Selected: 1, Processed: 1, Failed: 1}, run.Counts)
				require.Equal(t, dry, run.DryRun)
				require.Equal(t, run, p.run(run.ID))
				require.Len(t, p.results(run.ID), 1)
			}
		})
	}
}

// A refused syncWatch records no run.
func TestSyncsThatLeaveNoRun(t *testing.T) {
	p := newStage(t).connected("ada")
	_, watches := p.link(2)
	p.mutate("archiveWatch", watches[0])
	own := p.create(vars{"firstName": "Ana", "lastName": "Rivera"})
	refused := func(id string) string {
		a := p.ask(syncWatchWithRun, vars{"id": id, "dry": false})
		require.Nil(t, a.at("syncWatch.run"))
		return a.text("syncWatch.userErrors.0.code")
	}
	require.Equal(t, "ARCHIVED", refused(watches[0]))
	require.Equal(t, "NOT_LINKED", refused(own))
	require.Equal(t, "NOT_FOUND", refused("watch_x"))
	p.ask(`mutation { disconnectClio { userErrors { code } } }`)
	require.Equal(t, "CLIO_NOT_CONNECTED", refused(watches[1]))
	require.Equal(t, []string{"CLIO_NOT_CONNECTED"}, p.ask(`mutation { syncAllWatches { run { id } userErrors { code } } }`).
		texts("syncAllWatches.userErrors.*.code"))
	require.Empty(t, p.ask(`{ syncRuns { nodes { id } } }`).at("syncRuns.nodes"))
}
