package postgres

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/audit"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// UndoRun locks the run, then the watches that it changed.
func (s *Runs) UndoRun(
	ctx context.Context, firmID, runID string, part syncer.UndoPart, dry bool, origin watch.Origin, rule syncer.UndoRule,
) (*syncer.SyncRun, error) {
	ctx = ForFirm(ctx, firmID)
	var run *syncer.SyncRun
	err := s.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row runWithResults
		err := tx.NewSelect().Model(&row).Where("r.id = ? AND r.firm_id = ?", runID, firmID).For("UPDATE").Scan(ctx)
		if err != nil {
			return orNotFound(err, noRun, "locking a run")
		}
		run = &row.SyncRun
		results, err := row.decode()
		if err != nil {
			return err
		}
		u := undoing{tx: tx, run: run, part: part}
		changed, err := u.changed(ctx, results)
		if err != nil {
			return err
		}
		if err := rule(run, changed); err != nil || dry {
			return err
		}
		if err := u.write(ctx, origin); err != nil {
			return err
		}
		return s.recordUndo(ctx, u)
	})
	if err != nil {
		return nil, err
	}
	return run, nil
}

// recordUndo records that a run was undone, or a part of it that wasn't undone before.
func (s *Runs) recordUndo(ctx context.Context, u undoing) error {
	event := audit.New(audit.RunUndone, u.run.ID, "A run was undone.")
	if !u.part.Whole() {
		if !slices.ContainsFunc(u.changes, change.watchChanged) {
			return nil
		}
		event = audit.New(audit.RunUndone, u.run.ID, "What a run did to one watch was undone.")
	}
	return s.db.record(ctx, u.tx, u.run.FirmID, event)
}

// watchField is one field of one watch.
type watchField struct {
	WatchID string
	Field   watch.SyncedField
}

// undoing is the transaction in which a run is undone.
type undoing struct {
	tx      bun.Tx
	run     *syncer.SyncRun
	part    syncer.UndoPart
	changes []change
}

// changed returns what the run changed by its results, as far as it is to be undone, and locks its watches.
func (u *undoing) changed(ctx context.Context, results []*syncer.WatchSyncResult) ([]syncer.RunChange, error) {
	results = slices.DeleteFunc(results, func(result *syncer.WatchSyncResult) bool {
		return result.Outcome != syncer.OutcomeUpdated || !u.part.Whole() && result.WatchID != *u.part.WatchID
	})
	if len(results) == 0 {
		return nil, nil
	}
	ids := make([]string, len(results))
	for i, result := range results {
		ids[i] = result.WatchID
	}
	watches, err := lockWatches(ctx, u.tx, u.run.FirmID, ids)
	if err != nil {
		return nil, err
	}
	for _, w := range watches {
		u.changes = append(u.changes, change{before: copyOf(w), after: w})
	}
	latest, err := u.latest(ctx, ids)
	if err != nil {
		return nil, err
	}
	var changed []syncer.RunChange
	for _, result := range results {
		for _, field := range result.Fields {
			if field.Changed() && u.part.Includes(field.Field) {
				at := watchField{WatchID: result.WatchID, Field: field.Field}
				changed = append(changed, syncer.RunChange{
					WatchID: result.WatchID, Result: field, Watch: watches[result.WatchID], Latest: latest[at],
				})
			}
		}
	}
	return changed, nil
}

// latest reports of each field of the watches whether its latest change is the run's.
func (u *undoing) latest(ctx context.Context, watchIDs []string) (map[watchField]bool, error) {
	var rows []struct {
		WatchID string
		Field   watch.SyncedField
		Own     bool
	}
	err := u.tx.NewRaw(`
		SELECT DISTINCT ON (watch_id, field) watch_id, field, (run_id IS NOT DISTINCT FROM ? AND cause = 'SYNC') AS own
		FROM field_changes WHERE firm_id = ? AND watch_id = ANY (?::text[]) ORDER BY watch_id, field, place DESC`,
		u.run.ID, u.run.FirmID, pgdialect.Array(watchIDs)).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("reading the latest changes: %w", err)
	}
	latest := make(map[watchField]bool, len(rows))
	for _, row := range rows {
		latest[watchField{WatchID: row.WatchID, Field: row.Field}] = row.Own
	}
	return latest, nil
}

// write writes the watches with their history, what is left of their open conflicts, and that the whole run was undone.
func (u *undoing) write(ctx context.Context, origin watch.Origin) error {
	if err := writeWatches(ctx, u.tx, u.changes); err != nil {
		return err
	}
	var history []*watch.FieldChange
	var ids []string
	for _, c := range u.changes {
		history = append(history, watch.Changes(c.before, c.after, origin)...)
		ids = append(ids, c.after.ID)
	}
	if err := insertHistory(ctx, u.tx, history); err != nil {
		return err
	}
	if err := u.writeConflicts(ctx, ids); err != nil {
		return err
	}
	if !u.part.Whole() {
		return nil
	}
	_, err := u.tx.NewUpdate().Model(u.run).Column("undone_at", "undone_by_id").WherePK().Exec(ctx)
	if err != nil {
		return fmt.Errorf("recording that a run was undone: %w", err)
	}
	return nil
}

func (u *undoing) writeConflicts(ctx context.Context, watchIDs []string) error {
	if len(watchIDs) == 0 {
		return nil
	}
	open, err := openConflicts(ctx, u.tx, u.run.FirmID, watchIDs)
	if err != nil || len(open) == 0 {
		return err
	}
	rules, err := readRules(ctx, u.tx, u.run.FirmID)
	if err != nil {
		return err
	}
	of := make(map[string][]*watch.SyncConflict)
	for _, conflict := range open {
		of[conflict.WatchID] = append(of[conflict.WatchID], conflict)
	}
	var left []*watch.SyncConflict
	for _, c := range u.changes {
		after, err := watch.ConflictsAfterEdit(c.before, c.after, of[c.after.ID], rules.Policy == merge.Ask, c.after.UpdatedAt)
		if err != nil {
			return err
		}
		left = append(left, after...)
	}
	return writeConflicts(ctx, u.tx, open, left)
}
