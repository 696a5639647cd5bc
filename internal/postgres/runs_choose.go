package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/syncer"
)

// lastManual is the firm's manual run over all watches that ended last; NOT_FOUND if there is none.
func lastManual(ctx context.Context, tx bun.Tx, firmID string) (*syncer.SyncRun, error) {
	last := new(syncer.SyncRun)
	err := tx.NewSelect().Model(last).Where("r.firm_id = ?", firmID).
		Where("r.scope = ?", syncer.ScopeAll).Where("NOT r.dry_run").Where("r.trigger = ?", syncer.TriggerManual).
		Where("r.finished_at IS NOT NULL").OrderExpr("r.finished_at DESC, r.id DESC").Limit(1).Scan(ctx)
	if err != nil {
		return nil, orNotFound(err, noRun, "finding the last run")
	}
	return last, nil
}

// choose gives a new run its watches, from the first of its rounds that has any left.
func choose(ctx context.Context, tx bun.Tx, run *syncer.SyncRun) error {
	var last *syncer.SyncRun
	if run.Trigger == syncer.TriggerManual {
		var err error
		if last, err = lastManual(ctx, tx, run.FirmID); err != nil && !apperr.Is(err, apperr.NotFound) {
			return err
		}
	}
	var chosen syncer.Chosen
	for _, round := range run.Rounds(last) {
		var err error
		if chosen, err = nextOf(ctx, tx, run.FirmID, round); err != nil {
			return err
		}
		if len(chosen.WatchIDs) > 0 {
			break
		}
	}
	return run.Choose(chosen, run.CreatedAt)
}

// isActive says of a link that its watch is active, with the firm as its argument. The archived ones, of which there are few, are looked
// for: so the watches needn't be read.
const isActive = `NOT EXISTS (SELECT FROM watches w WHERE w.firm_id = ? AND w.id = l.watch_id AND w.status = 'ARCHIVED')`

// fromRound are a firm's active linked watches that a round has still to check; leftInRound is how many.
const (
	fromRound = `FROM clio_links l WHERE l.firm_id = ? AND ` + isActive + `
		  AND NOT EXISTS (SELECT 1 FROM sync_results s WHERE s.round_id = ? AND s.watch_id = l.watch_id)`
	leftInRound = "SELECT count(*) " + fromRound
)

// nextOf are the watches of a round that are least recently checked, at most BatchSize.
func nextOf(ctx context.Context, tx bun.Tx, firmID, round string) (syncer.Chosen, error) {
	var rows []struct {
		WatchID  string
		MatterID int64
		Total    int
	}
	err := tx.NewRaw(`
		SELECT l.watch_id, l.matter_id, count(*) OVER () AS total
		`+fromRound+`
		ORDER BY l.checked_at, l.watch_id LIMIT ?`, firmID, firmID, round, syncer.BatchSize).Scan(ctx, &rows)
	if err != nil {
		return syncer.Chosen{}, fmt.Errorf("choosing watches: %w", err)
	}
	chosen := syncer.Chosen{RoundID: round, WatchIDs: make([]string, len(rows)), MatterIDs: make([]int64, len(rows))}
	for i, row := range rows {
		chosen.WatchIDs[i], chosen.MatterIDs[i], chosen.Left = row.WatchID, row.MatterID, row.Total
	}
	return chosen, nil
}

// chooseLate fills in a run that was stored without its watches, and returns it, ended if there are none; ErrRunEnded if it had ended
// before.
func (s *Runs) chooseLate(ctx context.Context, runID string, now time.Time) (*syncer.SyncRun, error) {
	var run *syncer.SyncRun
	err := s.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		run = new(syncer.SyncRun)
		if err := tx.NewSelect().Model(run).Where("r.id = ?", runID).For("UPDATE").Scan(ctx); err != nil {
			return fmt.Errorf("locking a run: %w", err)
		}
		if run.Ended() {
			return syncer.ErrRunEnded // it was canceled in the meantime
		}
		if run.HasChosen() {
			return nil // it was begun by another replica in the meantime
		}
		chosen, err := nextOf(ctx, tx, run.FirmID, run.RoundID)
		if err != nil {
			return err
		}
		if err := run.Choose(chosen, now); err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Model(run).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("recording which watches were chosen: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return run, nil
}
