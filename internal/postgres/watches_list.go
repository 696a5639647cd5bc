package postgres

import (
	"context"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/page"
	"watchkeeper/internal/watch"
)

// lastSyncedAt is Watch.LastSyncedAt in SQL; a watch that was never synced sorts first.
const lastSyncedAt = "coalesce(c.last_synced_at, w.unlinked_last_synced_at, '-infinity')"

// orderColumns returns the columns that a list is ordered by, in the order of WatchOrder.Keys.
func orderColumns(field watch.WatchOrderField) []string {
	switch field {
	case watch.ByCreatedAt:
		return []string{"w.created_at", "w.id"}
	case watch.ByUpdatedAt:
		return []string{"w.updated_at", "w.id"}
	case watch.ByLastSyncedAt:
		return []string{lastSyncedAt, "w.id"}
	default:
		return []string{"w.sort_last", "w.sort_first", "w.id"}
	}
}

// Watches is one statement, which joins the links; two for a search.
func (s *Watches) Watches(
	ctx context.Context, firmID string, filter watch.WatchFilter, order watch.WatchOrder, request page.Request,
) ([]*watch.Watch, error) {
	ctx = ForFirm(ctx, firmID)
	watches := []*watch.Watch{}
	list := ordering{columns: orderColumns(order.Field), descending: order.Direction == watch.Descending}
	keys := cursorKeys(request)
	for i, column := range list.columns {
		if request.Cursor != nil && column == lastSyncedAt && request.Cursor[i] == "" {
			keys[i] = "-infinity"
		}
	}
	narrow, err := s.narrowed(ctx, filter)
	if err != nil {
		return nil, err
	}
	query := list.page(narrow(withLinks(s.filtered(&watches, firmID, filter))), request, keys...)
	if order.Field == watch.ByLastSyncedAt { // no index has that order: what is sorted is kept narrow
		ids := s.filtered((*watch.Watch)(nil), firmID, filter).Relation("ClioLink").Join(joinChecks).ColumnExpr("w.id")
		chosen := list.page(narrow(ids), request, keys...)
		query = list.order(withLinks(s.db.bun.NewSelect().Model(&watches)).Where("w.firm_id = ?", firmID), request).
			Where("w.id IN (SELECT id FROM (?) AS chosen)", chosen)
	}
	err = query.Scan(ctx)
	return watches, err
}

// CountWatches is one statement.
func (s *Watches) CountWatches(ctx context.Context, firmID string, filter watch.WatchFilter) (int, error) {
	ctx = ForFirm(ctx, firmID)
	if count, ok, err := s.countFound(ctx, firmID, filter); ok || err != nil {
		return count, err
	}
	count, err := s.filtered((*watch.Watch)(nil), firmID, filter).Relation("ClioLink").Count(ctx)
	return int(count), err
}

// filtered are the firm's watches that the filter finds. The query has to join their links.
func (s *Watches) filtered(model any, firmID string, filter watch.WatchFilter) *bun.SelectQuery {
	query := s.db.bun.NewSelect().Model(model).Where("w.firm_id = ?", firmID)
	if filter.Status != nil {
		query = query.Where("w.status = ?", *filter.Status)
	}
	if filter.ClioLinked != nil {
		query = query.Where("(clio_link.watch_id IS NOT NULL) = ?", *filter.ClioLinked)
	}
	if filter.LinkState != nil {
		query = query.Where("clio_link.firm_id = ? AND clio_link.state = ?", firmID, *filter.LinkState)
	}
	if filter.HasConflicts != nil {
		// A comparison of EXISTS with the value would keep PostgreSQL from a semi-join.
		exists := "EXISTS (SELECT FROM sync_conflicts AS k WHERE k.firm_id = ? AND k.watch_id = w.id)"
		if !*filter.HasConflicts {
			exists = "NOT " + exists
		}
		query = query.Where(exists, firmID)
	}
	if filter.NeedsAttention != nil {
		in := "IN"
		if !*filter.NeedsAttention {
			in = "NOT IN"
		}
		// Two EXISTS would be looked up for each of the firm's watches.
		query = query.Where(`w.id `+in+` (SELECT k.watch_id FROM sync_conflicts AS k WHERE k.firm_id = ?
			UNION ALL SELECT t.watch_id FROM clio_links AS t WHERE t.firm_id = ? AND t.state <> 'LINKED')`, firmID, firmID)
	}
	for _, word := range filter.Words() {
		// Not LIKE: row-level security keeps the planner from estimating it, and a page of a large firm would be sorted as a whole.
		query = query.Where("strpos(w.search_text, ?) > 0", word)
	}
	if tags := filter.CaselessTags(); tags != nil {
		query = query.Where("w.tag_folds && ?::text[]", pgdialect.Array(tags))
	}
	if filter.PriorityLevels != nil {
		query = query.Where("w.priority_level = ANY (?::text[])", pgdialect.Array(filter.PriorityLevels))
	}
	if filter.CaseTypes != nil {
		query = query.Where("w.case_type = ANY (?::text[])", pgdialect.Array(filter.CaseTypes))
	}
	if filter.AssignedTo != nil {
		query = query.Where("w.assigned_fold = ?", watch.Caseless(watch.CleanText(*filter.AssignedTo)))
	}
	return query
}
