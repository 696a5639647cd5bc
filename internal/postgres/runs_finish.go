package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/merge"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// FinishRun takes six statements at most, those that begin and commit the transaction included, however many watches there are; starting
// the next run of a round, or catching up with a schedule, comes on top. It locks the run, its watches and, where something is to be caught
// up, the firm and its settings, in this order.
func (s *Runs) FinishRun(ctx context.Context, run *syncer.SyncRun, isNew bool, rule syncer.FinishRule) (due bool, err error) {
	ctx = ForFirm(ctx, run.FirmID)
	err = s.db.inTxWithJobs(ctx, func(ctx context.Context, tx bun.Tx, jobs jobQueue) error {
		f := finishing{tx: tx, jobs: jobs, run: new(*run), isNew: isNew}
		open, err := f.lock(ctx)
		if err != nil || !open {
			return err
		}
		if err := f.apply(ctx, rule); err != nil {
			return err
		}
		*run, due = *f.run, f.due
		return nil
	})
	return due, err
}

// finishing is the transaction in which a run ends.
type finishing struct {
	tx      bun.Tx
	jobs    jobQueue
	run     *syncer.SyncRun
	isNew   bool
	rules   merge.Rules
	changes []change
	// contested are the watches with open conflicts: of the others, none need be looked for.
	contested map[string]bool
	results   []*syncer.WatchSyncResult
	due       bool
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
	if f.isNew {
		return f.insert(ctx)
	}
	if err := f.update(ctx); err != nil {
		return err
	}
	return f.followUp(ctx)
}

// watches are those of the run that there are, locked unless nothing will be written of them.
func (f *finishing) watches(ctx context.Context) (map[string]*watch.Watch, error) {
	if f.run.DryRun {
		return readWatches(ctx, f.tx, f.run.FirmID, f.run.WatchIDs)
	}
	watches, err := lockWatchRows(ctx, f.tx, f.run.FirmID, f.run.WatchIDs)
	if err != nil {
		return nil, err
	}
	found := byID(watches)
	return found, f.readLinks(ctx, found)
}

// contestedLink is a link, and whether its watch has open conflicts.
type contestedLink struct {
	watch.ClioLink `bun:",extend"`
	Contested      bool `bun:",scanonly"`
}

// readLinks reads the links of watches that are locked, and which of these have open conflicts.
func (f *finishing) readLinks(ctx context.Context, watches map[string]*watch.Watch) error {
	var links []*contestedLink
	err := withChecks(f.tx.NewSelect().Model(&links)).
		ColumnExpr("EXISTS (SELECT FROM sync_conflicts AS k WHERE k.firm_id = l.firm_id AND k.watch_id = l.watch_id) AS contested").
		Where("l.firm_id = ? AND l.watch_id IN (?)", f.run.FirmID, bun.List(f.run.WatchIDs)).Scan(ctx)
	if err != nil {
		return fmt.Errorf("reading links: %w", err)
	}
	f.contested = map[string]bool{}
	for _, link := range links {
		if w := watches[link.WatchID]; w != nil {
			w.ClioLink, f.contested[w.ID] = &link.ClioLink, link.Contested
		}
	}
	return nil
}

// followUp does what the end of the run entails, in the same transaction.
func (f *finishing) followUp(ctx context.Context) error {
	follows := f.run.FollowUp()
	if follows.Next != nil {
		follows.Next.ConflictResolution = f.rules.Policy
		return startRun(ctx, f.tx, f.jobs, follows.Next, nil)
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
