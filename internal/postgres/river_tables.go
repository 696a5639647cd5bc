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
