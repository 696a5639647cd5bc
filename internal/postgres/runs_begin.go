package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

// BeginRun is one statement. A crash may lose that the run was begun: its job is taken over, and begins it again.
func (s *Runs) BeginRun(ctx context.Context, runID string, now time.Time) (*syncer.SyncRun, error) {
	ctx = AcrossFirms(ctx, Queue)
	run, err := readOne(ctx, s.db, new(statement).Add(`
		UPDATE sync_runs AS r SET status = ?, started_at = coalesce(r.started_at, ?), waiting_until = NULL
		WHERE r.id = ? AND r.status = ANY (?) RETURNING `+runRows.columns+", "+withoutWaiting,
		syncer.RunRunning, now, runID, syncer.RunRunning.Before()), scanBegun)
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

func scanBegun(from pgx.CollectableRow) (*syncer.SyncRun, error) {
	run := new(syncer.SyncRun)
	return run, from.Scan(append(runRows.targets(from, nil, run), nil)...)
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
