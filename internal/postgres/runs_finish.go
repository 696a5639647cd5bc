package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/merge"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
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

// FinishRun takes a fixed number of statements at most, however many watches there are. It locks the run, its
// watches and, where something is to be caught up, the firm and its settings, in this order.
func (s *Runs) FinishRun(ctx context.Context, run *syncer.SyncRun, isNew bool, rule syncer.FinishRule) error {
	ctx = ForFirm(ctx, run.FirmID)
	return s.db.inTxWithJobs(ctx, func(ctx context.Context, tx bun.Tx, jobs jobQueue) error {
		f := finishing{tx: tx, jobs: jobs, run: new(*run), isNew: isNew}
		open, err := f.lock(ctx)
		if err != nil || !open {
			return err
		}
		if err := f.apply(ctx, rule); err != nil {
			return err
		}
		*run = *f.run
		return nil
	})
}

// finishing is the transaction in which a run ends.
type finishing struct {
	tx      bun.Tx
	jobs    jobQueue
	run     *syncer.SyncRun
	isNew   bool
	rules   merge.Rules
	changes []change
	results []*syncer.WatchSyncResult
}

// lock locks the run and reads the firm's rules; false when the run has ended in the meantime.
func (f *finishing) lock(ctx context.Context) (open bool, err error) {
	if f.isNew {
		f.rules, err = readRules(ctx, f.tx, f.run.FirmID)
		return true, err
	}
	row := runWithRules{SyncRun: *f.run}
	err = withRules(f.tx.NewSelect().Model(&row), f.run.FirmID).ColumnExpr("?TableColumns").WherePK().For("UPDATE OF r").Scan(ctx)
	if notFound(err) || err == nil && row.Ended() {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("locking a run: %w", err)
	}
	*f.run, f.rules = row.SyncRun, merge.Rules{Policy: row.Policy, Mapping: row.Mapping}
	return true, nil
}

func (f *finishing) apply(ctx context.Context, rule syncer.FinishRule) error {
	watches, err := f.watches(ctx)
	if err != nil {
		return err
	}
	for _, w := range watches {
		f.changes = append(f.changes, change{before: copyOf(w), after: w})
	}
	if f.results, err = rule(f.run, f.rules, watches); err != nil {
		return err
	}
	if !f.run.DryRun {
		if err := f.writeWatches(ctx); err != nil {
			return err
		}
	}
	return f.writeRun(ctx)
}

// watches are those of the run that there are, locked unless nothing will be written of them.
func (f *finishing) watches(ctx context.Context) (map[string]*watch.Watch, error) {
	if f.run.DryRun {
		return readWatches(ctx, f.tx, f.run.FirmID, f.run.WatchIDs)
	}
	return lockWatches(ctx, f.tx, f.run.FirmID, f.run.WatchIDs)
}

func (f *finishing) writeWatches(ctx context.Context) error {
	if err := writeWatches(ctx, f.tx, f.changes); err != nil {
		return err
	}
	if checks := updateChecks(f.tx, f.run.FirmID, checkMoves(f.changes, f.passed()), f.passed()); checks != nil {
		if _, err := checks.Exec(ctx); err != nil {
			return fmt.Errorf("recording what was checked: %w", err)
		}
	}
	return moveConflicts(ctx, f.tx, f.run.FirmID, syncer.MoveConflicts(f.results, f.rules.Policy, *f.run.FinishedAt))
}

// passed is the run's round, which has the run's watches behind it from now on; nil for a run over one watch, which is outside of all
// rounds.
func (f *finishing) passed() *passed {
	if f.run.Scope != syncer.ScopeAll {
		return nil
	}
	return &passed{column: roundColumn(f.run.Trigger), roundID: f.run.RoundID}
}

// history are the changes that the run made.
func (f *finishing) history() []*watch.FieldChange {
	if f.run.DryRun {
		return nil
	}
	origin := watch.Origin{Cause: watch.CauseSync, ByID: f.run.RequestedByID, RunID: &f.run.ID, At: *f.run.FinishedAt}
	var history []*watch.FieldChange
	for _, c := range f.changes {
		history = append(history, watch.Changes(c.before, c.after, origin)...)
	}
	return history
}

// insertRun stores a new run with its results, and the history in the same statement.
func (f *finishing) insertRun(ctx context.Context, document []byte) error {
	insert := f.tx.NewInsert().Model(&runWithResults{SyncRun: *f.run, Results: document})
	if history := f.history(); len(history) > 0 {
		insert = insert.With("history", f.tx.NewInsert().Model(&history))
	}
	if _, err := insert.Exec(ctx); err != nil {
		return fmt.Errorf("storing a run: %w", err)
	}
	return nil
}

// writeRun stores the run's end with its results and the history, and does what follows from it.
func (f *finishing) writeRun(ctx context.Context) error {
	document, err := encodeResults(f.results)
	if err != nil {
		return err
	}
	if f.isNew {
		return f.insertRun(ctx, document)
	}
	row := runWithResults{SyncRun: *f.run, Results: document}
	update := f.tx.NewUpdate().Model(&row).WherePK().Returning("remaining")
	if !f.run.DryRun {
		update = update.Value("remaining", "(SELECT count(*) "+fromRound+")", f.run.FirmID, f.run.FirmID, roundColumn(f.run.Trigger), f.run.RoundID)
	}
	if history := f.history(); len(history) > 0 {
		update = update.With("history", f.tx.NewInsert().Model(&history))
	}
	if err := update.Scan(ctx); err != nil {
		return fmt.Errorf("ending a run: %w", err)
	}
	f.run.Remaining = row.Remaining
	return f.followUp(ctx)
}

// followUp does what the end of the run entails, in the same transaction.
func (f *finishing) followUp(ctx context.Context) error {
	follows := f.run.FollowUp()
	if follows.Next != nil {
		return startRun(ctx, f.tx, f.jobs, follows.Next)
	}
	if !follows.CatchUp {
		return nil
	}
	_, err := changeSettings(ctx, f.tx, f.run.FirmID, func(settings *syncer.SyncSettings) error {
		settings.CatchUp(f.run)
		return nil
	})
	return err
}
