package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

// choose gives a new run its watches, from the first of its rounds that has any left. last is the firm's manual run that ended last; nil
// if there is none, or the run isn't a manual one.
func choose(ctx context.Context, tx bun.Tx, run, last *syncer.SyncRun) error {
	var chosen syncer.Chosen
	for _, round := range run.Rounds(last) {
		var err error
		if chosen, err = nextOf(ctx, tx, run, round); err != nil {
			return err
		}
		if len(chosen.WatchIDs) > 0 {
			break
		}
	}
	return run.Choose(chosen, run.CreatedAt)
}

// isActive says of a row of clio_links or clio_link_checks, by its alias, that its watch is active, with the firm as its argument. The
// archived ones, of which there are few, are looked for: so the watches needn't be read.
func isActive(alias string) string {
	return `NOT EXISTS (SELECT FROM watches w WHERE w.firm_id = ? AND w.id = ` + alias + `.watch_id AND w.status = 'ARCHIVED')`
}

// fromRound are a firm's active linked watches that a round has still to check. Its arguments are the firm, twice, the column of the
// round's kind, and the round.
var fromRound = `clio_link_checks c WHERE c.firm_id = ? AND ` + isActive("c") + ` AND c.? IS DISTINCT FROM ?`

// nextOf are the watches of a round of the run's kind that are least recently checked, at most BatchSize.
func nextOf(ctx context.Context, tx bun.Tx, run *syncer.SyncRun, round string) (syncer.Chosen, error) {
	var rows []struct {
		WatchID  string
		MatterID int64
		Total    int
	}
	err := tx.NewRaw(`
		SELECT next.watch_id, l.matter_id, next.total
		FROM (SELECT c.watch_id, c.checked_at, count(*) OVER () AS total FROM `+fromRound+` ORDER BY c.checked_at, c.watch_id LIMIT ?) AS next
		JOIN clio_links l ON l.firm_id = ? AND l.watch_id = next.watch_id
		ORDER BY next.checked_at, next.watch_id`,
		run.FirmID, run.FirmID, roundColumn(run.Trigger), round, syncer.BatchSize, run.FirmID).Scan(ctx, &rows)
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
		chosen, err := nextOf(ctx, tx, run, run.RoundID)
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
