package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/watch"
)

// BEGIN and the lock are sent together, and all writes with COMMIT, whatever changes.
func TestAChangeCostsTwoStatements(t *testing.T) {
	k := newKeeper(t).asks()
	calm := k.create()
	w, open := k.disputed()
	update := func(id string, in watch.UpdateWatchInput) func() error {
		return func() error {
			_, err := k.watches.Update(t.Context(), k.Actor, id, in, nil)
			return err
		}
	}
	for name, c := range map[string]struct {
		do         func() error
		statements int
	}{
		"nothing changes":              {update(calm.ID, watch.UpdateWatchInput{}), 1},
		"an edit":                      {update(calm.ID, city("Tampa")), 2},
		"watch, history and conflicts": {update(w.ID, city("Ocala")), 2},
		"link and conflicts": {func() error {
			_, err := k.store.ChangeWatch(t.Context(), k.FirmID, w.ID, watch.Origin{}, func(w *watch.Watch, _ []*watch.SyncConflict) error {
				w.SettleLocal(open[1])
				return nil
			})
			return err
		}, 2},
	} {
		k.sql.Reset()
		require.NoError(t, c.do(), name)
		statements := k.sql.Statements()
		require.Len(t, statements, c.statements+2, "%s: %s", name, statements)
		require.Contains(t, statements[0], "BEGIN", name)
		require.Equal(t, "COMMIT", statements[len(statements)-1], name)
	}
}

// What somebody commits while a change waits for the lock is what the change's rule sees.
func TestAChangeSeesWhatItWaitedFor(t *testing.T) {
	k := newKeeper(t).asks()
	w, open := k.disputed()
	changed := make(chan error, 1)
	rule := func(w *watch.Watch, left []*watch.SyncConflict) error {
		if *w.City != "Ocala" || w.ClioLink.Base[watch.City] != "Naples" || len(left) != 1 || left[0].ID != open[1].ID {
			return fmt.Errorf("the rule saw %s, %s and %d conflicts", *w.City, w.ClioLink.Base[watch.City], len(left))
		}
		w.FirstName = "Anna"
		return nil
	}
	err := k.db.InTx(pgtest.AcrossFirms(t.Context()), func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "UPDATE watches SET city = 'Ocala' WHERE id = ?", w.ID); err != nil {
			return err
		}
		go func() {
			_, err := k.store.ChangeWatch(k.Context(), k.FirmID, w.ID, watch.Origin{Cause: watch.CauseEdit}, rule)
			changed <- err
		}()
		k.untilSomebodyWaits()
		if _, err := tx.ExecContext(ctx, `UPDATE clio_links SET base = '{"CITY": "Naples"}' WHERE watch_id = ?`, w.ID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM sync_conflicts WHERE id = ?", open[0].ID)
		return err
	})
	require.NoError(t, err)
	require.NoError(t, <-changed)
	after, err := k.watches.Get(t.Context(), k.FirmID, w.ID, watch.ShowAll)
	require.NoError(t, err)
	require.Equal(t, "Anna in Ocala", after.FirstName+" in "+*after.City, "neither's change is lost")
}

// untilSomebodyWaits returns when a statement of this database waits for a lock.
func (k *keeper) untilSomebodyWaits() {
	require.Eventually(k, func() bool {
		var waits bool
		err := k.db.Pool().QueryRow(pgtest.AcrossFirms(k.Context()), `SELECT EXISTS (SELECT FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock')`).Scan(&waits)
		return err == nil && waits
	}, timeout, time.Millisecond)
}

// A change goes on to hold what transactions do: it is called again after a deadlock, leaves nothing behind when it fails, and its connection is
// as good as before.
func TestAChangeThatFails(t *testing.T) {
	k := newKeeper(t)
	w := k.create()
	change := func(rule func() error) error {
		_, err := k.store.ChangeWatch(t.Context(), k.FirmID, w.ID, watch.Origin{Cause: watch.CauseEdit},
			func(w *watch.Watch, _ []*watch.SyncConflict) error {
				w.FirstName = "Anna"
				return rule()
			})
		return err
	}
	calls := 0
	require.NoError(t, change(func() error {
		if calls++; calls == 1 {
			return &pgconn.PgError{Code: "40P01"}
		}
		return nil
	}))
	require.Equal(t, 2, calls)
	k.edit(w.ID, city("Tampa"))

	refused := errors.New("refused")
	require.ErrorIs(t, change(func() error { return refused }), refused)
	require.Panics(t, func() { _ = change(func() error { panic("a fault of ours") }) })
	canceled, cancel := context.WithCancel(t.Context())
	_, err := k.store.ChangeWatch(canceled, k.FirmID, w.ID, watch.Origin{}, func(w *watch.Watch, _ []*watch.SyncConflict) error {
		w.City = nil
		cancel()
		return nil
	})
	require.ErrorIs(t, err, context.Canceled)
	_, err = k.store.ChangeWatch(t.Context(), k.stranger().FirmID, w.ID, watch.Origin{}, nil)
	require.True(t, apperr.Is(err, apperr.NotFound))

	after := k.edit(w.ID, watch.UpdateWatchInput{})
	require.Equal(t, "Tampa", *after.City)
	require.Eventually(t, func() bool { return k.db.Pool().Stat().AcquiredConns() == 0 }, timeout, time.Millisecond, "all connections are back")
}

// Waiting for the lock of a watch ends like any other wait for a lock.
func TestAChangeDoesNotWaitForever(t *testing.T) {
	k := newKeeper(t)
	w := k.create()
	k.db = pgtest.OpenURL(t, k.db.Pool().Config().ConnString()+"&lock_timeout=20ms")
	k.store = postgres.NewWatches(k.db)
	err := k.db.InTx(pgtest.AcrossFirms(t.Context()), func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "SELECT FROM watches WHERE id = ? FOR UPDATE", w.ID); err != nil {
			return err
		}
		_, err := k.store.ChangeWatch(t.Context(), k.FirmID, w.ID, watch.Origin{}, nil)
		require.True(t, apperr.Is(err, apperr.RateLimited), err)
		return nil
	})
	require.NoError(t, err)
}

// A connection that turns out to be read-only is dropped, as for Bun's statements.
func TestAChangeDropsAReadOnlyConnection(t *testing.T) {
	k := newKeeper(t)
	w := k.create()
	k.db = pgtest.OpenURL(t, k.db.Pool().Config().ConnString(), postgres.WithMaxConns(1))
	k.store = postgres.NewWatches(k.db)
	_, err := k.db.Pool().Exec(t.Context(), "SET default_transaction_read_only = on")
	require.NoError(t, err)
	change := func() error {
		_, err := k.store.ChangeWatch(t.Context(), k.FirmID, w.ID, watch.Origin{}, func(*watch.Watch, []*watch.SyncConflict) error { return nil })
		return err
	}
	require.ErrorContains(t, change(), "25006")
	require.NoError(t, change(), "a new connection")
}
