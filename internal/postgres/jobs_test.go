package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

const timeout = 20 * time.Second

// receive waits for a value, and fails the test when it doesn't come.
func receive[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case value := <-from:
		return value
	case <-time.After(timeout):
		require.FailNow(t, "nothing came")
		panic("unreachable")
	}
}

// startJobs starts a replica's workers, which stop with the test.
func startJobs(t *testing.T, db *postgres.DB, options postgres.JobsOptions) *postgres.Jobs {
	t.Helper()
	if options.Fail == nil {
		options.Fail = func(_ context.Context, runID string, cause error) error {
			t.Errorf("%s failed too often: %v", runID, cause)
			return nil
		}
	}
	started, err := postgres.NewJobs(db, options)
	require.NoError(t, err)
	require.NoError(t, started.Start(t.Context()))
	t.Cleanup(func() { require.NoError(t, started.Stop(context.Background())) })
	return started
}

// job returns the only job.
func job(t *testing.T, db *postgres.DB) pgtest.Job {
	t.Helper()
	found := jobs(t, db)
	require.Len(t, found, 1)
	return found[0]
}

// becomes waits until the only job is in that state.
func becomes(t *testing.T, db *postgres.DB, expected rivertype.JobState) {
	t.Helper()
	require.Eventually(t, func() bool { return job(t, db).State == expected }, timeout, 10*time.Millisecond)
}

func TestARunStartsPromptlyAndIsExecutedOnce(t *testing.T) {
	db := pgtest.Open(t)
	executed := make(chan string)
	startJobs(t, db, postgres.JobsOptions{Execute: func(_ context.Context, runID string) (*time.Time, error) {
		executed <- runID
		return nil, nil
	}})
	var waits []time.Duration
	for _, id := range []string{"run_1", "run_2", "run_3", "run_4", "run_5", "run_6", "run_7"} {
		begun := time.Now()
		enqueue(t, db, id)
		require.Equal(t, id, receive(t, executed))
		waits = append(waits, time.Since(begun))
	}
	slices.Sort(waits)
	t.Log("from the click to the work:", waits)
	require.Less(t, waits[len(waits)/2], 200*time.Millisecond)
	require.Eventually(t, func() bool {
		found, err := pgtest.Jobs(t.Context(), db)
		unfinished := func(job pgtest.Job) bool { return job.State != rivertype.JobStateCompleted }
		return err == nil && len(found) == len(waits) && !slices.ContainsFunc(found, unfinished)
	}, timeout, 10*time.Millisecond)
}

func TestReplicasShareTheRunsAndNeverExecuteOneTogether(t *testing.T) {
	const runs = 200
	url := pgtest.URL(t)
	db, replica := pgtest.OpenURL(t, url), pgtest.OpenURL(t, url)
	var working sync.Map
	executed := make(chan string, runs)
	execute := func(ctx context.Context, runID string) (*time.Time, error) {
		if _, already := working.LoadOrStore(runID, true); already {
			t.Errorf("%s is executed twice at a time", runID)
		}
		defer working.Delete(runID)
		executed <- runID
		return nil, db.Ready(ctx)
	}
	startJobs(t, db, postgres.JobsOptions{Execute: execute})
	startJobs(t, replica, postgres.JobsOptions{Execute: execute})
	var expected, actual []string
	for i := range runs {
		expected = append(expected, fmt.Sprint("run_", i))
	}
	for some := range slices.Chunk(expected, 10) {
		enqueue(t, db, some...)
	}
	for range runs {
		actual = append(actual, receive(t, executed))
	}
	require.ElementsMatch(t, expected, actual, "each once")
}

// A firm's round enqueues its next run when one has ended, so a backlog delays another firm by one run at most (docs/rules.md#waiting-for-clio).
func TestABacklogWaitsBehindOtherFirms(t *testing.T) {
	db := pgtest.Open(t)
	next := map[string]string{"backlog_1": "backlog_2", "backlog_2": "backlog_3"}
	executed, proceed := make(chan string), make(chan struct{})
	startJobs(t, db, postgres.JobsOptions{Workers: 1, Execute: func(_ context.Context, runID string) (*time.Time, error) {
		executed <- runID
		<-proceed
		if following := next[runID]; following != "" {
			enqueue(t, db, following)
		}
		return nil, nil
	}})
	enqueue(t, db, "backlog_1")
	order := []string{receive(t, executed)}
	enqueue(t, db, "other_1")
	for range 3 {
		proceed <- struct{}{}
		order = append(order, receive(t, executed))
	}
	proceed <- struct{}{}
	require.Equal(t, []string{"backlog_1", "other_1", "backlog_2", "backlog_3"}, order)
}

