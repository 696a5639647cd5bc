package watch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/watch"
)

func TestSettlingForTheWatch(t *testing.T) {
	w := linked()
	before := w.ClioLink.Settled
	version := w.Version()
	w.SettleLocal(newConflict(t, w, watch.City, "Tampa"))
	require.Equal(t, watch.Values{watch.City: "Tampa", watch.LastName: "Díaz"}, w.ClioLink.Settled)
	require.Equal(t, watch.Values{watch.LastName: "Díaz"}, before, "replaced, not changed")
	require.Equal(t, version, w.Version(), "no field changes")
	require.Equal(t, "Miami", *w.City)
	require.Empty(t, w.EditedAt)

	w.ClioLink.Settled = nil
	w.SettleLocal(newConflict(t, w, watch.City, "Ocala"))
	require.Equal(t, watch.Values{watch.City: "Ocala"}, w.ClioLink.Settled)
}

func TestSettlingForClio(t *testing.T) {
	w := linked()
	conflict := newConflict(t, w, watch.City, "Tampa")
	w.ClioLink.Base = watch.Values{watch.City: "Naples"} // Clio changed since: the value that was shown is written all the same
	w.ClioLink.Settled = watch.Values{watch.City: "Ocala", watch.State: "GA"}
	settled, version, later := w.ClioLink.Settled, w.Version(), moment.Add(time.Hour)
	require.NoError(t, w.SettleClio(conflict, later))
	require.Equal(t, "Tampa", *w.City)
	require.Equal(t, map[watch.SyncedField]time.Time{watch.City: later}, w.EditedAt, "an edit: older answers of Clio's don't overwrite it")
	require.Equal(t, watch.Values{watch.State: "GA"}, w.ClioLink.Settled)
	require.Len(t, settled, 2, "replaced, not changed")
	require.Equal(t, watch.Values{watch.City: "Naples"}, w.ClioLink.Base)
	require.NotEqual(t, version, w.Version())
	require.Equal(t, later, w.UpdatedAt)

	impossible := newConflict(t, w, watch.DateOfBirth, "yesterday")
	require.Error(t, w.SettleClio(impossible, later))
}

func TestRestoring(t *testing.T) {
	w := linked()
	w.City = ptr("Tampa") // as the run wrote it
	later := moment.Add(time.Hour)
	require.NoError(t, w.Restore(watch.City, "Miami", "Tampa", later))
	require.Equal(t, "Miami", *w.City)
	require.Equal(t, "Tampa", w.ClioLink.Settled[watch.City], "the next sync doesn't write it again")
	require.Equal(t, "Tampa", w.ClioLink.Base[watch.City])
	require.Equal(t, map[watch.SyncedField]time.Time{watch.City: later}, w.EditedAt)

	require.NoError(t, w.Restore(watch.State, "", "FL", later))
	require.Nil(t, w.State)
	require.Error(t, w.Restore(watch.DateOfInterest, "yesterday", "2026-01-01", later))
}
