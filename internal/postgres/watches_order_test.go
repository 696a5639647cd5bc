package postgres_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/page"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/watch"
)

// population are watches of every kind, of which many share their names and times.
func population(k *keeper) (all []*watch.Watch) {
	k.Helper()
	for i := range 90 {
		number := fmt.Sprintf("case%d", i%7)
		w, err := k.watches.Create(k.Context(), k.Actor, watch.CreateWatchInput{
			FirstName: []string{"Ana", "Eve"}[i%2], LastName: fmt.Sprintf("River%d", i%5), CaseNumber: &number,
		})
		require.NoError(k, err)
		all = append(all, w)
		k.clock.Advance(time.Duration(i%3) * time.Second)
	}
	for range 12 {
		w, _ := k.disputed()
		all = append(all, w)
	}
	k.execute(`INSERT INTO clio_links (watch_id, firm_id, region, matter_id, new_is_company, state, base, settled)
		SELECT id, firm_id, 'us', 5000 + n, FALSE, CASE WHEN n % 9 = 0 THEN 'MISSING' ELSE 'LINKED' END, '{}', '{}'
		FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM watches WHERE firm_id = ?0 AND case_number LIKE 'case%') w WHERE n % 4 > 0`, k.FirmID)
	k.execute(`INSERT INTO clio_link_checks (firm_id, watch_id, asked_at, checked_at, last_synced_at)
		SELECT firm_id, watch_id, now(), now(), CASE WHEN matter_id % 5 > 0 THEN '2026-01-01Z'::timestamptz + matter_id % 6 * interval '1 hour' END
		FROM clio_links WHERE firm_id = ?0 ON CONFLICT DO NOTHING`, k.FirmID)
	for i, w := range all {
		if i%6 == 1 {
			_, err := k.watches.Update(k.Context(), k.Actor, w.ID, watch.UpdateWatchInput{PriorityLevel: graphql.OmittableOf(new(watch.High))}, nil)
			require.NoError(k, err)
		}
		if i%11 == 3 {
			_, err := k.watches.Archive(k.Context(), k.Actor, w.ID)
			require.NoError(k, err)
		}
		if i%13 == 5 {
			_, _ = k.watches.Unlink(k.Context(), k.Actor, w.ID) // if it was linked
		}
	}
	return all
}

// byOrder compares two watches as the order is to have them.
func byOrder(order watch.WatchOrder) func(a, b *watch.Watch) int {
	return func(a, b *watch.Watch) (compared int) {
		switch order.Field {
		case watch.ByCreatedAt:
			compared = a.CreatedAt.Compare(b.CreatedAt)
		case watch.ByUpdatedAt:
			compared = a.UpdatedAt.Compare(b.UpdatedAt)
		case watch.ByLastSyncedAt:
			never := new(time.Time)
			compared = cmp.Or(a.LastSyncedAt(), never).Compare(*cmp.Or(b.LastSyncedAt(), never))
		default:
			compared = cmp.Or(strings.Compare(a.SortLast, b.SortLast), strings.Compare(a.SortFirst, b.SortFirst))
		}
		compared = cmp.Or(compared, strings.Compare(a.ID, b.ID))
		if order.Direction == watch.Descending {
			return -compared
		}
		return compared
	}
}

