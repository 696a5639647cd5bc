package postgres_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/syncer"
)

// storeRun stores a run of a firm of its own, without a job.
func storeRun(t *testing.T, db *postgres.DB, id string, status syncer.SyncRunStatus) {
	t.Helper()
	_, err := db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "INSERT INTO firms (id, name, created_at) VALUES ($1, 'Firm', now())", "firm of "+id)
	require.NoError(t, err)
	run := &syncer.SyncRun{
		ID: id, FirmID: "firm of " + id, RoundID: "round of " + id, Trigger: syncer.TriggerSchedule, Scope: syncer.ScopeAll, Status: status,
		WatchIDs: []string{}, MatterIDs: []int64{}, CreatedAt: time.Now(),
	}
	_, err = db.Bun().NewInsert().Model(run).Exec(pgtest.AcrossFirms(t.Context()))
	require.NoError(t, err)
}

// A run that hasn't ended and has no job in the queue any more is put there again; all others are left alone.
func TestRunsThatLostTheirJobAreEnqueuedAgain(t *testing.T) {
	db := pgtest.Open(t)
	runs := postgres.NewRuns(db)
	lost := func() int {
		found, err := runs.EnqueueLost(t.Context())
		require.NoError(t, err)
		return found
	}
	for i, status := range []syncer.SyncRunStatus{syncer.RunQueued, syncer.RunRunning, syncer.RunSucceeded, syncer.RunCanceled} {
		storeRun(t, db, fmt.Sprint("run_", i), status)
	}
	var waiting []string
	for i, state := range postgres.OpenJobStates {
		id := fmt.Sprint("run_waits_", i)
		waiting = append(waiting, id)
		storeRun(t, db, id, syncer.RunRunning)
		enqueue(t, db, id)
		setJobState(t, db, id, state)
	}
	storeRun(t, db, "run_discarded", syncer.RunRunning)
	enqueue(t, db, "run_discarded")
	setJobState(t, db, "run_discarded", rivertype.JobStateDiscarded)

	require.Equal(t, 3, lost())
	require.Zero(t, lost(), "they are in the queue now")
	for _, id := range waiting {
		setJobState(t, db, id, rivertype.JobStateDiscarded) // no worker takes them
	}
	executed := make(chan string, 10)
	startJobs(t, db, postgres.JobsOptions{Execute: func(_ context.Context, runID string) (*time.Time, error) {
		executed <- runID
		return nil, nil
	}})
	require.ElementsMatch(t, []string{"run_0", "run_1", "run_discarded"}, []string{receive(t, executed), receive(t, executed), receive(t, executed)})
}

// Runs that people start go before those of schedules, however many wait.
func TestClicksGoBeforeSchedules(t *testing.T) {
	db := pgtest.Open(t)
	for i := range 3 {
		storeRun(t, db, fmt.Sprint("run_due_", i), syncer.RunQueued)
	}
	_, err := postgres.NewRuns(db).EnqueueLost(t.Context()) // as runs of schedules
	require.NoError(t, err)
	enqueue(t, db, "run_clicked")
	executed := make(chan string, 4)
	startJobs(t, db, postgres.JobsOptions{Workers: 1, Execute: func(_ context.Context, runID string) (*time.Time, error) {
		executed <- runID
		return nil, nil
	}})
	require.Equal(t, "run_clicked", receive(t, executed))
	for range 3 {
		receive(t, executed)
	}
}
