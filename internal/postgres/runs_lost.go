package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

// EnqueueLost finds runs without a job. Both are stored in one transaction, so a run without a job has lost it. Should
// two replicas enqueue the same run, it is enqueued once.
func (s *Runs) EnqueueLost(ctx context.Context) (int, error) {
	var lost []*syncer.SyncRun
	err := s.db.inTxWithJobs(ctx, func(ctx context.Context, tx bun.Tx, jobs jobQueue) error {
		lost = nil
		err := tx.NewSelect().Model(&lost).Where(isOpen).
			Where(`NOT EXISTS (SELECT 1 FROM river_job j WHERE j.kind = ? AND j.args->>'run_id' = r.id
				AND j.state IN ('available', 'pending', 'retryable', 'running', 'scheduled'))`, runArgs{}.Kind()).Scan(ctx)
		if err != nil {
			return fmt.Errorf("looking for runs without a job: %w", err)
		}
		return jobs.enqueue(ctx, lost)
	})
	return len(lost), err
}
