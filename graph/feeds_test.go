package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/syncer"
)

// However many follow a firm, each change is read once in a replica.
func TestFollowersShareWhatIsRead(t *testing.T) {
	p := newStage(t).connected("ada")
	p.imported("1001")
	firm := p.ask(`{ viewer { firm { id } } }`).text("viewer.firm.id")
	const followers = 100
	all := make([]<-chan *syncer.SyncStatus, followers)
	for i := range all {
		var err error
		all[i], err = p.syncs.FollowStatus(t.Context(), firm)
		require.NoError(t, err)
		require.Nil(t, (<-all[i]).CurrentRun)
	}
	id := p.begin(false)
	require.NoError(t, p.clock.BlockUntilContext(t.Context(), 1), "one was notified")
	p.sql.Reset()
	p.clock.Advance(time.Second / 4)
	for _, states := range all {
		require.Equal(t, id, (<-states).CurrentRun.ID)
	}
	require.Equal(t, 3, p.sql.Count(), "the counts with the settings, the last runs, and the connection, once")
}
