package postgres

import (
	"context"

	"watchkeeper/internal/page"
	"watchkeeper/internal/watch"
)

// Watches is one statement.
func (s *Watches) Watches(
	ctx context.Context, firmID string, filter watch.WatchFilter, order watch.WatchOrder, request page.Request, shown watch.Shown,
) ([]*watch.Watch, error) {
	ctx = ForFirm(ctx, firmID)
	list := listing{firmID: firmID, filter: filter, words: filter.Words(), order: order, request: request}
	list.indexed = s.indexed(list.words)
	return read(ctx, s.db, list.statement(shown), scanShown(shown))
}

// listing is a page of a firm's watches.
type listing struct {
	firmID  string
	filter  watch.WatchFilter
	words   []string
	indexed bool // by which the words can be found
	order   watch.WatchOrder
	request page.Request
}

// statement reads the page: from the watches as they are, where an index has the order; otherwise from the first of each source, of which there
// are as many as a page can need.
func (l listing) statement(shown watch.Shown) *statement {
	if l.order.Field != watch.ByLastSyncedAt && !l.indexed {
		return l.pageOf(selectShown(shown, l.firmID), orderColumns(l.order.Field), l.filter)
	}
	first := new(statement)
	if l.indexed {
		l.addLookup(first)
	}
	for i, from := range l.sources() {
		first.Add([]string{"", " UNION ALL "}[min(i, 1)]+"(SELECT "+from.columns+" FROM "+from.tables, from.values...)
		l.pageOf(first, from.order, from.filter).Add(")")
	}
	selected := selectShownFrom("("+first.text.String()+") AS w", shown, first.values...)
	selected.anew = !l.plannedOnce()
	return selected.orderBy(l.ordering(listedColumns(l.order.Field)), l.request)
}

// plannedOnce reports whether what sources are read by is planned once, for whatever values. The best plan for links, conflicts and the times of
// syncs depends on how many of them the firm has.
func (l listing) plannedOnce() bool {
	f := l.filter
	return l.order.Field != watch.ByLastSyncedAt && f.ClioLinked == nil && f.LinkState == nil && f.HasConflicts == nil && f.NeedsAttention == nil
}

// pageOf limits a statement, which ends with conditions, to the first watches that match.
func (l listing) pageOf(query *statement, columns []string, filter watch.WatchFilter) *statement {
	return matching(hasWords(query, l.words), l.firmID, filter).page(l.ordering(columns), l.request, orderKeys(l.order, l.request)...)
}

func (l listing) ordering(columns []string) ordering {
	return ordering{columns: columns, descending: l.order.Direction == watch.Descending}
}

// CountWatches is one statement.
func (s *Watches) CountWatches(ctx context.Context, firmID string, filter watch.WatchFilter) (int, error) {
	ctx = ForFirm(ctx, firmID)
	words := filter.Words()
	if !s.indexed(words) {
		return readCount(ctx, s.db, matching(hasWords(countWatches(firmID), words), firmID, filter))
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
	return newSelect("count(*)", " FROM watches AS w WHERE w.firm_id = ?", firmID)
}
