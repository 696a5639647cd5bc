package postgres

import (
	"context"
	"fmt"

	"watchkeeper/internal/merge"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// FinishRun takes three statements, and those that begin and commit the transaction, however many watches there are; starting
// the next run of a round, or catching up with a schedule, comes on top. It locks the run, its watches and, where something is to be caught
// up, the firm and its settings, in this order.
func (s *Runs) FinishRun(ctx context.Context, run *syncer.SyncRun, isNew bool, rule syncer.FinishRule) (due bool, err error) {
	ctx = ForFirm(ctx, run.FirmID)
	err = s.db.withPipeline(ctx, func(pipe *pipeline) error {
		f := finishing{pipe: pipe, run: new(*run), isNew: isNew}
		open, err := f.lock(ctx)
		if err != nil || !open {
			return err
		}
		if err := f.apply(ctx, rule); err != nil {
			return err
		}
		if err := pipe.send(ctx, commit); err != nil {
			return fmt.Errorf("ending a run: %w", err)
		}
		*run, due = *f.run, f.due
		return nil
	})
	return due, err
}

// finishing is the transaction in which a run ends.
type finishing struct {
	pipe    *pipeline
	run     *syncer.SyncRun
	isNew   bool
	found   bool // the run
	rules   merge.Rules
	watches map[string]*watch.Watch // by id, those of the run that there are
	changes []change
	// contested are the watches with open conflicts: of the others, none need be looked for.
	contested map[string]bool
	results   []*syncer.WatchSyncResult
	due       bool
}

func (f *finishing) apply(ctx context.Context, rule syncer.FinishRule) error {
	for _, w := range f.watches {
		f.changes = append(f.changes, change{before: copyOf(w), after: w})
	}
	var err error
	if f.results, err = rule(f.run, f.rules, f.watches); err != nil {
		return err
	}
	if err := f.write(ctx); err != nil || f.isNew {
		return err
	}
	return f.followUp(ctx)
}

// followUp does what the end of the run entails, in the same transaction.
func (f *finishing) followUp(ctx context.Context) error {
	follows := f.run.FollowUp()
	if follows.Next != nil {
		follows.Next.ConflictResolution = f.rules.Policy
		return startRun(ctx, f.pipe, follows.Next, nil)
	}
	if !follows.CatchUp {
		return nil
	}
	_, err := changeSettings(ctx, f.pipe.bun, f.run.FirmID, func(settings *syncer.SyncSettings) error {
		settings.CatchUp(f.run)
		return nil
	})
	return err
}
