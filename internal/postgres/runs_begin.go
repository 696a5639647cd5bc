package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

func (s *Runs) BeginRun(ctx context.Context, runID string, now time.Time) (*syncer.SyncRun, error) {
	ctx = AcrossFirms(ctx, Queue)
	run := new(syncer.SyncRun)
	err := s.db.bun.NewUpdate().Model(run).Set("status = ?", syncer.RunRunning).Set("started_at = coalesce(r.started_at, ?)", now).
		Set("waiting_until = NULL").Where("r.id = ?", runID).Where("r.status IN (?)", bun.List(syncer.RunRunning.Before())).
		Returning("?Columns").Scan(ctx)
	if notFound(err) {
		return nil, syncer.ErrRunEnded
	}
	if err != nil {
		return nil, fmt.Errorf("beginning a run: %w", err)
	}
	if !run.HasChosen() {
		return s.chooseLate(ForFirm(ctx, run.FirmID), runID, now)
	}
	return run, nil
}

func (s *Runs) WaitRun(ctx context.Context, runID string, until time.Time, failingSince *time.Time) error {
	ctx = AcrossFirms(ctx, Queue)
	_, err := s.db.bun.NewUpdate().Model((*syncer.SyncRun)(nil)).
		Set("waiting_until = ?", until).Set("failing_since = ?", failingSince).
		Where("r.id = ?", runID).Where("r.status = ?", syncer.RunRunning).Exec(ctx)
	if err != nil {
		return fmt.Errorf("recording that a run waits: %w", err)
	}
	return nil
}

// CancelRun waits for a run that is being written: the transaction that ends it has its row locked, and the run has ended when the lock
// is released.
func (s *Runs) CancelRun(ctx context.Context, firmID, runID string, now time.Time) (*syncer.SyncRun, bool, error) {
	ctx = ForFirm(ctx, firmID)
	done, err := s.db.bun.NewUpdate().Model((*syncer.SyncRun)(nil)).Set("status = ?", syncer.RunCanceled).Set("finished_at = ?", now).
		Set("waiting_until = NULL").Where("r.id = ? AND r.firm_id = ?", runID, firmID).
		Where("r.status IN (?)", bun.List(syncer.RunCanceled.Before())).Exec(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("canceling a run: %w", err)
	}
	changed, err := done.RowsAffected()
	if err != nil {
		return nil, false, fmt.Errorf("counting the runs that were canceled: %w", err)
	}
	run, err := s.Run(ctx, firmID, runID)
	return run, changed > 0, err
}
