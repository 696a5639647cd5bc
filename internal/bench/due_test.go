package bench_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/syncer"
)

const (
	scheduledFirms = 100_000
	dueFirms       = 10_000
	dueReplicas    = 4
)

// A look for what is due among a hundred thousand firms that are scheduled for later, of which a tenth can't be started, as their
// connections were lost.
func BenchmarkNothingDue(b *testing.B) {
	o := newScheduled(b)
	execute(b, o.db, "UPDATE sync_settings SET connected = FALSE, start_at = now() - INTERVAL '1 day' WHERE firm_id LIKE '%0'")
	settle(b, o.db)
	var looks []time.Duration
	for b.Loop() {
		began := time.Now()
		started, err := o.replicas[0].StartDue(b.Context())
		looks = append(looks, time.Since(began))
		require.NoError(b, err)
		require.Zero(b, started)
	}
	report(b, looks, "look")
	b.ReportMetric(0, "ns/op")
}

// Ten thousand firms are due at once, and four replicas start their rounds: until the last is enqueued. Nobody carries them out yet.
// How many watches the firms have is no matter: runs choose theirs when they begin.
func BenchmarkDueAtOnce(b *testing.B) {
	o := newScheduled(b)
	var times []time.Duration
	for b.Loop() {
		o.fallDue()
		began := time.Now()
		o.startAll()
		times = append(times, time.Since(began))
		o.requireEachOnce()
	}
	report(b, times, "all")
	b.ReportMetric(0, "ns/op")
}

// scheduled is an office of many firms with a daily schedule, and several replicas of it without workers.
type scheduled struct {
	*office
	replicas []*syncer.Service
}

// newScheduled has one run of each firm's behind it, as the day before left them.
func newScheduled(b *testing.B) *scheduled {
	b.Helper()
	o := &scheduled{office: &office{B: b, db: openDatabase(b), keys: newKeys(b)}}
	o.addFirms(scheduledFirms, "token")
	execute(b, o.db, `
		INSERT INTO sync_settings (firm_id, auto_sync_enabled, frequency, time_of_day, day_of_week, time_zone, sync_on_login, conflict_resolution,
			next_sync_at, start_at, connected)
		SELECT id, TRUE, 'DAILY', '06:00', 'MONDAY', 'America/New_York', FALSE, 'KEEP_LOCAL', now() + INTERVAL '1 day', now() + INTERVAL '1 day', TRUE
		FROM firms`)
	execute(b, o.db, `
		INSERT INTO sync_runs (id, firm_id, round_id, trigger, scope, dry_run, conflict_resolution, status, watch_ids, matter_ids, selected, processed,
			updated, unchanged, missing, skipped, failed, kept_local, overwrote_local, conflicts, identity_changed, incomplete, remaining, created_at,
			finished_at)
		SELECT 'run_of_' || id, id, 'round_of_' || id, 'SCHEDULE', 'ALL', FALSE, 'KEEP_LOCAL', 'SUCCEEDED', '{}', '{}', 0, 0,
			0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, now() - INTERVAL '1 day', now() - INTERVAL '1 day'
		FROM firms`)
	for range dueReplicas {
		db, err := postgres.Open(b.Context(), server.URL())
		require.NoError(b, err)
		b.Cleanup(func() { require.NoError(b, db.Close()) })
		o.replicas = append(o.replicas, newSyncs(db, o.keys, http.DefaultTransport, "http://clio.invalid"))
	}
	settle(b, o.db)
	return o
}

// fallDue makes the first of the firms due, and forgets what was started before.
func (o *scheduled) fallDue() {
	o.Helper()
	execute(o.B, o.db, "DELETE FROM sync_runs WHERE status = 'QUEUED'")
	require.NoError(o, pgtest.DeleteJobs(o.Context(), o.db))
	execute(o.B, o.db, `UPDATE sync_settings SET next_sync_at = now() - INTERVAL '1 hour', start_at = now() - INTERVAL '1 hour'
		WHERE firm_id IN (SELECT 'firm_' || lpad(n::text, 26, '0') FROM generate_series(1, $1::int) n)`, dueFirms)
	settle(o.B, o.db)
}

// startAll has all replicas look, again and again as they do, until nothing is left.
func (o *scheduled) startAll() {
	o.Helper()
	var looking errgroup.Group
	for _, replica := range o.replicas {
		looking.Go(func() error {
			for {
				if started, err := replica.StartDue(o.Context()); err != nil || started == 0 {
					return err
				}
			}
		})
	}
	require.NoError(o, looking.Wait())
}

// requireEachOnce makes sure that each firm that was due has one run, with one job.
func (o *scheduled) requireEachOnce() {
	o.Helper()
	var runs, firms int
	scan(o.B, o.db, "SELECT count(*), count(DISTINCT firm_id) FROM sync_runs WHERE status = 'QUEUED'", &runs, &firms)
	jobs, err := pgtest.Jobs(o.Context(), o.db)
	require.NoError(o, err)
	executed := map[string]bool{}
	for _, job := range jobs {
		executed[job.RunID] = true
	}
	require.Equal(o, []int{dueFirms, dueFirms, dueFirms}, []int{runs, firms, len(executed)})
}
