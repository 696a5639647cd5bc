package graph_test

import (
	"fmt"
	"strings"
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

// What hangs on a run or a status is read once for all who follow it through the API, too.
func TestFollowersShareWhatHangsOnAReading(t *testing.T) {
	const followStatus = `subscription { syncStatus { linkedWatches currentRun { id requestedBy { name } } lastRun { status requestedBy { name } } clioIntegration { state clioUserName } } }`
	for name, c := range map[string]struct {
		query, path string
		statements  int
	}{
		"the run; who asked, results, their count, watches": {followRun, "syncRun.status", 5},
		"counts, runs, connection; who asked, connection":   {followStatus, "syncStatus.lastRun.status", 5},
	} {
		for _, followers := range []int{1, 20} {
			t.Run(fmt.Sprintf("%s, %d followers", name, followers), func(t *testing.T) {
				p := newStage(t).connected("ada")
				p.imported("1001")
				p.imported("1002")
				id := p.begin(false)
				all := make([]stream, followers)
				for i := range all {
					all[i] = p.overEvents(c.query, vars{"id": id})
					first, _ := all[i].next()
					require.Empty(t, first.Errors)
				}
				p.execute(id)
				require.NoError(t, p.clock.BlockUntilContext(t.Context(), followers*sessionWaits+readerWaits))
				p.sql.Reset()
				p.clock.Advance(time.Second / 4)
				for _, follower := range all {
					last, ok := follower.next()
					require.True(t, ok)
					require.Empty(t, last.Errors)
					require.Equal(t, "SUCCEEDED", last.text(c.path))
				}
				require.Equal(t, c.statements, p.sql.Count(), strings.Join(p.sql.Statements(), "\n"))
			})
		}
	}
}
