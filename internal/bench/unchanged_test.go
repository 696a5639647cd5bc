package bench_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What a watch that didn't change costs to have been checked, in a firm of a hundred: the bytes of write-ahead log, and those that are kept.
// The log is measured between two of its positions, without the images of whole pages that follow a checkpoint: they are switched off, as
// they depend on how often one comes. The first runs, which a table of new rows takes more for, aren't measured. What is kept is what the
// tables of runs grow by; River's jobs go within the hour, and checks are replaced.
func BenchmarkUnchanged(b *testing.B) {
	const firms, warmUp = 100, 3
	o := newOffice(b, &memory{}, "http://clio.invalid")
	execute(b, o.db, "ALTER SYSTEM SET full_page_writes = off") // of a server that ends with the benchmarks
	defer execute(b, o.db, "SELECT pg_reload_conf()")
	defer execute(b, o.db, "ALTER SYSTEM RESET full_page_writes")
	execute(b, o.db, "SELECT pg_reload_conf()")
	o.addFirms(firms, "token")
	o.addWatches(firms, watchesPerFirm)
	for range warmUp {
		o.runAll(firms)
	}
	settle(b, o.db)
	var from, until, before, after int64
	size := "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint, pg_total_relation_size('sync_runs')"
	scan(b, o.db, size, &from, &before)
	runs := 0
	for b.Loop() {
		o.runAll(firms)
		runs += firms
	}
	scan(b, o.db, size, &until, &after)
	o.requireChanged(int64((runs+warmUp*firms)*watchesPerFirm), 0)
	var document, row float64
	scan(b, o.db, "SELECT avg(length(results)), avg(pg_column_size(r)) FROM sync_runs r", &document, &row)
	watches := float64(runs * watchesPerFirm)
	require.Positive(b, watches)
	b.ReportMetric(float64(until-from)/watches, "WAL-bytes/watch")
	b.ReportMetric(float64(after-before)/watches, "kept-bytes/watch")
	b.ReportMetric(document/watchesPerFirm, "document-bytes/watch")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/watches, "µs/watch")
	b.ReportMetric(0, "ns/op")
}

// The next hundred of a firm of ten thousand, and how many its round has left: what starting a run costs, and a dry one writes nothing else.
func BenchmarkChoose(b *testing.B) {
	o := newOffice(b, &memory{}, "http://clio.invalid")
	o.addFirms(watchesPerFirm, "token")
	o.addWatches(watchesPerFirm, watchesPerFirm)
	o.enlarge(10_000 - watchesPerFirm)
	for b.Loop() {
		run, _, err := o.syncs.SyncAll(b.Context(), actor(1), true)
		require.NoError(b, err)
		require.Equal(b, 10_000-watchesPerFirm, run.Remaining)
		b.StopTimer()
		<-o.begun
		<-o.ended
		b.StartTimer()
	}
}
