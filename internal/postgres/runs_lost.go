package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

// EnqueueLost finds runs without a job and enqueues them, in one transaction. A run and its job are stored in one transaction, so that a
// run without a job lost it. If two replicas enqueue the same run, it is enqueued once.
func (s *Runs) EnqueueLost(ctx context.Context) (int, error) {
	ctx = AcrossFirms(ctx, Upkeep)
	var lost []*syncer.SyncRun
	err := s.db.inTxWithJobs(ctx, func(ctx context.Context, tx bun.Tx, jobs jobQueue) error {
		lost = nil
		if err := withoutJob(tx.NewSelect().Model(&lost).Where(isOpen)).Scan(ctx); err != nil {
			return fmt.Errorf("finding runs without a job: %w", err)
		}
		return jobs.enqueue(ctx, lost)
	})
	return len(lost), err
}
