package bench_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/page"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/watch"
)

const (
	securedFirms = 1000
	largeFirm    = 1 // has so many watches more than the others
	largeBy      = 20_000
)

// What row-level security costs a statement, among a thousand firms of a hundred watches and a large one. "without" is the same statement
// by the role of the database's address, which no policy binds; "other" changes between two firms each time. They run in turn, each on a
// connection of its own, so that what else the machine does slows all of them.
func BenchmarkRowSecurity(b *testing.B) {
	o := &office{B: b, db: openDatabase(b), keys: newKeys(b)}
	o.addFirms(securedFirms, "token")
	o.addWatches(securedFirms, 100)
	execute(b, o.db, `INSERT INTO watches SELECT (jsonb_populate_record(w, jsonb_build_object('id', w.id || '-' || n, 'sort_first', 'ana' || n))).*
		FROM watches w, generate_series(1, $1) n WHERE w.id = (SELECT min(id) FROM watches WHERE firm_id = $2)`, largeBy, firmID(largeFirm))
	execute(b, o.db, `INSERT INTO clio_links SELECT (jsonb_populate_record(l, jsonb_build_object('watch_id', l.watch_id || '-' || n, 'matter_id', 1000000 + n))).*
		FROM clio_links l, generate_series(1, $1) n WHERE l.watch_id = (SELECT min(id) FROM watches WHERE firm_id = $2)`, largeBy, firmID(largeFirm))
	execute(b, o.db, `INSERT INTO clio_link_checks (firm_id, watch_id, asked_at, checked_at, last_synced_at)
		SELECT firm_id, watch_id, now(), now(), now() FROM clio_links ON CONFLICT DO NOTHING`)
	settle(b, o.db)

	found := "rivera"
	for _, read := range []struct {
		name string
		do   func(ctx context.Context, store *postgres.Watches, firm int) error
	}{
		{"row", func(ctx context.Context, store *postgres.Watches, firm int) error {
			_, err := store.WatchesByID(ctx, firmID(firm), []string{fmt.Sprintf("watch_%026d", firm*100+1)}, watch.ShowAll)
			return err
		}},
		{"page", func(ctx context.Context, store *postgres.Watches, firm int) error {
			_, err := store.Watches(ctx, firmID(firm), watch.WatchFilter{}, watch.WatchOrder{}, page.Request{Size: 50}, watch.ShowAll)
			return err
		}},
		{"search", func(ctx context.Context, store *postgres.Watches, firm int) error {
			_, err := store.Watches(ctx, firmID(firm), watch.WatchFilter{Search: &found}, watch.WatchOrder{}, page.Request{Size: 50}, watch.ShowAll)
			return err
		}},
		{"count", func(ctx context.Context, store *postgres.Watches, firm int) error {
			_, err := store.CountWatches(ctx, firmID(firm), watch.WatchFilter{})
			return err
		}},
	} {
		for firm, size := range []string{largeFirm: "large", largeFirm + 1: "small"} {
			if size != "" {
				b.Run(read.name+"/"+size, func(b *testing.B) { compareSecured(b, read.do, firm) })
			}
		}
	}
}

// compareSecured times what a store's method reads of the firm, with and without row-level security.
func compareSecured(b *testing.B, read func(ctx context.Context, store *postgres.Watches, firm int) error, firm int) {
	b.Helper()
	other := firm + securedFirms/2
	statements := map[int]string{firm: statementOf(b, read, firm), other: statementOf(b, read, other)}
	variants := []struct {
		name    string
		context func(firm int) context.Context
		firms   [2]int
	}{
		{"without", func(int) context.Context { return pgtest.AcrossFirms(b.Context()) }, [2]int{firm, firm}},
		{"with", func(firm int) context.Context { return postgres.ForFirm(b.Context(), firmID(firm)) }, [2]int{firm, firm}},
		{"other", func(firm int) context.Context { return postgres.ForFirm(b.Context(), firmID(firm)) }, [2]int{firm, other}},
	}
	databases, times := make([]*postgres.DB, len(variants)), make([][]time.Duration, len(variants))
	for i := range variants {
		databases[i] = pgtest.OpenURL(b, server.URL(), postgres.WithMaxConns(1))
	}
	for n := 0; b.Loop(); n++ {
		for i, v := range variants {
			asked := v.firms[n%2]
			began := time.Now()
			readAll(v.context(asked), b, databases[i], statements[asked])
			if asked == firm {
				times[i] = append(times[i], time.Since(began))
			}
		}
	}
	for i, v := range variants {
		report(b, times[i], v.name)
	}
	b.ReportMetric(0, "ns/op")
}

// statementOf is the one statement that a store's method sends.
func statementOf(b *testing.B, read func(ctx context.Context, store *postgres.Watches, firm int) error, firm int) string {
	b.Helper()
	var sql pgtest.Counter
	db := pgtest.OpenURL(b, server.URL(), postgres.WithQueryHook(&sql))
	require.NoError(b, read(b.Context(), postgres.NewWatches(db), firm))
	require.Len(b, sql.Statements(), 1)
	return sql.Statements()[0]
}

// readAll runs a statement and reads what it returns.
func readAll(ctx context.Context, b *testing.B, db *postgres.DB, statement string) {
	rows, err := db.Pool().Query(ctx, statement)
	require.NoError(b, err)
	for rows.Next() {
		_ = rows.RawValues()
	}
	require.NoError(b, rows.Err())
}
