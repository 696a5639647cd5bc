package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

func TestWhatWaitsForALockEnds(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.URL(t)+"&lock_timeout=10ms")
	holder, err := db.Pool().Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = holder.Rollback(context.Background()) }()
	_, err = holder.Exec(t.Context(), "LOCK TABLE firms")
	require.NoError(t, err)

	_, err = postgres.NewAccounts(db).AnyFirm(t.Context())
	require.ErrorContains(t, err, "55P03")
	require.True(t, apperr.Is(err, apperr.RateLimited))
}

func TestTimeoutsAreOursOrTheURLs(t *testing.T) {
	for setting, expected := range map[string][2]string{
		"lock_timeout": {"2s", "7s"}, "statement_timeout": {"15s", "7s"}, "idle_in_transaction_session_timeout": {"1min", "7s"},
	} {
		for i, url := range []string{pgtest.URL(t), pgtest.URL(t) + "&" + setting + "=7s"} {
			var value string
			require.NoError(t, pgtest.OpenURL(t, url).Bun().QueryRowContext(t.Context(), "SELECT current_setting(?)", setting).Scan(&value))
			require.Equal(t, expected[i], value, setting)
		}
	}
}

// One firm's requests hold all connections that they may; another firm's, those of nobody and readiness have theirs.
func TestAFirmHasAShareOfTheConnections(t *testing.T) {
	db := pgtest.Open(t, postgres.WithMaxConns(6))
	greedy, other := firmContext(t, "greedy"), firmContext(t, "other")
	for range 2 {
		conn, err := db.Bun().Conn(greedy)
		require.NoError(t, err)
		defer func() { require.NoError(t, conn.Close()) }()
	}
	waiting, cancel := context.WithTimeout(greedy, 20*time.Millisecond)
	defer cancel()
	_, err := db.Bun().Conn(waiting)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.False(t, apperr.Is(err, apperr.RateLimited), "the caller's own deadline")

	for _, ctx := range []context.Context{other, t.Context()} {
		conn, err := db.Bun().Conn(ctx)
		require.NoError(t, err)
		require.NoError(t, conn.Close())
	}
}

func TestWhoWaitsForAConnectionIsCounted(t *testing.T) {
	db := pgtest.Open(t, postgres.WithMaxConns(1))
	conn, err := db.Pool().Acquire(t.Context())
	require.NoError(t, err)
	require.Zero(t, db.Waiting())
	pinged := make(chan error)
	go func() { pinged <- db.Bun().PingContext(t.Context()) }()
	require.Eventually(t, func() bool { return db.Waiting() == 1 }, timeout, time.Millisecond)
	conn.Release()
	require.NoError(t, <-pinged)
	require.Zero(t, db.Waiting())
}

func TestReadinessHasAConnectionOfItsOwn(t *testing.T) {
	db := pgtest.Open(t, postgres.WithMaxConns(1))
	conn, err := db.Pool().Acquire(t.Context())
	require.NoError(t, err)
	defer conn.Release()
	require.NoError(t, db.Ready(t.Context()))
}

// Connections keep the setting with which they were opened, so that those of a spell have to go.
func TestAReadOnlySpellPasses(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Fresh(t), postgres.WithMaxConns(1))
	readOnly := func(value string) {
		// The outer level of a session wins over the database's, so that this works within the spell too.
		_, err := db.Pool().Exec(pgtest.AcrossFirms(t.Context()), `DO $$ BEGIN
			SET TRANSACTION READ WRITE;
			EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = `+value+`', current_database()); END $$`)
		require.NoError(t, err)
	}
	write := func() error {
		_, err := db.Bun().ExecContext(t.Context(), "DELETE FROM sessions")
		return err
	}
	_, err := db.Pool().Exec(t.Context(), "SET default_transaction_read_only = on") // as if the connection were from the spell
	require.NoError(t, err)
	require.ErrorContains(t, write(), "25006")
	require.NoError(t, write(), "a new connection")

	readOnly("on")
	db.Pool().Reset()
	require.Error(t, db.Ready(t.Context()))
	require.ErrorContains(t, write(), "read only")
}

func firmContext(t *testing.T, firm string) context.Context {
	return account.WithViewer(t.Context(), &account.Viewer{Firm: &account.Firm{ID: firm}, User: &account.User{ID: firm, FirmID: firm}})
}
