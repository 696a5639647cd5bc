package postgres_test

import (
	"errors"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/page"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
	"watchkeeper/migrations"
)

// When what keeper.disputed makes, and what fill makes, was last synced.
var (
	disputedAt = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	filledAt   = time.Date(2026, time.January, 3, 0, 0, 0, 0, time.UTC)
)

// counts are those of the firm's status.
func (k *keeper) counts() syncer.SyncStatus {
	k.Helper()
	status, _, err := postgres.NewRuns(k.db).Status(k.Context(), k.FirmID)
	require.NoError(k, err)
	status.FirmID, status.CurrentRun = "", nil
	return *status
}

func (k *keeper) execute(statement string, arguments ...any) {
	k.Helper()
	_, err := k.db.Bun().ExecContext(pgtest.AcrossFirms(k.Context()), statement, arguments...)
	require.NoError(k, err)
}

// A statement over rows of two firms counts for each, and nothing is left of a firm that is deleted.
func TestCounts_ofStatementsOverFirms(t *testing.T) {
	k := newKeeper(t)
	other := k.stranger()
	for range 2 {
		k.disputed()
	}
	other.disputed()
	k.execute("UPDATE clio_links SET state = 'MISSING'")
	require.Equal(t, syncer.SyncStatus{LinkedWatches: 2, MissingWatches: 2, OpenConflicts: 4, WatchesWithConflicts: 2, OldestSyncedAt: &disputedAt}, k.counts())
	require.Equal(t, syncer.SyncStatus{LinkedWatches: 1, MissingWatches: 1, OpenConflicts: 2, WatchesWithConflicts: 1, OldestSyncedAt: &disputedAt}, other.counts())

	k.execute("DELETE FROM firms WHERE id = ?", other.FirmID)
	require.Equal(t, syncer.SyncStatus{}, other.counts())
	k.execute("DELETE FROM watches")
	require.Equal(t, syncer.SyncStatus{}, k.counts())
	var left int
	require.NoError(t, k.db.Bun().NewRaw("SELECT count(*) FROM watches_with_conflicts").Scan(pgtest.AcrossFirms(t.Context()), &left))
	require.Zero(t, left)
}

// An edit that changes no count doesn't touch the firm's row, so that it waits for nobody.
func TestCounts_ofAnEditThatChangesNone(t *testing.T) {
	k := newKeeper(t)
	w, _ := k.disputed()
	rows := func() (rows string) {
		err := k.db.Bun().NewRaw("SELECT coalesce(string_agg(c.xmin || ' ' || c.ctid::text, ',' ORDER BY slot), '') FROM firm_counts c").
			Scan(pgtest.AcrossFirms(t.Context()), &rows)
		require.NoError(t, err)
		return rows
	}
	before := rows()
	k.edit(w.ID, middleName("May"))
	_, err := k.store.ChangeWatch(t.Context(), k.FirmID, w.ID, watch.Origin{}, func(w *watch.Watch, _ []*watch.SyncConflict) error {
		w.ClioLink.ClientName = new("Ana May Rivera")
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, before, rows())
	k.edit(w.ID, city("Tampa"))
	require.NotEqual(t, before, rows())
}

// People who change the counts of one firm at once lose none, and wait for each other without end.
func TestCounts_ofManyAtOnce(t *testing.T) {
	k := newKeeper(t)
	var ids []string
	for range 24 {
		w, _ := k.disputed()
		ids = append(ids, w.ID)
	}
	var people sync.WaitGroup
	errs := make([]error, len(ids))
	for i, id := range ids {
		people.Go(func() {
			switch i % 4 {
			case 0:
				_, errs[i] = k.watches.Archive(t.Context(), k.Actor, id)
			case 1:
				_, errs[i] = k.watches.Unlink(t.Context(), k.Actor, id)
			case 2:
				errs[i] = k.watches.Delete(t.Context(), k.Actor, id)
			default:
				_, errs[i] = k.watches.Update(t.Context(), k.Actor, id, city("Tampa"), nil)
			}
		})
	}
	people.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	require.Equal(t, syncer.SyncStatus{LinkedWatches: 6, OpenConflicts: 6, WatchesWithConflicts: 6, OldestSyncedAt: &disputedAt}, k.counts())
}

// The last watches that were synced at a time, whose links end at once, leave no time behind, whoever of them comes last.
func TestCounts_ofTheLastAtOnce(t *testing.T) {
	k := newKeeper(t)
	for range 10 {
		var people sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			w, _ := k.disputed()
			people.Go(func() { _, errs[i] = k.watches.Archive(t.Context(), k.Actor, w.ID) })
		}
		people.Wait()
		require.NoError(t, errors.Join(errs...))
		require.Nil(t, k.counts().OldestSyncedAt)
	}
}

// What an installation has before the migration is counted by it.
func TestCounts_ofWhatWasThereBefore(t *testing.T) {
	before, counting := fstest.MapFS{}, "20261128173200"
	names, err := fs.Glob(migrations.FS, "*.tx.up.sql")
	require.NoError(t, err)
	for _, name := range names {
		text, err := fs.ReadFile(migrations.FS, name)
		require.NoError(t, err)
		if name < counting {
			before[name] = &fstest.MapFile{Data: text}
		}
	}
	db := pgtest.OpenURL(t, pgtest.Empty(t))
	require.NoError(t, db.MigrateFiles(t.Context(), before))
	firm := func(status string) *keeper {
		k := &keeper{T: t, db: db}
		k.FirmID = clioFirm(t, db).FirmID
		k.execute(strings.ReplaceAll(fill, "'ACTIVE'", "'"+status+"'"), k.FirmID)
		return k
	}
	active, archived := firm("ACTIVE"), firm("ARCHIVED")
	require.NoError(t, db.Migrate(t.Context()))
	require.Equal(t, syncer.SyncStatus{LinkedWatches: 1, OpenConflicts: 1, WatchesWithConflicts: 1, OldestSyncedAt: &filledAt}, active.counts())
	require.Equal(t, syncer.SyncStatus{OpenConflicts: 1, WatchesWithConflicts: 1}, archived.counts())
	for _, k := range []*keeper{active, archived} {
		listed, err := postgres.NewWatches(db).Watches(t.Context(), k.FirmID, watch.WatchFilter{}, watch.WatchOrder{Field: watch.ByLastSyncedAt},
			page.Request{Size: 5}, watch.Shown{LastSyncedAt: true})
		require.NoError(t, err)
		require.Len(t, listed, 1)
		require.Equal(t, filledAt, *listed[0].ClioLink.LastSyncedAt)
	}
	archived.execute("UPDATE watches SET status = 'ACTIVE'")
	require.Equal(t, syncer.SyncStatus{LinkedWatches: 1, OpenConflicts: 1, WatchesWithConflicts: 1, OldestSyncedAt: &filledAt}, archived.counts())
}
