package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

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

// Watches is one statement; two for a search.
func (s *Watches) Watches(
	ctx context.Context, firmID string, filter watch.WatchFilter, order watch.WatchOrder, request page.Request, shown watch.Shown,
) ([]*watch.Watch, error) {
	ctx = ForFirm(ctx, firmID)
	list := ordering{columns: orderColumns(order.Field), descending: order.Direction == watch.Descending}
	found, err := s.search(ctx, filter.Words())
	if err != nil {
		return nil, err
	}
	filtered := func(query *statement) *statement { return found.in(matching(query, firmID, filter)) }
	statement := selectShown(shown, firmID)
	if order.Field == watch.ByLastSyncedAt { // no index has that order: what is sorted is kept narrow
		statement.Filter("w.id IN (SELECT w.id"+watchTables+" WHERE w.firm_id = ?", firmID)
		filtered(statement).page(list, request, orderKeys(order, request)...)
		statement.Add(")").orderBy(list, request)
	} else {
		filtered(statement).page(list, request, orderKeys(order, request)...)
	}
	return read(ctx, s.db, statement, scanShown(shown))
}

// orderKeys are the values of orderColumns at the request's cursor, which WatchOrder has checked.
func orderKeys(order watch.WatchOrder, request page.Request) []any {
	keys := cursorKeys(request)
	if len(keys) == 0 || order.Field == watch.ByLastName {
		return keys
	}
	if at, err := time.Parse(time.RFC3339Nano, request.Cursor[0]); err == nil {
		keys[0] = at
	} else { // it was never synced
		keys[0] = pgtype.Timestamptz{InfinityModifier: pgtype.NegativeInfinity, Valid: true}
	}
	return keys
}

// CountWatches is one statement.
func (s *Watches) CountWatches(ctx context.Context, firmID string, filter watch.WatchFilter) (int, error) {
	ctx = ForFirm(ctx, firmID)
	words := filter.Words()
	if !s.indexed(words) {
		return readCount(ctx, s.db, searched{words: words}.in(matching(countWatches(firmID), firmID, filter)))
	}
	filter.Search = nil
	if filter.Empty() {
		return readCount(ctx, s.db, newSelect("cardinality(search_watches(?, NULL))", "", words))
	}
	found := countWatches(firmID).Filter("w.id IN (SELECT unnest(search_watches(?, NULL)))", words)
	return readCount(ctx, s.db, matching(found, firmID, filter))
}

// countWatches begins a statement that counts, up to the first condition.
func countWatches(firmID string) *statement {
	return newSelect("count(*)", watchTables+" WHERE w.firm_id = ?", firmID)
}

// matching adds the filter's conditions, but for the search, to a statement of watches.
func matching(query *statement, firmID string, filter watch.WatchFilter) *statement {
	if filter.Status != nil {
		query = query.Filter("w.status = ?", *filter.Status)
	}
	if filter.ClioLinked != nil {
		in := "IN"
		if !*filter.ClioLinked {
			in = "NOT IN" // which is looked up in memory; a join would look each of the firm's watches up in the table
		}
		query = query.Filter("w.id "+in+" (SELECT t.watch_id FROM clio_links AS t WHERE t.firm_id = ?)", firmID)
	}
	if filter.LinkState != nil {
		query = query.Filter("w.id IN (SELECT t.watch_id FROM clio_links AS t WHERE t.firm_id = ? AND t.state = ?)", firmID, *filter.LinkState)
	}
	if filter.HasConflicts != nil {
		// A comparison of EXISTS with the value would keep PostgreSQL from a semi-join.
		exists := "EXISTS (SELECT FROM sync_conflicts AS k WHERE k.firm_id = ? AND k.watch_id = w.id)"
		if !*filter.HasConflicts {
			exists = "NOT " + exists
		}
		query = query.Filter(exists, firmID)
	}
	if filter.NeedsAttention != nil {
		in := "IN"
		if !*filter.NeedsAttention {
			in = "NOT IN"
		}
		// Two EXISTS would be looked up for each of the firm's watches.
		query = query.Filter(`w.id `+in+` (SELECT k.watch_id FROM sync_conflicts AS k WHERE k.firm_id = ?
			UNION ALL SELECT t.watch_id FROM clio_links AS t WHERE t.firm_id = ? AND t.state <> 'LINKED')`, firmID, firmID)
	}
	if tags := filter.CaselessTags(); tags != nil {
		query = query.Filter("w.tag_folds && ?", tags)
	}
	if filter.PriorityLevels != nil {
		query = query.Filter("w.priority_level = ANY (?)", filter.PriorityLevels)
	}
	if filter.CaseTypes != nil {
		query = query.Filter("w.case_type = ANY (?)", filter.CaseTypes)
	}
	if filter.AssignedTo != nil {
		query = query.Filter("w.assigned_fold = ?", watch.Caseless(watch.CleanText(*filter.AssignedTo)))
	}
	return query
}
