package main_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// days is how often the firms fall due.
const days = 4

// Replicas are killed and started again while ten firms are due: each firm has its round each time, once, over all of its watches.
func killsAroundDueTimes(t *testing.T, program string) {
	if testing.Short() {
		t.Skip("many processes are started and killed")
	}
	r := newReplicas(t, program, 3, 2*time.Second)
	r.clio.fill(firmsMatter)
	for i := range r.addresses {
		r.startUp(i)
	}
	all := r.signUpAll()
	elsewhen := time.Now().UTC().Add(12 * time.Hour).Format("15:04") // so that nothing falls due but what the test makes due
	for _, f := range all {
		require.NoError(t, f.ask(&struct{}{}, `mutation($time: String!) {
			updateSyncSettings(input: {autoSyncEnabled: true, timeZone: "UTC", timeOfDay: $time}) { userErrors { code } }
		}`, vars{"time": elsewhen}))
	}
	require.NoError(t, r.clio.Fail(sandbox.Switch{Fault: sandbox.Slow, Seconds: 0.1}))
	connection, err := pgx.Connect(t.Context(), r.database)
	require.NoError(t, err)
	defer func() { require.NoError(t, connection.Close(context.Background())) }()

	const seed = 20261127
	random := rand.New(rand.NewPCG(seed, seed))
	for past := range days {
		// Everything was down since a day or two ago, and is back: from now on the replicas find something.
		_, err := connection.Exec(t.Context(), `UPDATE sync_settings SET next_sync_at = now() - INTERVAL '2 days' * random() - INTERVAL '10 minutes', start_at = now()`)
		require.NoError(t, err)
		for range 2 {
			<-time.After(time.Duration(random.Int64N(int64(1500 * time.Millisecond))))
			which := random.IntN(len(r.running))
			r.kill(which)
			r.startUp(which)
		}
		for _, f := range all {
			require.NoError(t, f.roundsEnd(past+1))
		}
	}
	for _, f := range all {
		f.checkRuns()
	}
	var early int
	require.NoError(t, connection.QueryRow(t.Context(), "SELECT count(*) FROM sync_settings WHERE next_sync_at <= now()").Scan(&early))
	require.Zero(t, early, "nothing is left to do")
}

// roundsEnd waits until so many rounds of the schedule's have passed over all watches. More are an error.
func (f *firm) roundsEnd(expected int) error {
	ctx, cancel := context.WithTimeout(f.Context(), timeout)
	defer cancel()
	ticker := time.NewTicker(again)
	defer ticker.Stop()
	for {
		var all struct{ SyncRuns struct{ Nodes []run } }
		err := f.ask(&all, `{ syncRuns(first: 100, filter: {triggers: [SCHEDULE]}) { nodes { roundId status remaining } } }`, nil)
		if err != nil {
			return err
		}
		rounds, passed := map[string]bool{}, 0
		for _, each := range all.SyncRuns.Nodes {
			rounds[each.RoundID] = true
			if each.ended() && each.Remaining == 0 {
				passed++
			}
		}
		if passed == expected && len(rounds) == expected {
			return nil
		}
		if len(rounds) > expected {
			return fmt.Errorf("%d rounds were started, where %d were due", len(rounds), expected)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%d of %d rounds have ended: %w", passed, expected, ctx.Err())
		case <-ticker.C:
		}
	}
}
