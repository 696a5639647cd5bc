package bench_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

const watchesPerFirm = 100

// clicks is how many people start runs at the same time.
const clicks = 8

// Runs of many firms, each over a hundred watches, from the click to the end of the last: through the queue, with sixteen
// workers, on a Clio that costs nothing. WATCHKEEPER_BENCH_FIRMS is how many firms there are at most, 1,000 by default.
func BenchmarkRuns(b *testing.B) {
	most := number("WATCHKEEPER_BENCH_FIRMS", 1000)
	for firms := 10; firms <= most; firms *= 10 {
		for _, change := range []struct {
			name           string
			moves, changed int64
		}{{"unchanged", 0, 0}, {"changed=5%", 1, watchesPerFirm / everyNth}} {
			b.Run(fmt.Sprintf("watches=%d/%s", firms*watchesPerFirm, change.name), func(b *testing.B) {
				in := &memory{}
				o := newOffice(b, in, "http://clio.invalid")
				o.addFirms(firms, "token")
				o.addWatches(firms, watchesPerFirm)
				var passes int64
				for b.Loop() {
					passes++
					in.moves.Add(change.moves)
					o.runAll(firms)
				}
				watches := passes * int64(firms*watchesPerFirm)
				o.requireChanged(watches, passes*int64(firms)*change.changed)
				b.ReportMetric(float64(passes*int64(firms))/b.Elapsed().Seconds(), "runs/s")
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(watches), "µs/watch")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// runAll executes a run of each firm.
func (o *office) runAll(firms int) {
	o.Helper()
	var starting errgroup.Group
	starting.SetLimit(clicks)
	for n := range firms {
		starting.Go(func() error {
			_, _, err := o.syncs.SyncAll(o.Context(), actor(n+1), false)
			return err
		})
	}
	require.NoError(o, starting.Wait())
	for range firms {
		<-o.begun
		<-o.ended
	}
}

// requireChanged makes sure that the runs did what they are measured for.
func (o *office) requireChanged(watches, changed int64) {
	o.Helper()
	var processed, updated, unchanged int64
	scan(o.B, o.db, "SELECT sum(processed), sum(updated), sum(unchanged) FROM sync_runs", &processed, &updated, &unchanged)
	require.Equal(o, []int64{watches, changed, watches - changed}, []int64{processed, updated, unchanged})
}

// From the click to a worker that begins: starting the run in a transaction, and what the queue adds.
func BenchmarkFromClickToWork(b *testing.B) {
	o := newOffice(b, &memory{}, "http://clio.invalid")
	o.addFirms(1, "token")
	o.addWatches(1, watchesPerFirm)
	var starts, waits []time.Duration
	for b.Loop() {
		clicked := time.Now()
		_, _, err := o.syncs.SyncAll(o.Context(), actor(1), false)
		require.NoError(b, err)
		starts = append(starts, time.Since(clicked))
		waits = append(waits, (<-o.begun).Sub(clicked))
		<-o.ended
	}
	report(b, starts, "start")
	report(b, waits, "work")
	b.ReportMetric(0, "ns/op")
}

// report reports the median and what only one in twenty exceeds, in milliseconds.
func report(b *testing.B, times []time.Duration, name string) {
	b.Helper()
	slices.Sort(times)
	b.ReportMetric(milliseconds(times[len(times)/2]), name+"-p50-ms")
	b.ReportMetric(milliseconds(times[len(times)*19/20]), name+"-p95-ms")
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
