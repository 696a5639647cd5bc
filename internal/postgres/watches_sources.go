package postgres

import (
	"slices"

	"github.com/jackc/pgx/v5/pgtype"

	"watchkeeper/internal/watch"
)

// source is where some of a list's watches come from, no watch from two: what is selected, FROM up to the conditions, the columns that it is
// ordered by, and what the watches have still to pass.
type source struct {
	columns, tables string
	values          []any
	order           []string
	filter          watch.WatchFilter
}

// eachWatch is a firm's watch, for FROM, whose id is in the column.
func eachWatch(column string) string {
	return "LATERAL (SELECT * FROM watches AS t WHERE t.firm_id = ? AND t.id = " + column + " OFFSET 0) AS w"
}

// sources are those of a list whose first watches no single index has.
func (l listing) sources() []source {
	var all []source
	switch {
	case l.order.Field != watch.ByLastSyncedAt:
		all = []source{l.inOrder()}
	case l.rare():
		all = []source{l.sorted("watches AS w", "w.firm_id = ?")}
	default:
		all = l.byLastSync()
	}
	if !l.indexed {
		return all
	}
	for i := range all {
		all[i].tables += " AND (SELECT ids IS NULL FROM indexed)"
	}
	return append(all, l.sorted("unnest((SELECT ids FROM indexed)) AS listed CROSS JOIN "+eachWatch("listed"), "true"))
}

// rare reports whether the filter is one that few watches pass: most have the priority NORMAL and a link that is LINKED, and are assigned to others.
func (l listing) rare() bool {
	isTrue := func(condition *bool) bool { return condition != nil && *condition }
	f := l.filter
	return isTrue(f.HasConflicts) || isTrue(f.NeedsAttention) || f.Tags != nil || f.AssignedTo != nil ||
		f.LinkState != nil && *f.LinkState != watch.Linked || f.PriorityLevels != nil && !slices.Contains(f.PriorityLevels, watch.Normal)
}

// inOrder are all watches, by the index that has their order.
func (l listing) inOrder() source {
	list := l.ordering(orderColumns(l.order.Field))
	if !l.plannedOnce() {
		return source{columns: "w.*", tables: "watches AS w WHERE w.firm_id = ?", values: []any{l.firmID}, order: list.columns, filter: l.filter}
	}
	all := new(statement).Add("(SELECT * FROM watches AS w WHERE w.firm_id = ?", l.firmID)
	if keys := orderKeys(l.order, l.request); len(keys) > 0 {
		all.Where(list.beyond(l.request, len(keys)), keys...)
	}
	// A limit that the planner doesn't know is to it a tenth of the rows, for which it doesn't sort.
	all.orderBy(list, l.request).Add(" LIMIT ?) AS w WHERE true", pgtype.Int8{})
	return source{columns: "w.*", tables: all.text.String(), values: all.values, order: list.columns, filter: l.filter}
}

// byLastSync are the sources of a list by last sync that have watches which can pass the filter.
func (l listing) byLastSync() (all []source) {
	linked, active := l.filter.ClioLinked, l.filter.Status == nil || *l.filter.Status == watch.Active
	if linked == nil || *linked {
		if active {
			all = append(all, l.synced())
		}
		all = append(all, l.otherSynced(true))
	}
	mayBeUnlinked := l.filter.LinkState == nil && (linked == nil || !*linked)
	if mayBeUnlinked || len(all) == 0 { // there has to be one, also where nothing can pass
		all = append(all, l.otherSynced(false))
	}
	return all
}

// synced are the watches in sync_times, which are active and linked. The cursor's time is a condition of its own, by which PostgreSQL begins to
// read there.
func (l listing) synced() source {
	from := source{
		columns: "w.*, s.last_synced_at AS synced_at",
		tables:  "sync_times AS s CROSS JOIN LATERAL unnest(s.watch_ids) AS listed CROSS JOIN " + eachWatch("listed") + " WHERE s.firm_id = ?",
		values:  []any{l.firmID, l.firmID},
		order:   []string{"s.last_synced_at", "w.id"},
		filter:  l.filter,
	}
	from.filter.Status, from.filter.ClioLinked = nil, nil
	if from.filter.LinkState != nil { // Linked, as others are rare; those that aren't are fewer to look up
		from.filter.LinkState = nil
		from.tables += " AND listed NOT IN (SELECT t.watch_id FROM clio_links AS t WHERE t.firm_id = ? AND t.state <> 'LINKED')"
		from.values = append(from.values, l.firmID)
	}
	if keys := orderKeys(l.order, l.request); len(keys) > 0 {
		from.tables += " AND s.last_synced_at " + l.ordering(nil).operator(l.request) + "= ?"
		from.values = append(from.values, keys[0])
	}
	return from
}

// otherSynced are the watches in other_sync_times, linked or not.
func (l listing) otherSynced(linked bool) source {
	from := source{
		columns: "w.*, o.last_synced_at AS synced_at",
		tables:  "other_sync_times AS o JOIN watches AS w ON w.firm_id = o.firm_id AND w.id = o.watch_id WHERE o.firm_id = ? AND o.linked = ?",
		values:  []any{l.firmID, linked},
		order:   []string{"o.last_synced_at", "o.watch_id"},
		filter:  l.filter,
	}
	from.filter.ClioLinked = nil
	return from
}

// sorted are watches that are found first, because they are few, and then sorted: those in tables, with a condition. The firm's id is the value of
// one of the two.
func (l listing) sorted(tables, condition string) source {
	few := source{columns: "w.*", tables: tables, values: []any{l.firmID}, order: orderColumns(l.order.Field), filter: l.filter}
	if l.order.Field == watch.ByLastSyncedAt {
		const syncedAt = "coalesce(o.last_synced_at, c.last_synced_at)"
		few.columns, few.order = "w.*, "+syncedAt+" AS synced_at", []string{syncedAt, "w.id"}
		few.tables += eachCheck + " LEFT JOIN LATERAL (SELECT * FROM other_sync_times AS t WHERE t.firm_id = w.firm_id AND t.watch_id = w.id LIMIT 1) AS o ON true"
	}
	few.tables += " WHERE " + condition
	return few
}
