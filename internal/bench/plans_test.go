package bench_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/page"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/watch"
)

// read is a use of the database whose statements are explained.
type read struct {
	name string
	do   func(ctx context.Context) error
}

// BenchmarkPlans prints what each statement of the product takes in a firm of 10,000 watches among those of many firms: the plans' time, the
// pages that they touch, and the tables that they read as a whole. WATCHKEEPER_BENCH_FIRMS says how many firms of a hundred watches there are:
// 9,900 make a million watches.
func BenchmarkPlans(b *testing.B) {
	o := newOffice(b, http.DefaultTransport, "http://127.0.0.1:1")
	o.fill(number("WATCHKEEPER_BENCH_FIRMS", 1000), 9_900)
	o.addPast(20)
	e := o.newExplainer()
	for b.Loop() {
		table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "\nread\tstatements\tms\tpages\ttables read as a whole")
		for _, r := range e.reads() {
			e.explain(func() error { return r.do(b.Context()) }) // brings the pages into memory
			statements, pages, took, scans := sum(e.explain(func() error { return r.do(b.Context()) }))
			fmt.Fprintf(table, "%s\t%d\t%.2f\t%d\t%s\n", r.name, statements, took, pages, strings.Join(scans, ", "))
		}
		require.NoError(b, table.Flush())
	}
	var bytes float64
	scan(b, o.db, `SELECT (SELECT sum(pg_total_relation_size(t)) FROM unnest(ARRAY['watches', 'clio_links', 'clio_link_checks']::regclass[]) AS t)
		/ count(*)::float8 FROM watches`, &bytes)
	b.ReportMetric(bytes, "bytes/watch")
}

// addPast gives each firm runs that have ended, and the watches of the first a history.
func (o *office) addPast(runs int) {
	o.Helper()
	execute(o.B, o.db, `
		INSERT INTO sync_runs (id, firm_id, round_id, trigger, scope, dry_run, conflict_resolution, status, watch_ids, matter_ids, selected, processed,
			updated, unchanged, missing, skipped, failed, kept_local, overwrote_local, conflicts, identity_changed, incomplete, remaining, created_at, finished_at)
		SELECT 'run_' || lpad((right(f.id, 20)::bigint * 1000 + n)::text, 26, '0'), f.id, 'round_' || n, CASE WHEN n % 2 = 0 THEN 'MANUAL' ELSE 'SCHEDULED' END, 'ALL', FALSE,
			'ASK', 'SUCCEEDED', '{}', '{}', 100, 100, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, now() - n * interval '1 day', now() - n * interval '1 day'
		FROM firms f, generate_series(1, $1::int) n`, runs)
	execute(o.B, o.db, `
		INSERT INTO field_changes (id, firm_id, watch_id, field, before, after, at, cause)
		SELECT 'change_' || right(w.id, 20) || n, w.firm_id, w.id, (ARRAY['CITY','LAST_NAME','STATE'])[1 + n % 3], 'Tampa', 'Miami', now(), 'EDIT'
		FROM watches w, generate_series(1, 5) n WHERE w.firm_id = $1`, firmID(1))
	settle(o.B, o.db)
}

func (e *explainer) reads() []read {
	store, accounts, firm := postgres.NewWatches(e.db), postgres.NewAccounts(e.db), firmID(1)
	watches := watch.NewService(store, e.db.Clock())
	const id = "watch_00000000000000000000000101"
	ten := page.Request{Size: 10}
	return slices.Concat(listReads(store, firm), countReads(store, firm), runReads(postgres.NewRuns(e.db), firm), []read{
		{"one watch", func(ctx context.Context) error { _, err := store.Watch(ctx, firm, id, watch.ShowAll); return err }},
		{"facets", func(ctx context.Context) error { _, err := watches.Facets(ctx, firm); return err }},
		{"history of a watch", func(ctx context.Context) error {
			_, err := store.History(ctx, firm, []string{id}, nil, ten)
			return err
		}},
		{"latest changes of a watch", func(ctx context.Context) error { _, err := store.LatestChanges(ctx, firm, []string{id}); return err }},
		{"conflicts of a watch", func(ctx context.Context) error { _, err := store.Conflicts(ctx, firm, []string{id}); return err }},
		{"matters' watches", func(ctx context.Context) error {
			_, err := postgres.NewSyncs(e.db).LinkedWatches(ctx, firm, []int64{1, 2, 3})
			return err
		}},
		{"session by token", func(ctx context.Context) error {
			_, err := accounts.SessionByToken(ctx, []byte("none"), account.Ended{})
			return orNone(err)
		}},
		{"user by e-mail", func(ctx context.Context) error {
			_, err := accounts.UserByEmail(ctx, "1@firm.example")
			return orNone(err)
		}},
		{"members", func(ctx context.Context) error { _, err := accounts.Members(ctx, firm, 100); return err }},
		{"API tokens", func(ctx context.Context) error {
			_, err := accounts.APITokens(ctx, firm, time.Now(), 100)
			return err
		}},
		{"audit trail", func(ctx context.Context) error {
			_, err := postgres.NewAuditTrail(e.db).AuditEvents(ctx, firm, ten)
			return err
		}},
		{"upkeep: connections", func(ctx context.Context) error {
			_, err := postgres.NewClio(e.db).ClaimMaintenance(ctx, "us", time.Now(), time.Now(), 100)
			return err
		}},
		{"upkeep: kept answers", func(ctx context.Context) error {
			return postgres.NewAnswers(e.db).Prune(ctx, time.Now().AddDate(0, 0, -1))
		}},
		{"updateWatch", func(ctx context.Context) error {
			city := time.Now().Format(time.RFC3339Nano)
			_, err := watches.Update(ctx, actor(1), id, watch.UpdateWatchInput{City: graphql.OmittableOf(&city)}, nil)
			return err
		}},
	})
}

// orNone takes it for no error that there is no such row.
func orNone(err error) error {
	if apperr.Is(err, apperr.NotFound) {
		return nil
	}
	return err
}
