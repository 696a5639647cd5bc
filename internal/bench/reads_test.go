package bench_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/page"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/watch"
)

// BenchmarkReads measures what the lists and counts of a firm of 10,000 watches among 100,000 of others cost in the database, and around
// it in Go.
func BenchmarkReads(b *testing.B) {
	o := newOffice(b, http.DefaultTransport, "http://127.0.0.1:1")
	const firms, each, large = 1000, 100, 10_000
	o.addFirms(firms, "token")
	o.addWatches(firms, each)
	o.enlarge(large - each)
	firm := firmID(1)
	store, runs := postgres.NewWatches(o.db), postgres.NewRuns(o.db)
	watches := watch.NewService(store, o.db.Clock())
	list := func(args watch.ListArgs, expected int) func(b *testing.B) {
		return func(b *testing.B) {
			for b.Loop() {
				page, err := watches.List(b.Context(), firm, args)
				require.NoError(b, err)
				require.Len(b, page.Edges, expected)
			}
		}
	}
	filtered := func(filter watch.WatchFilter, expected int) func(b *testing.B) {
		return list(watch.ListArgs{Filter: &filter}, expected)
	}
	b.Run("status", func(b *testing.B) {
		for b.Loop() {
			status, _, err := runs.Status(b.Context(), firm)
			require.NoError(b, err)
			require.Equal(b, large, status.LinkedWatches)
		}
	})
	b.Run("facets", func(b *testing.B) {
		for b.Loop() {
			_, err := watches.Facets(b.Context(), firm)
			require.NoError(b, err)
		}
	})
	b.Run("last page", list(watch.ListArgs{Args: page.Args{Last: new(50)}}, 50))
	b.Run("needs attention", filtered(watch.WatchFilter{NeedsAttention: new(true)}, 0))
	b.Run("page", list(watch.ListArgs{}, 50))
	b.Run("search common words", filtered(watch.WatchFilter{Search: new("ana rivera")}, 50))
	b.Run("search rare words", filtered(watch.WatchFilter{Search: new("rivera 09123")}, 1))
	b.Run("missing", filtered(watch.WatchFilter{LinkState: new(watch.Missing)}, 0))
	b.Run("conflicts", filtered(watch.WatchFilter{HasConflicts: new(true)}, 0))
	b.Run("by last sync", list(watch.ListArgs{Order: &watch.WatchOrder{Field: watch.ByLastSyncedAt, Direction: watch.Ascending}}, 50))
	b.Run("one watch", func(b *testing.B) {
		for b.Loop() {
			_, err := store.Watch(b.Context(), firm, "watch_00000000000000000000000101", watch.ShowAll)
			require.NoError(b, err)
		}
	})
}

// enlarge gives the first firm further watches.
func (o *office) enlarge(watches int) {
	o.Helper()
	execute(o.B, o.db, `
		INSERT INTO watches (id, firm_id, first_name, last_name, date_of_birth, city, state, case_number, assigned_to, case_type,
			date_of_interest, tags, priority_level, status, edited_at, revision, created_at, updated_at,
			search_text, sort_last, sort_first, assigned_fold, tag_folds)
		SELECT 'watch_' || lpad((9000000 + m)::text, 26, '0'), firm_id, first_name, last_name, date_of_birth, city, state,
			lpad(m::text, 5, '0') || '-Rivera', assigned_to, case_type, date_of_interest, tags, priority_level, status, edited_at, revision, created_at,
			updated_at, 'ana rivera ' || lpad(m::text, 5, '0') || '-rivera lee park', sort_last, sort_first, assigned_fold, tag_folds
		FROM watches, generate_series(101, 100 + $1::int) m WHERE id = 'watch_' || lpad('101', 26, '0')`, watches)
	execute(o.B, o.db, `
		INSERT INTO clio_links (watch_id, firm_id, region, account_id, matter_id, contact_id, client_name, new_is_company, matter_status,
			state, base, settled)
		SELECT w.id, w.firm_id, l.region, l.account_id, left(w.case_number, 5)::int, l.contact_id, l.client_name, FALSE, l.matter_status,
			l.state, l.base, l.settled
		FROM watches w, clio_links l WHERE l.watch_id = 'watch_' || lpad('101', 26, '0') AND w.id > 'watch_' || lpad('9000000', 26, '0')`)
	execute(o.B, o.db, `INSERT INTO clio_link_checks (firm_id, watch_id, asked_at, checked_at, last_synced_at)
		SELECT firm_id, watch_id, now(), now(), now() - matter_id / 100 * interval '1 second' -- a hundred at a time, as runs do
		FROM clio_links WHERE watch_id > 'watch_' || lpad('9000000', 26, '0')`)
	settle(o.B, o.db)
}
