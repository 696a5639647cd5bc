package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

// continuedRound is the round whose watches the run goes on with.
func continuedRound(ctx context.Context, tx bun.Tx, run *syncer.SyncRun) (string, error) {
	if run.Trigger != syncer.TriggerManual {
		return run.RoundAfter(nil), nil
	}
	last := new(syncer.SyncRun)
	err := tx.NewSelect().Model(last).Where("r.firm_id = ?", run.FirmID).
		Where("r.scope = ?", syncer.ScopeAll).Where("NOT r.dry_run").Where("r.trigger = ?", syncer.TriggerManual).
		Where("r.finished_at IS NOT NULL").OrderExpr("r.finished_at DESC, r.id DESC").Limit(1).Scan(ctx)
	if notFound(err) {
		return run.RoundAfter(nil), nil
	}
	if err != nil {
		return "", fmt.Errorf("finding the last run: %w", err)
	}
	return run.RoundAfter(last), nil
}

// fromRound are a firm's active linked watches that a round has still to look at; leftInRound is how many.
const (
	fromRound = `FROM clio_links l JOIN watches w ON w.id = l.watch_id
		WHERE l.firm_id = ? AND w.status = 'ACTIVE'
		  AND NOT EXISTS (SELECT 1 FROM sync_results s WHERE s.round_id = ? AND s.watch_id = l.watch_id)`
	leftInRound = "SELECT count(*) " + fromRound
)

// chosenWatch is a watch that a run takes.
type chosenWatch struct {
	WatchID  string
	MatterID int64
	Total    int // how many there were to choose from
}

// nextOf are the watches of a round that weren't looked at for longest, at most as many as one run takes.
func nextOf(ctx context.Context, tx bun.Tx, firmID, round string) ([]chosenWatch, error) {
	var chosen []chosenWatch
	err := tx.NewRaw(`
		SELECT l.watch_id, l.matter_id, count(*) OVER () AS total
		`+fromRound+`
		ORDER BY l.checked_at, l.watch_id LIMIT ?`, firmID, round, syncer.BatchSize).Scan(ctx, &chosen)
	if err != nil {
		return nil, fmt.Errorf("choosing watches: %w", err)
	}
	return chosen, nil
}

// take has the run take the watches.
func take(run *syncer.SyncRun, chosen []chosenWatch, now time.Time) {
	watchIDs, matterIDs, total := make([]string, len(chosen)), make([]int64, len(chosen)), 0
	for i, row := range chosen {
		watchIDs[i], matterIDs[i], total = row.WatchID, row.MatterID, row.Total
	}
	run.Choose(watchIDs, matterIDs, total, now)
}

// chooseLate fills in a run that was stored without its watches, and returns it; ErrRunEnded if it has ended, also for want of watches.
func (s *Runs) chooseLate(ctx context.Context, runID string, now time.Time) (*syncer.SyncRun, error) {
	var run *syncer.SyncRun
	err := s.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		run = new(syncer.SyncRun)
		if err := tx.NewSelect().Model(run).Where("r.id = ?", runID).For("UPDATE").Scan(ctx); err != nil {
			return fmt.Errorf("locking a run: %w", err)
		}
		if run.HasChosen() {
			return nil // it was canceled, or begun by somebody else meanwhile
		}
		chosen, err := nextOf(ctx, tx, run.FirmID, run.RoundID)
		if err != nil {
			return err
		}
		take(run, chosen, now)
		if _, err := tx.NewUpdate().Model(run).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("noting which watches were chosen: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if run.Ended() {
		return nil, syncer.ErrRunEnded
	}
	return run, nil
}
