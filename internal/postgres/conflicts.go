package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/page"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// conflictRows are all columns of conflicts.
var conflictRows = newRowsOf[watch.SyncConflict]("k")

// selectConflicts begins a statement, up to the first condition.
func selectConflicts(firmID string) *statement {
	return newSelect(conflictRows.columns, conflictTable, firmID)
}

const conflictTable = " FROM sync_conflicts AS k WHERE k.firm_id = ?"

// openConflicts returns the open conflicts of watches, each watch's in the order of SyncedField. A caller that is going to
// write them holds the watches' locks.
func openConflicts(ctx context.Context, db bun.IDB, firmID string, watchIDs []string) ([]*watch.SyncConflict, error) {
	var open []*watch.SyncConflict
	err := db.NewSelect().Model(&open).Where("k.firm_id = ? AND k.watch_id IN (?)", firmID, bun.List(watchIDs)).
		OrderExpr("k.watch_id, array_position(?::text[], k.field)", pgdialect.Array(watch.SyncedFields[:])).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading open conflicts: %w", err)
	}
	return open, nil
}

// writeConflicts deletes the open conflicts that aren't among those left, and inserts those left that weren't open: two
// statements at most, for any number of conflicts and watches.
func writeConflicts(ctx context.Context, tx bun.Tx, open, left []*watch.SyncConflict) error {
	closed, opened := without(open, left), without(left, open)
	if len(closed) > 0 {
		if _, err := tx.NewDelete().Model(&closed).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("closing conflicts: %w", err)
		}
	}
	if len(opened) > 0 {
		if _, err := tx.NewInsert().Model(&opened).Exec(ctx); err != nil {
			return fmt.Errorf("opening conflicts: %w", err)
		}
	}
	return nil
}

// without returns the conflicts that aren't among the others, by id.
func without(conflicts, others []*watch.SyncConflict) []*watch.SyncConflict {
	known := make(map[string]bool, len(others))
	for _, conflict := range others {
		known[conflict.ID] = true
	}
	var rest []*watch.SyncConflict
	for _, conflict := range conflicts {
		if !known[conflict.ID] {
			rest = append(rest, conflict)
		}
	}
	return rest
}

// Conflicts is one statement.
func (s *Watches) Conflicts(ctx context.Context, firmID string, watchIDs []string) (map[string][]*watch.SyncConflict, error) {
	ctx = ForFirm(ctx, firmID)
	found := make(map[string][]*watch.SyncConflict)
	if len(watchIDs) == 0 {
		return found, nil
	}
	open, err := read(ctx, s.db, newSelect(conflictRows.columns, " FROM "+each("sync_conflicts", "watch_id", "k"), watchIDs, firmID).
		Add(" ORDER BY k.watch_id, array_position(?::text[], k.field)", watch.SyncedFields[:]), conflictRows.scan())
	if err != nil {
		return nil, fmt.Errorf("reading open conflicts: %w", err)
	}
	for _, conflict := range open {
		found[conflict.WatchID] = append(found[conflict.WatchID], conflict)
	}
	return found, nil
}

// OpenConflicts is one statement.
func (s *Watches) OpenConflicts(ctx context.Context, firmID string, ids []string) ([]*watch.SyncConflict, error) {
	ctx = ForFirm(ctx, firmID)
	if len(ids) == 0 {
		return nil, nil
	}
	return read(ctx, s.db, newSelect(conflictRows.columns, " FROM "+each("sync_conflicts", "id", "k"), ids, firmID), conflictRows.scan())
}

// moveConflicts adds to the parts of a statement that conflicts of a firm's watches are closed and opened. None is closed and opened at once.
// The caller holds the watches' locks.
func moveConflicts(written *parts, firmID string, moves syncer.ConflictMoves) error {
	if n := len(moves.Closed); n > 0 {
		watchIDs, fields, spared := make([]string, n), make([]string, n), make([]string, n)
		for i, place := range moves.Closed {
			watchIDs[i], fields[i], spared[i] = place.WatchID, string(place.Field), place.Spared
		}
		written.add("DELETE FROM sync_conflicts AS k USING unnest(" + written.arg(watchIDs) + "::text[], " + written.arg(fields) + "::text[], " +
			written.arg(spared) + "::text[]) AS places (watch_id, field, spared) WHERE k.firm_id = " + written.arg(firmID) +
			" AND k.watch_id = places.watch_id AND k.field = places.field AND k.clio <> places.spared")
	}
	return addRows(moves.Open, func(set rowSet) {
		set.insert(written, ` ON CONFLICT (watch_id, field) DO UPDATE
			SET id = EXCLUDED.id, local = EXCLUDED.local, clio = EXCLUDED.clio, detected_at = EXCLUDED.detected_at
			WHERE (k.local, k.clio) IS DISTINCT FROM (EXCLUDED.local, EXCLUDED.clio)`)
	})
}

// OpenConflicts orders by id, as the ids of conflicts sort by the time of their detection.
func (s *Runs) OpenConflicts(
	ctx context.Context, firmID string, watchID *string, request page.Request,
) ([]*watch.SyncConflict, error) {
	ctx = ForFirm(ctx, firmID)
	list := ordering{columns: []string{"k.id"}, descending: true}
	query := ofWatch(selectConflicts(firmID), watchID).page(list, request, cursorKeys(request)...)
	return read(ctx, s.db, query, conflictRows.scan())
}

func (s *Runs) CountOpenConflicts(ctx context.Context, firmID string, watchID *string) (int, error) {
	ctx = ForFirm(ctx, firmID)
	if watchID == nil { // these are counted already
		return readCount(ctx, s.db, newSelect("coalesce(sum(open_conflicts), 0)::bigint", " FROM firm_counts WHERE firm_id = ?", firmID))
	}
	return readCount(ctx, s.db, ofWatch(newSelect("count(*)", conflictTable, firmID), watchID))
}

// ofWatch limits a statement to the conflicts of a watch, if there is one.
func ofWatch(query *statement, watchID *string) *statement {
	if watchID == nil {
		return query
	}
	return query.Where("k.watch_id = ?", *watchID)
}
