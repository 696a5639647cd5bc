package postgres_test

import (
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// queueAge is the age of the queue in whole minutes.
func queueAge(t *testing.T, db *postgres.DB) int {
	t.Helper()
	age, err := db.QueueAge(t.Context())
	require.NoError(t, err)
	return int(age / time.Minute)
}

func TestTheQueueIsAsOldAsTheOldestJobThatIsDueAndWaits(t *testing.T) {
	db := pgtest.Open(t)
	require.Zero(t, queueAge(t, db), "an empty queue")
	enqueue(t, db, "run_1", "run_2", "run_3")
	for run, minutes := range map[string]int{"run_1": 10, "run_2": 20, "run_3": -30} {
		_, err := db.Pool().Exec(t.Context(),
			"UPDATE river_job SET scheduled_at = now() - make_interval(mins => $1), priority = 1 + abs($1 / 10) % 2 WHERE args->>'run_id' = $2", minutes, run)
		require.NoError(t, err)
	}
	for _, state := range []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStateRetryable, rivertype.JobStateScheduled,
	} {
		setJobState(t, db, "run_2", state)
		require.Equal(t, 20, queueAge(t, db), state)
	}
	setJobState(t, db, "run_2", rivertype.JobStateRunning)
	require.Equal(t, 10, queueAge(t, db), "a worker has begun the older one")
	setJobState(t, db, "run_1", rivertype.JobStateCompleted)
	require.Zero(t, queueAge(t, db), "the last isn't due yet")
}