func TestStoppingHandsRunsBackAtOnce(t *testing.T) {
	url := pgtest.URL(t)
	db := pgtest.OpenURL(t, url)
	begun, taken := make(chan struct{}), make(chan struct{})
	first := startJobs(t, db, postgres.JobsOptions{Execute: func(ctx context.Context, _ string) (*time.Time, error) {
		close(begun)
		<-ctx.Done()
		return nil, errors.New("half done") // says nothing of its cause
	}})
	enqueue(t, db, "run_1")
	receive(t, begun)
	require.NoError(t, first.Stop(t.Context()))
	handedBack := job(t, db)
	require.Equal(t, rivertype.JobStateAvailable, handedBack.State)
	require.Zero(t, handedBack.Attempt, "no attempt is counted")

	startJobs(t, pgtest.OpenURL(t, url), postgres.JobsOptions{Execute: func(context.Context, string) (*time.Time, error) {
		close(taken)
		return nil, nil
	}})
	receive(t, taken)
	becomes(t, db, rivertype.JobStateCompleted)
}

func TestStoppingLeavesNoGoroutine(t *testing.T) {
	db := pgtest.Open(t)
	require.NoError(t, db.Ready(t.Context()))
	before := goleak.IgnoreCurrent()
	started := startJobs(t, db, postgres.JobsOptions{})
	require.NoError(t, started.Stop(t.Context()))
	goleak.VerifyNone(t, before)
	require.NoError(t, started.Stop(t.Context()), "again")
}

func TestTheEndOfTheStartingContextStopsNothing(t *testing.T) {
	db := pgtest.Open(t)
	begun, proceed := make(chan context.Context), make(chan struct{})
	prepared, err := postgres.NewJobs(db, postgres.JobsOptions{
		Execute: func(ctx context.Context, _ string) (*time.Time, error) {
			begun <- ctx
			<-proceed
			return nil, ctx.Err()
		},
	})
	require.NoError(t, err)
	require.NoError(t, prepared.Stop(t.Context()), "before it started")
	ctx, cancel := context.WithCancel(t.Context())
	require.NoError(t, prepared.Start(ctx))
	enqueue(t, db, "run_1")
	executing := receive(t, begun)
	cancel()
	require.NoError(t, executing.Err())
	close(proceed)
	becomes(t, db, rivertype.JobStateCompleted)
	require.NoError(t, prepared.Stop(t.Context()))
}

func TestARunPutOffHoldsNoWorkerAndLosesNoAttempt(t *testing.T) {
	t.Parallel()
	db := pgtest.Open(t)
	executed := make(chan string, 3)
	resumeAt := time.Now().Add(1500 * time.Millisecond)
	startJobs(t, db, postgres.JobsOptions{Workers: 1, Execute: func(_ context.Context, runID string) (*time.Time, error) {
		executed <- runID
		if runID == "throttled" && time.Now().Before(resumeAt) {
			return &resumeAt, nil
		}
		return nil, nil
	}})
	enqueue(t, db, "throttled")
	require.Equal(t, "throttled", receive(t, executed))
	becomes(t, db, rivertype.JobStateAvailable)
	require.Zero(t, job(t, db).Attempt)

	enqueue(t, db, "other")
	require.Equal(t, "other", receive(t, executed))
	require.Equal(t, "throttled", receive(t, executed))
	require.False(t, time.Now().Before(resumeAt))
}

func TestContradictoryOptionsAreRefused(t *testing.T) {
	_, err := postgres.NewJobs(pgtest.Open(t), postgres.JobsOptions{TakeOverAfter: time.Second})
	require.ErrorContains(t, err, "cannot be less than JobTimeout")
}
