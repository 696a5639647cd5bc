package bench_test

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/watch"
)

// BenchmarkChanges measures changes of different watches of one firm by sixteen people at once: one that changes no count of the firm's status,
// and one that does, with the counts in eight rows and in one.
func BenchmarkChanges(b *testing.B) {
	o := newOffice(b, http.DefaultTransport, "http://127.0.0.1:1")
	o.addFirms(1, "token")
	o.addWatches(1, 100)
	store := postgres.NewWatches(o.db)
	changes := func(rule watch.ChangeRule) func(b *testing.B) {
		return func(b *testing.B) {
			var next atomic.Int64
			b.SetParallelism(8)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					id := fmt.Sprintf("watch_%026d", 101+next.Add(1)%100)
					_, err := store.ChangeWatch(b.Context(), firmID(1), id, watch.Origin{Cause: watch.CauseEdit}, rule)
					require.NoError(b, err)
				}
			})
		}
	}
	edit := func(w *watch.Watch, _ []*watch.SyncConflict) error {
		w.Touch(o.db.Clock().Now())
		w.City = new(w.Version())
		return nil
	}
	turn := func(w *watch.Watch, _ []*watch.SyncConflict) error {
		w.Touch(o.db.Clock().Now())
		w.Status = map[watch.WatchStatus]watch.WatchStatus{watch.Active: watch.StatusArchived, watch.StatusArchived: watch.Active}[w.Status]
		return nil
	}
	b.Run("not counted", changes(edit))
	b.Run("counted in eight rows", changes(turn))
	var function string
	err := o.db.Pool().QueryRow(b.Context(), "SELECT replace(pg_get_functiondef('add_to_firm_counts'::regproc), '% 8', '% 1')").Scan(&function)
	require.NoError(b, err)
	execute(o.B, o.db, function)
	b.Run("counted in one row", changes(turn))
}
