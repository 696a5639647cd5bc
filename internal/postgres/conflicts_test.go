package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/page"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

var lastMatter int64

// disputed is a linked watch on Ana in Miami, with the case number 7, of which Clio says Tampa and 9: two open conflicts, of
// city and case number.
func (k *keeper) disputed() (w *watch.Watch, open []*watch.SyncConflict) {
	lastMatter++
	w = watch.New(k.FirmID, clioNow)
	place, number := "Miami", "7"
	w.FirstName, w.LastName, w.City, w.CaseNumber = "Ana", "Rivera", &place, &number
	w.ClioLink = &watch.ClioLink{
		WatchID: w.ID, FirmID: k.FirmID, Region: "us", MatterID: lastMatter, State: watch.Linked,
		Base: watch.Values{watch.City: "Tampa", watch.CaseNumber: "9"}, Settled: watch.Values{},
		LinkCheck: watch.LinkCheck{AskedAt: clioNow, LastSyncedAt: &clioNow},
	}
	require.NoError(k, k.store.CreateWatch(k.Context(), w, watch.Origin{Cause: watch.CauseImport}))
	open = []*watch.SyncConflict{
		watch.NewConflict(w, watch.City, place, "Tampa", clioNow), watch.NewConflict(w, watch.CaseNumber, number, "9", clioNow),
	}
	backwards := []*watch.SyncConflict{open[1], open[0]}
	_, err := k.db.Bun().NewInsert().Model(&backwards).Exec(pgtest.AcrossFirms(k.Context()))
	require.NoError(k, err)
	return w, open
}

// asks has the firm's policy be ASK.
func (k *keeper) asks() *keeper {
	_, err := postgres.NewSyncs(k.db).ChangeSettings(k.Context(), k.FirmID, func(settings *syncer.SyncSettings) error {
		settings.ConflictResolution = merge.Ask
		return nil
	})
	require.NoError(k, err)
	return k
}

func (k *keeper) conflicts(id string) []*watch.SyncConflict {
	found, err := k.watches.Conflicts(k.Context(), k.FirmID, []string{id})
	require.NoError(k, err)
	for _, conflict := range found[id] {
		conflict.DetectedAt = conflict.DetectedAt.UTC()
	}
	return found[id]
}

func TestConflicts_ofManyWatchesInOneStatement(t *testing.T) {
	k := newKeeper(t)
	one, openOne := k.disputed()
	two, openTwo := k.disputed()
	foreign, _ := k.stranger().disputed()
	k.sql.Reset()
	found, err := k.watches.Conflicts(t.Context(), k.FirmID, []string{one.ID, two.ID, foreign.ID, k.create().ID})
	require.NoError(t, err)
	require.Len(t, found, 2)
	for id, want := range map[string][]*watch.SyncConflict{one.ID: openOne, two.ID: openTwo} {
		require.Equal(t, []string{want[0].ID, want[1].ID}, []string{found[id][0].ID, found[id][1].ID}, "in the order of SyncedField")
	}
	require.Equal(t, openOne, k.conflicts(one.ID))
}

func TestConflict(t *testing.T) {
	k := newKeeper(t)
	_, open := k.disputed()
	for _, c := range []struct {
		firmID, id string
		want       bool
	}{
		{k.FirmID, open[0].ID, true},
		{k.stranger().FirmID, open[0].ID, false},
		{k.FirmID, ident.New(ident.SyncConflict), false},
		{k.FirmID, "conflict_1", false},
	} {
		found, err := k.watches.ConflictsByID(t.Context(), c.firmID, []string{c.id})
		require.NoError(t, err)
		require.Equal(t, c.want, found[c.id] != nil, c.id)
	}
}

func TestConflicts_closeWithWhatPeopleDo(t *testing.T) {
	cases := map[string]struct {
		do   func(k *keeper, id string) error
		left []bool // of city and case number
	}{
		"another edit": {func(k *keeper, id string) error {
			name := "Anna"
			_, err := k.watches.Update(k.Context(), k.Actor, id, middleName(name), nil)
			return err
		}, []bool{true, true}},
		"an edit": {func(k *keeper, id string) error {
			_, err := k.watches.Update(k.Context(), k.Actor, id, city("Ocala"), nil)
			return err
		}, []bool{false, true}},
		"taking Clio's value": {func(k *keeper, id string) error {
			_, err := k.watches.TakeClioValues(k.Context(), k.Actor, id, []watch.SyncedField{watch.CaseNumber})
			return err
		}, []bool{true, false}},
		"archiving": {func(k *keeper, id string) error {
			_, err := k.watches.Archive(k.Context(), k.Actor, id)
			return err
		}, []bool{false, false}},
		"unlinking": {func(k *keeper, id string) error {
			_, err := k.watches.Unlink(k.Context(), k.Actor, id)
			return err
		}, []bool{false, false}},
		"deleting": {func(k *keeper, id string) error {
			return k.watches.Delete(k.Context(), k.Actor, id)
		}, []bool{false, false}},
	}
	k := newKeeper(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w, open := k.disputed()
			require.NoError(t, c.do(k, w.ID))
			var want []*watch.SyncConflict
			for i, left := range c.left {
				if left {
					want = append(want, open[i])
				}
			}
			require.Equal(t, want, k.conflicts(w.ID))
		})
	}
}

// Under ASK an edit that still differs opens a new conflict where it closes the old one, in one transaction.
func TestConflicts_openAnewWithAnEdit(t *testing.T) {
	k := newKeeper(t).asks()
	w, open := k.disputed()
	edited := k.edit(w.ID, city("Ocala"))
	found := k.conflicts(w.ID)
	require.Len(t, found, 2)
	require.NotEqual(t, open[0].ID, found[0].ID)
	require.True(t, found[0].Is("Ocala", "Tampa"))
	require.Equal(t, edited.UpdatedAt, found[0].DetectedAt)
	require.Equal(t, open[1], found[1])

	k.edit(w.ID, city("Tampa"))
	require.Equal(t, open[1:], k.conflicts(w.ID), "both sides agree")
}

func TestConfirmingAClientLeavesConflictsOpen(t *testing.T) {
	k := newKeeper(t)
	w, open := k.disputed()
	_, err := k.store.ChangeWatch(t.Context(), k.FirmID, w.ID, watch.Origin{}, func(w *watch.Watch, _ []*watch.SyncConflict) error {
		contact := int64(777)
		w.ClioLink.State, w.ClioLink.NewContactID = watch.ClientChanged, &contact
		return nil
	})
	require.NoError(t, err)
	_, err = k.watches.ConfirmClient(t.Context(), k.Actor, w.ID, "777")
	require.NoError(t, err)
	require.Equal(t, open, k.conflicts(w.ID))
}

func TestWatches_filteredByConflicts(t *testing.T) {
	k := newKeeper(t)
	disputed, _ := k.disputed()
	calm := k.create()
	k.stranger().disputed()
	for has, want := range map[bool]string{true: disputed.ID, false: calm.ID} {
		list, err := k.watches.List(t.Context(), k.FirmID, watch.ListArgs{Filter: &watch.WatchFilter{HasConflicts: &has}})
		require.NoError(t, err)
		require.Len(t, list.Nodes(), 1)
		require.Equal(t, want, list.Nodes()[0].ID)
		count, err := k.watches.Count(t.Context(), list)
		require.NoError(t, err)
		require.Equal(t, 1, count)
	}
	found, err := k.store.Watches(t.Context(), k.FirmID, watch.WatchFilter{}, watch.WatchOrder{}, page.Request{Size: 5}, watch.ShowAll)
	require.NoError(t, err)
	require.Len(t, found, 2)
}
