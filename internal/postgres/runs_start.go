package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

// Runs keeps runs, their results and what they change.
type Runs struct {
	db *DB
}

var _ syncer.RunStore = (*Runs)(nil)

// NewRuns returns the runs of the database.
func NewRuns(db *DB) *Runs {
	return &Runs{db: db}
}

// StartRun is part of syncer.RunStore. Those who start runs of one firm wait for each other; should they not, an index refuses the
// second.
func (s *Runs) StartRun(ctx context.Context, run *syncer.SyncRun) (*syncer.SyncRun, bool, error) {
	var started *syncer.SyncRun
	already := false
	err := s.db.inTxWithJobs(ctx, func(ctx context.Context, tx bun.Tx, jobs jobQueue) error {
		if err := lockFirm(ctx, tx, run.FirmID); err != nil {
			return err
		}
		underWay := new(syncer.SyncRun)
		err := tx.NewSelect().Model(underWay).Where("r.firm_id = ? AND r.dry_run = ?", run.FirmID, run.DryRun).
			Where("r.scope = ?", syncer.ScopeAll).Where("r.status IN (?, ?)", syncer.RunQueued, syncer.RunRunning).Scan(ctx)
		if err == nil {
			started, already = underWay, true
			return nil
		}
		if !notFound(err) {
			return fmt.Errorf("looking for a run under way: %w", err)
		}
		started, already = new(*run), false
		return startRun(ctx, tx, jobs, started)
	})
	if err != nil {
		return nil, false, err
	}
	return started, already, nil
}

// startRun fills in a run, stores it and enqueues it, unless it has ended already for want of watches.
func startRun(ctx context.Context, tx bun.Tx, jobs jobQueue, run *syncer.SyncRun) error {
	round, err := continuedRound(ctx, tx, run)
	if err != nil {
		return err
	}
	if round, err = choose(ctx, tx, run, round); err != nil {
		return err
	}
	if !run.DryRun {
		run.RoundID = round
	}
	if _, err := tx.NewInsert().Model(run).Exec(ctx); err != nil {
		return fmt.Errorf("storing a run: %w", err)
	}
	if run.Ended() {
		return nil
	}
	return jobs.enqueueRun(ctx, run.ID)
}

func lockFirm(ctx context.Context, tx bun.Tx, firmID string) error {
	if _, err := tx.NewRaw("SELECT 1 FROM firms WHERE id = ? FOR NO KEY UPDATE", firmID).Exec(ctx); err != nil {
		return fmt.Errorf("locking the firm: %w", err)
	}
	return nil
}

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

// choose fills in the watches of the round that weren't looked at for longest, and returns the round: the run's own where the one
// that it would go on with has none left any more.
func choose(ctx context.Context, tx bun.Tx, run *syncer.SyncRun, round string) (string, error) {
	settings, err := readSettings(ctx, tx, run.FirmID)
	if err != nil {
		return "", err
	}
	chosen, err := nextOf(ctx, tx, run.FirmID, round)
	if err == nil && len(chosen) == 0 && round != run.RoundID {
		round = run.RoundID
		chosen, err = nextOf(ctx, tx, run.FirmID, round)
	}
	if err != nil {
		return "", err
	}
	watchIDs, matterIDs, total := make([]string, len(chosen)), make([]int64, len(chosen)), 0
	for i, row := range chosen {
		watchIDs[i], matterIDs[i], total = row.WatchID, row.MatterID, row.Total
	}
	run.Choose(watchIDs, matterIDs, total, settings.ConflictResolution)
	return round, nil
}

// chosenWatch is a watch that a run takes.
type chosenWatch struct {
	WatchID  string
	MatterID int64
	Total    int // how many there were to choose from
}

// nextOf are the next watches of a round, at most as many as one run takes.
func nextOf(ctx context.Context, tx bun.Tx, firmID, round string) ([]chosenWatch, error) {
	var chosen []chosenWatch
	err := tx.NewRaw(`
		SELECT l.watch_id, l.matter_id, count(*) OVER () AS total
		`+fromRound+`
		ORDER BY l.looked_at, l.watch_id LIMIT ?`, firmID, round, syncer.BatchSize).Scan(ctx, &chosen)
	if err != nil {
		return nil, fmt.Errorf("choosing watches: %w", err)
	}
	return chosen, nil
}
