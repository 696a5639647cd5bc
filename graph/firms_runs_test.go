package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// Another firm's runs, results, conflicts and changes can be neither read nor changed, and don't keep one's own runs waiting.
func TestTwoFirmsShareNoRuns(t *testing.T) {
	s := newStage(t)
	ada, bob := s.connected("ada"), s.signUp("bob")
	matters, watches := ada.link(2)
	require.Equal(t, "/?clio=connected", bob.connect(sandbox.FirstAccount))
	ada.policy("ASK")
	ada.update(watches[0], vars{"caseNumber": "ours"})
	ada.renumber("theirs", matters...)
	ada.clock.Advance(time.Minute)
	run := ada.syncAll()
	result := ada.ask(`query($id: ID!) { syncRun(id: $id) { results { nodes { id } } } }`, vars{"id": run.ID}).text("syncRun.results.nodes.0.id")
	change := ada.ask(historyOfAWatch, vars{"id": watches[0], "first": 1}).text("watch.history.nodes.0.id")
	conflict := ada.conflicts()[0].ID
	status := ada.ask(`{ syncStatus { id } }`).text("syncStatus.id")
	for _, id := range []string{run.ID, result, change, conflict, status} {
		require.NotNil(t, ada.ask(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": id}).at("node"), id)
		require.Nil(t, bob.ask(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": id}).at("node"), id)
	}
	underWay := ada.begin(false)
	require.Nil(t, bob.ask(`query($id: ID!) { syncRun(id: $id) { id } }`, vars{"id": run.ID}).at("syncRun"))
	require.Empty(t, bob.ask(`{ syncRuns { nodes { id } } }`).at("syncRuns.nodes"))
	require.Empty(t, bob.conflicts())
	require.Equal(t, []string{"NOT_FOUND"}, bob.mutate("cancelSyncRun", underWay))
	require.Equal(t, []string{"NOT_FOUND"}, bob.mutate("undoSyncRun", run.ID))
	require.Equal(t, []string{"CONFLICT"}, bob.tryResolving("CLIO", conflict).texts("resolveSyncConflicts.userErrors.*.code"))
	require.Equal(t, 0.0, bob.ask(`query($id: ID) { syncConflicts(watchId: $id) { totalCount } }`, vars{"id": watches[0]}).at("syncConflicts.totalCount"))

	own := bob.ask(`mutation { syncAllWatches { run { id } alreadyRunning } }`)
	require.Equal(t, false, own.at("syncAllWatches.alreadyRunning"))
	require.NotEqual(t, underWay, own.text("syncAllWatches.run.id"))
	require.Equal(t, "QUEUED", ada.run(underWay).Status)
	require.True(t, ada.run(run.ID).CanUndo)
	require.Len(t, ada.conflicts(), 1)
}
