package postgres_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/logging"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

func TestARunThatFailsIsTriedAgainAndThenGivenUp(t *testing.T) {
	t.Parallel()
	db := pgtest.Open(t)
	var attempts, failures atomic.Int32
	causes := make(chan error, 2)
	var log strings.Builder
	started := startJobs(t, db, postgres.WithAttempts(postgres.JobsOptions{
		Execute: func(context.Context, string) (*time.Time, error) {
			if attempts.Add(1) == 1 {
				panic("a fault of ours")
			}
			return nil, errors.New("no luck")
		},
		Fail: func(_ context.Context, runID string, cause error) error {
			require.Equal(t, "run_1", runID)
			causes <- cause
			if failures.Add(1) == 1 {
				return errors.New("not now")
			}
			return nil
		},
		Logger: slog.New(logging.NewHandler(slog.NewTextHandler(&log, nil))),
	}, 2))
	enqueue(t, db, "run_1")
	require.EqualError(t, receive(t, causes), "no luck")
	require.ErrorContains(t, receive(t, causes), "without a result", "Fail failed, and is called again by itself")
	becomes(t, db, rivertype.JobStateCancelled)
	require.EqualValues(t, 2, attempts.Load(), "a panic is one attempt, an error the other")

	require.NoError(t, started.Stop(t.Context()))
	require.Contains(t, log.String(), "panic in a run")
	require.NotContains(t, log.String(), "level=INFO", "River is quiet about what is usual")
	for line := range strings.Lines(log.String()) {
		require.Regexp(t, `run=run_1 attempt=[123]\n$`, line)
	}
}

func TestARunThatTakesTooLongIsInterruptedAndThenEnded(t *testing.T) {
	db := pgtest.Open(t)
	causes := make(chan error, 1)
	startJobs(t, db, postgres.WithAttempts(postgres.JobsOptions{
		JobTimeout: 50 * time.Millisecond,
		Execute: func(ctx context.Context, _ string) (*time.Time, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		},
		Fail: func(ctx context.Context, _ string, cause error) error {
			causes <- cause
			return ctx.Err()
		},
	}, 1))
	enqueue(t, db, "run_1")
	require.ErrorIs(t, receive(t, causes), context.DeadlineExceeded)
	becomes(t, db, rivertype.JobStateCancelled)
	require.Empty(t, causes, "Fail had time of its own")
}

// A killed process returns nothing to the queue. Another takes its run over once TakeOverAfter has passed.
func TestAKilledProcessesRunIsTakenOver(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	db := pgtest.OpenURL(t, url)
	enqueue(t, db, "run_1")
	killDuring(t, url, "run_1")
	left := job(t, db)
	require.Equal(t, rivertype.JobStateRunning, left.State, "nobody handed it back")
	require.Equal(t, 1, left.Attempt)

	killLeader(t, db) // River's own search for abandoned jobs waits for another
	taken := make(chan string, 1)
	startJobs(t, db, postgres.JobsOptions{
		JobTimeout: time.Second, TakeOverAfter: 2 * time.Second,
		Execute: func(_ context.Context, runID string) (*time.Time, error) {
			taken <- runID
			return nil, nil
		},
	})
	require.Equal(t, "run_1", receive(t, taken))
	becomes(t, db, rivertype.JobStateCompleted)
}

// A database that goes away only delays: what it was asked for then is done when it is back.
func TestADatabaseThatGoesAwayOnlyDelays(t *testing.T) {
	t.Parallel()
	url := pgtest.Fresh(t)
	db := pgtest.OpenURL(t, url)
	begun, proceed := make(chan struct{}, 9), make(chan struct{})
	startJobs(t, db, postgres.JobsOptions{
		JobTimeout: time.Second, TakeOverAfter: 2 * time.Second,
		Execute: func(ctx context.Context, _ string) (*time.Time, error) {
			begun <- struct{}{}
			<-proceed
			return nil, db.Ready(ctx)
		},
	})
	enqueue(t, db, "run_1")
	receive(t, begun)
	comeBack := goAway(t, url)
	close(proceed)
	require.Error(t, db.Ready(t.Context()))
	comeBack()
	require.Eventually(t, func() bool {
		found, err := pgtest.Jobs(t.Context(), db)
		return err == nil && len(found) == 1 && found[0].State == rivertype.JobStateCompleted
	}, time.Minute, 50*time.Millisecond)
}
