package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/rivertype"
	"github.com/uptrace/bun"
)

// River is asked through its client wherever it offers a way. Where it offers none, the SQL on its tables is in this file and in no
// other; river_tables_test.go fails when a new version of River changes what the statements here rely on.

// openJobStates are the states of a job that hasn't ended.
var openJobStates = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
	rivertype.JobStateRunning, rivertype.JobStateScheduled,
}

// waitingJobStates are those of the open states in which no worker has begun.
var waitingJobStates = []string{
	string(rivertype.JobStateAvailable), string(rivertype.JobStateRetryable), string(rivertype.JobStateScheduled),
}

// withoutJob adds the condition that a run, r, has no job that hasn't ended. River can list its jobs, but only to the program: there
// may be tens of thousands, to be compared with as many runs.
func withoutJob(query *bun.SelectQuery) *bun.SelectQuery {
	return query.Where(
		"NOT EXISTS (SELECT 1 FROM river_job AS j WHERE j.kind = ? AND j.args->>'run_id' = r.id AND j.state IN (?))",
		runArgs{}.Kind(), bun.List(openJobStates))
}

// releaseJobs makes the queue's jobs available again that were begun longer ago than that, and returns how many: one statement. Their
// attempt stays counted. River's client makes no running job available, and River's own search for abandoned jobs needs a leader.
func releaseJobs(ctx context.Context, pool *pgxpool.Pool, begunBefore time.Duration) (int64, error) {
	tag, err := pool.Exec(ctx, `
		UPDATE river_job SET state = 'available'
		WHERE queue = $1 AND state = 'running' AND attempted_at < now() - $2::interval`,
		runQueue, begunBefore)
	if err != nil {
		return 0, fmt.Errorf("releasing abandoned jobs: %w", err)
	}
	return tag.RowsAffected(), nil
}

// QueueAge returns for how long the queue's oldest job has been due, of those that no worker has begun; 0 when there is none. Each
// combination of a state and a priority is one look into River's index for fetching, however long the queue is. River's client has no
// such question.
func (db *DB) QueueAge(ctx context.Context) (time.Duration, error) {
	var seconds float64
	err := db.pool.QueryRow(ctx, `
		SELECT coalesce(extract(epoch FROM now() - min(oldest.scheduled_at)), 0)::float8
		FROM unnest($2::text[]) AS waiting(state) CROSS JOIN generate_series($3::int, $4::int) AS urgency
		CROSS JOIN LATERAL (
			SELECT j.scheduled_at FROM river_job AS j
			WHERE j.state = waiting.state::river_job_state AND j.queue = $1 AND j.priority = urgency::smallint AND j.scheduled_at <= now()
			ORDER BY j.scheduled_at LIMIT 1
		) AS oldest`,
		runQueue, waitingJobStates, firstPriority, lastPriority).Scan(&seconds)
	if err != nil {
		return 0, fmt.Errorf("looking for the oldest job that is due: %w", err)
	}
	return time.Duration(seconds * float64(time.Second)), nil
}
