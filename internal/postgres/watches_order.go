package postgres

import (
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"watchkeeper/internal/page"
	"watchkeeper/internal/watch"
)

// orderColumns returns the columns that a list is ordered by, in the order of WatchOrder.Keys, if one index has that order.
func orderColumns(field watch.WatchOrderField) []string {
	switch field {
	case watch.ByCreatedAt:
		return []string{"w.created_at", "w.id"}
	case watch.ByUpdatedAt:
		return []string{"w.updated_at", "w.id"}
	default:
		return []string{"w.sort_last", "w.sort_first", "w.id"}
	}
}

// listedColumns are what the watches of all sources are ordered by together.
func listedColumns(field watch.WatchOrderField) []string {
	if field == watch.ByLastSyncedAt {
		return []string{"w.synced_at", "w.id"}
	}
	return orderColumns(field)
}

// orderKeys are the values of the columns at the request's cursor, which WatchOrder has checked.
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

// source is where some of a list's watches come from, each from one source: what is selected, FROM up to the first condition, and the columns that
// it is ordered by.
type source struct {
	columns, tables string
	values          []any
	order           []string
}

// eachWatch is a firm's watch, for FROM, whose id is in the column.
func eachWatch(column string) string {
	return "LATERAL (SELECT * FROM watches AS t WHERE t.firm_id = ? AND t.id = " + column + " OFFSET 0) AS w"
}

// sources are those of a list that isn't in the order of one index.
func (l listing) sources() []source {
	var all []source
	switch {
	case l.order.Field != watch.ByLastSyncedAt:
		all = []source{l.inOrder()}
	case l.rare():
		all = []source{l.sorted("watches AS w", "w.firm_id = ?")}
	default:
		all = []source{l.synced(), l.otherSynced()}
	}
	if !l.indexed {
		return all
	}
	for i := range all {
		all[i].tables += " AND (SELECT ids IS NULL FROM indexed)"
	}
	return append(all, l.sorted("unnest((SELECT ids FROM indexed)) AS listed CROSS JOIN "+eachWatch("listed"), "true"))
}

// rare reports whether so few watches pass the filter that they are found first, and then sorted.
func (l listing) rare() bool {
	isTrue := func(condition *bool) bool { return condition != nil && *condition }
	f := l.filter
	return isTrue(f.HasConflicts) || isTrue(f.NeedsAttention) || f.LinkState != nil && *f.LinkState != watch.Linked
}

// inOrder are all watches, by the index that has their order.
func (l listing) inOrder() source {
	list := l.ordering(orderColumns(l.order.Field))
	if !l.planned() {
		return source{columns: "w.*", tables: "watches AS w WHERE w.firm_id = ?", values: []any{l.firmID}, order: list.columns}
	}
	all := new(statement).Add("(SELECT * FROM watches AS w WHERE w.firm_id = ?", l.firmID)
	if keys := orderKeys(l.order, l.request); len(keys) > 0 {
		all.Where(list.beyond(l.request, len(keys)), keys...)
	}
	// A limit that the planner doesn't know is to it a tenth of the rows, for which it doesn't sort.
	all.orderBy(list, l.request).Add(" LIMIT ?) AS w WHERE true", pgtype.Int8{})
	return source{columns: "w.*", tables: all.text.String(), values: all.values, order: list.columns}
}

// synced are the watches in sync_times. The cursor's time is a condition of its own, by which PostgreSQL begins to read there.
func (l listing) synced() source {
	from := source{
		columns: "w.*, s.last_synced_at AS synced_at",
		tables: "sync_times AS s CROSS JOIN LATERAL unnest(s.watch_ids) AS listed JOIN watches AS w ON w.id = listed " +
			"WHERE w.firm_id = ? AND s.firm_id = ?",
		values: []any{l.firmID, l.firmID},
		order:  []string{"s.last_synced_at", "w.id"},
	}
	if keys := orderKeys(l.order, l.request); len(keys) > 0 {
		from.tables += " AND s.last_synced_at " + l.ordering(nil).operator(l.request) + "= ?"
		from.values = append(from.values, keys[0])
	}
	return from
}

// otherSynced are the watches in other_sync_times.
func (l listing) otherSynced() source {
	return source{
		columns: "w.*, o.last_synced_at AS synced_at",
		tables:  "other_sync_times AS o JOIN watches AS w ON w.firm_id = o.firm_id AND w.id = o.watch_id WHERE o.firm_id = ?",
		values:  []any{l.firmID},
		order:   []string{"o.last_synced_at", "o.watch_id"},
	}
}

// sorted are few watches, in tables and of a condition that has the firm's id as its value. They are sorted.
func (l listing) sorted(tables, condition string) source {
	few := source{columns: "w.*", tables: tables, values: []any{l.firmID}, order: orderColumns(l.order.Field)}
	if l.order.Field == watch.ByLastSyncedAt {
		const syncedAt = "coalesce(o.last_synced_at, c.last_synced_at)"
		few.columns, few.order = "w.*, "+syncedAt+" AS synced_at", []string{syncedAt, "w.id"}
		few.tables += eachCheck + " LEFT JOIN LATERAL (SELECT * FROM other_sync_times AS t WHERE t.firm_id = w.firm_id AND t.watch_id = w.id LIMIT 1) AS o ON true"
	}
	few.tables += " WHERE " + condition
	return few
}
