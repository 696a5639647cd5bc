package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/page"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/watch"
)

// One connection reads for two firms in turn, and as the owner's role between them: PostgreSQL still plans each statement once.
func TestReadsArePreparedAndPlannedOnce(t *testing.T) {
	k := newKeeper(t)
	k.db = pgtest.Open(t, postgres.WithMaxConns(1))
	k.store, k.watches = postgres.NewWatches(k.db), watch.NewService(postgres.NewWatches(k.db), k.clock)
	k = k.colleague(clioFirm(t, k.db).FirmID)
	other, accounts := k.stranger(), postgres.NewAccounts(k.db)
	for _, each := range []*keeper{k, other} {
		w, _ := each.disputed()
		for range 5 {
			found, err := each.store.Watches(t.Context(), each.FirmID, watch.WatchFilter{}, watch.WatchOrder{}, page.Request{Size: 5}, watch.Shown{})
			require.NoError(t, err)
			require.Equal(t, []string{w.ID}, watchIDs(found))
			sought := watch.WatchFilter{Search: &w.LastName}
			found, err = each.store.Watches(t.Context(), each.FirmID, sought, watch.WatchOrder{}, page.Request{Size: 5}, watch.Shown{})
			require.NoError(t, err)
			require.Equal(t, []string{w.ID}, watchIDs(found))
			open, err := each.store.Conflicts(t.Context(), each.FirmID, []string{w.ID})
			require.NoError(t, err)
			require.Len(t, open[w.ID], 2)
			_, err = accounts.SessionByToken(t.Context(), []byte("none"), account.Ended{})
			require.True(t, apperr.Is(err, apperr.NotFound), err)
		}
		_, err := each.store.Watches(t.Context(), each.FirmID, watch.WatchFilter{Status: new(watch.Active)}, watch.WatchOrder{}, page.Request{Size: 5}, watch.Shown{})
		require.NoError(t, err)
	}
	var statements, planned, anew int
	err := k.db.Pool().QueryRow(postgres.ForFirm(t.Context(), k.FirmID), `SELECT count(*), sum(generic_plans), sum(custom_plans)
		FROM pg_prepared_statements WHERE statement LIKE 'SELECT %'`).Scan(&statements, &planned, &anew)
	require.NoError(t, err)
	require.Equal(t, []int{4, 40, 0}, []int{statements, planned, anew}, "a search is among them, and filters alone aren't")
}

func TestWhatIsReadToBeShown(t *testing.T) {
	k := newKeeper(t)
	w, open := k.disputed()
	own := k.create()
	for _, shows := range []watch.Shown{{}, {Link: true}, {LastSyncedAt: true}, {Base: true}, {Conflicts: true}, watch.ShowAll} {
		found, err := k.store.WatchesByID(t.Context(), k.FirmID, []string{w.ID, own.ID}, shows)
		require.NoError(t, err)
		require.Nil(t, found[own.ID].ClioLink)
		require.Empty(t, found[own.ID].OpenConflicts)
		require.Equal(t, shows.Conflicts, found[own.ID].OpenConflicts != nil)
		expected := *w
		expected.EditedAt, expected.ClioLink = nil, nil
		expected.Folded = watch.Folded{SortLast: w.SortLast, SortFirst: w.SortFirst}
		if shows.Linked() {
			link := *w.ClioLink
			link.Settled, link.LinkCheck = nil, watch.LinkCheck{}
			if !shows.Base {
				link.Base = nil
			}
			if shows.LastSyncedAt {
				link.LastSyncedAt = w.ClioLink.LastSyncedAt
				require.Equal(t, time.UTC, found[w.ID].ClioLink.LastSyncedAt.Location())
			}
			expected.ClioLink = &link
		}
		if shows.Conflicts {
			expected.OpenConflicts = open
		}
		require.Equal(t, &expected, found[w.ID], shows)
	}
}

// Reads take their place in the share of the viewer's firm, as Bun's statements do.
func TestReadsWaitInTheShareOfTheirFirm(t *testing.T) {
	k := newKeeper(t)
	k.db = pgtest.Open(t, postgres.WithMaxConns(3))
	store := postgres.NewWatches(k.db)
	k = k.colleague(clioFirm(t, k.db).FirmID)
	ctx := postgres.ForFirm(account.WithViewer(t.Context(), &account.Viewer{
		User: &account.User{ID: k.UserID, FirmID: k.FirmID}, Firm: &account.Firm{ID: k.FirmID},
	}), k.FirmID)
	held := make([]bun.Conn, 2)
	for i := range held {
		var err error
		held[i], err = k.db.Bun().Conn(ctx)
		require.NoError(t, err)
	}
	read := make(chan error)
	go func() {
		_, err := store.WatchesByID(ctx, k.FirmID, []string{"watch_1"}, watch.ShowAll)
		read <- err
	}()
	require.Eventually(t, func() bool { return k.db.Waiting() == 1 }, 5*time.Second, time.Millisecond)
	_, err := store.WatchesByID(t.Context(), k.FirmID, []string{"watch_1"}, watch.ShowAll)
	require.NoError(t, err, "others have connections left")
	require.Equal(t, 1, k.db.Waiting())
	require.NoError(t, held[0].Close())
	require.NoError(t, <-read)
	require.NoError(t, held[1].Close())
}
