package postgres

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"watchkeeper/internal/merge"
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

func (s *Runs) UnderWay(ctx context.Context, firmID string) (*syncer.SyncRun, error) {
	ctx = ForFirm(ctx, firmID)
	return underWay(ctx, s.db.bun, firmID, false)
}

// isOpen is true of a run over all watches that hasn't ended, and isUnderWay of a writing one: an index has them.
const (
	isOpen     = "r.scope = 'ALL' AND r.status IN ('QUEUED', 'RUNNING')"
	isUnderWay = isOpen + " AND NOT r.dry_run"
)

// underWay is the firm's run over all watches that hasn't ended, of the writing or of the dry ones; NOT_FOUND if there is none.
func underWay(ctx context.Context, db bun.IDB, firmID string, dry bool) (*syncer.SyncRun, error) {
	run := new(syncer.SyncRun)
	err := db.NewSelect().Model(run).Where("r.firm_id = ? AND r.dry_run = ?", firmID, dry).Where(isOpen).Scan(ctx)
	if err != nil {
		return nil, orNotFound(err, "No run is under way.", "looking for a run under way")
	}
	return run, nil
}

// StartRun locks the firm, so that those who start its runs wait for each other; if they didn't, a unique index would refuse
// the second. It takes five statements, one of them River's, and those that begin and commit the transaction; one more where a round that
// could continue has nothing left.
func (s *Runs) StartRun(ctx context.Context, run *syncer.SyncRun) (*syncer.SyncRun, bool, error) {
	ctx = ForFirm(ctx, run.FirmID)
	var started *syncer.SyncRun
	already := false
	err := s.db.inTxWithJobs(ctx, func(ctx context.Context, tx bun.Tx, jobs jobQueue) error {
		if err := lockFirm(ctx, tx, run.FirmID); err != nil {
			return err
		}
		before, err := readStart(ctx, tx, run)
		if err != nil {
			return err
		}
		if already = before.underWay != nil; already {
			started = before.underWay
			return nil
		}
		started = new(*run)
		started.ConflictResolution = before.policy
		return startRun(ctx, tx, jobs, started, before.lastManual)
	})
	if err != nil {
		return nil, false, err
	}
	return started, already, nil
}

// start is what a new run depends on.
type start struct {
	underWay   *syncer.SyncRun // of the same kind; nil if there is none
	lastManual *syncer.SyncRun // the manual run over all watches that ended last; nil if there is none, or it doesn't matter
	policy     merge.ConflictResolution
}

// readStart is one statement: the firm's runs that matter to the new one, and beside them, or alone, its policy.
func readStart(ctx context.Context, tx bun.Tx, run *syncer.SyncRun) (start, error) {
	open := tx.NewSelect().Model((*syncer.SyncRun)(nil)).Where("r.firm_id = ? AND r.dry_run = ?", run.FirmID, run.DryRun).Where(isOpen)
	last := tx.NewSelect().Model((*syncer.SyncRun)(nil)).Where("r.firm_id = ? AND ?", run.FirmID, run.Trigger == syncer.TriggerManual).
		Where("r.scope = 'ALL' AND NOT r.dry_run AND r.trigger = 'MANUAL' AND r.finished_at IS NOT NULL").
		OrderExpr("r.finished_at DESC, r.id DESC").Limit(1)
	var rows []runWithRules
	err := withRules(tx.NewSelect().Model(&rows), run.FirmID).ColumnExpr("?TableColumns").
		ModelTableExpr("(SELECT) AS one LEFT JOIN LATERAL ((?) UNION ALL (?)) AS r ON TRUE", open, last).Scan(ctx)
	if err != nil {
		return start{}, fmt.Errorf("reading what a run depends on: %w", err)
	}
	var before start
	for i := range rows {
		before.policy = rows[i].Policy
		switch found := &rows[i].SyncRun; {
		case found.ID == "": // there are none
		case found.Ended():
			before.lastManual = found
		default:
			before.underWay = found
		}
	}
	return before, nil
}

func lockFirm(ctx context.Context, tx bun.Tx, firmID string) error {
	if _, err := tx.NewRaw("SELECT 1 FROM firms WHERE id = ? FOR NO KEY UPDATE", firmID).Exec(ctx); err != nil {
		return fmt.Errorf("locking the firm: %w", err)
	}
	return nil
}

// startRun fills in a run, stores it and enqueues it, unless it ended at once because there are no watches.
func startRun(ctx context.Context, tx bun.Tx, jobs jobQueue, run, lastManual *syncer.SyncRun) error {
	if err := choose(ctx, tx, run, lastManual); err != nil {
		return err
	}
	return storeRuns(ctx, tx, jobs, []*syncer.SyncRun{run})
}

// storeRuns stores runs and enqueues those that haven't ended at once: two statements, however many there are.
func storeRuns(ctx context.Context, tx bun.Tx, jobs jobQueue, runs []*syncer.SyncRun) error {
	if _, err := tx.NewInsert().Model(&runs).Exec(ctx); err != nil {
		return fmt.Errorf("storing runs: %w", err)
	}
	return jobs.enqueue(ctx, slices.DeleteFunc(slices.Clone(runs), (*syncer.SyncRun).Ended))
}