// passing are the filters of TestPagesOfEveryOrderAndFilter, and which watches pass them.
var passing = []struct {
	filter watch.WatchFilter
	passes func(w *watch.Watch, text string) bool
}{
	{watch.WatchFilter{}, func(*watch.Watch, string) bool { return true }},
	{watch.WatchFilter{Status: new(watch.Active)}, func(w *watch.Watch, _ string) bool { return w.Status == watch.Active }},
	{watch.WatchFilter{Status: new(watch.StatusArchived)}, func(w *watch.Watch, _ string) bool { return w.Status != watch.Active }},
	{watch.WatchFilter{ClioLinked: new(true)}, func(w *watch.Watch, _ string) bool { return w.ClioLink != nil }},
	{watch.WatchFilter{ClioLinked: new(false)}, func(w *watch.Watch, _ string) bool { return w.ClioLink == nil }},
	{watch.WatchFilter{ClioLinked: new(false), LinkState: new(watch.Linked)}, func(*watch.Watch, string) bool { return false }},
	{watch.WatchFilter{LinkState: new(watch.Missing)}, func(w *watch.Watch, _ string) bool { return w.ClioLink != nil && w.ClioLink.State == watch.Missing }},
	{watch.WatchFilter{LinkState: new(watch.Linked)}, func(w *watch.Watch, _ string) bool { return w.ClioLink != nil && w.ClioLink.State == watch.Linked }},
	{watch.WatchFilter{PriorityLevels: []watch.PriorityLevel{watch.High}}, func(w *watch.Watch, _ string) bool { return w.PriorityLevel == watch.High }},
	{watch.WatchFilter{HasConflicts: new(true)}, func(_ *watch.Watch, text string) bool { return strings.HasSuffix(text, "disputed") }},
	{watch.WatchFilter{HasConflicts: new(false)}, func(_ *watch.Watch, text string) bool { return !strings.HasSuffix(text, "disputed") }},
	{watch.WatchFilter{Search: new("ana")}, func(_ *watch.Watch, text string) bool { return strings.Contains(text, "ana") }},
	{watch.WatchFilter{Search: new("case3 eve")}, func(_ *watch.Watch, text string) bool {
		return strings.Contains(text, "eve") && strings.Contains(text, "case3")
	}},
	{watch.WatchFilter{Search: new("7")}, func(_ *watch.Watch, text string) bool { return strings.Contains(text, "7") }},
	{watch.WatchFilter{Search: new("nobody")}, func(*watch.Watch, string) bool { return false }},
	{
		watch.WatchFilter{Search: new("ana"), Status: new(watch.Active), ClioLinked: new(true)},
		func(w *watch.Watch, text string) bool {
			return strings.Contains(text, "ana") && w.Status == watch.Active && w.ClioLink != nil
		},
	},
	{
		watch.WatchFilter{Search: new("ana"), Status: new(watch.Active)},
		func(w *watch.Watch, text string) bool {
			return strings.Contains(text, "ana") && w.Status == watch.Active
		},
	},
	{
		watch.WatchFilter{Search: new("riv"), NeedsAttention: new(true)},
		func(w *watch.Watch, text string) bool {
			return strings.HasSuffix(text, "disputed") || w.ClioLink != nil && w.ClioLink.State != watch.Linked
		},
	},
}

// Pages by each order and filter, from either end, have all that pass, each once, in the order.
func TestPagesOfEveryOrderAndFilter(t *testing.T) {
	k := newKeeper(t)
	population(k)
	population(k.stranger())
	all, err := k.store.Watches(t.Context(), k.FirmID, watch.WatchFilter{}, watch.WatchOrder{}, page.Request{Size: 500}, watch.ShowAll)
	require.NoError(t, err)
	require.Len(t, all, 102)
	texts, disputed := k.searchTexts(), k.disputedIDs()
	for _, field := range []watch.WatchOrderField{watch.ByLastName, watch.ByCreatedAt, watch.ByUpdatedAt, watch.ByLastSyncedAt} {
		for _, direction := range []watch.OrderDirection{watch.Ascending, watch.Descending} {
			for _, backward := range []bool{false, true} {
				order := watch.WatchOrder{Field: field, Direction: direction}
				for _, of := range passing {
					var expected []*watch.Watch
					for _, w := range all {
						if text := texts[w.ID] + disputed[w.ID]; of.passes(w, text) {
							expected = append(expected, w)
						}
					}
					slices.SortFunc(expected, byOrder(order))
					if backward {
						slices.Reverse(expected)
					}
					require.Equal(t, watchIDs(expected), k.paged(of.filter, order, backward), "%v %v %v", order, of.filter, backward)
				}
			}
		}
	}
}

// disputedIDs says of which watches conflicts are open.
func (k *keeper) disputedIDs() map[string]string {
	k.Helper()
	var ids []string
	require.NoError(k, k.db.Bun().NewRaw("SELECT DISTINCT watch_id FROM sync_conflicts").Scan(pgtest.AcrossFirms(k.Context()), &ids))
	found := map[string]string{}
	for _, id := range ids {
		found[id] = "disputed"
	}
	return found
}

// paged are the ids of all pages, in the order in which they are read.
func (k *keeper) paged(filter watch.WatchFilter, order watch.WatchOrder, backward bool) (ids []string) {
	k.Helper()
	request := page.Request{Size: 9, Backward: backward}
	for {
		found, err := k.store.Watches(k.Context(), k.FirmID, filter, order, request, watch.Shown{LastSyncedAt: true})
		require.NoError(k, err)
		ids = append(ids, watchIDs(found[:min(len(found), request.Size)])...)
		if len(found) <= request.Size {
			return ids
		}
		request.Cursor = order.Keys(found[request.Size-1])
	}
}
