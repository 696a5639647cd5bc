package postgres_test

import (
	"context"
	"net"
	"net/url"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"watchkeeper/internal/pgserver"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/scratch"
)

func TestOpenSetsTheSessionUp(t *testing.T) {
	db := pgtest.Open(t)
	for setting, expected := range map[string]string{"application_name": "watchkeeper", "timezone": "UTC"} {
		var value string
		require.NoError(t, db.Bun().QueryRowContext(t.Context(), "SELECT current_setting(?)", setting).Scan(&value))
		require.Equal(t, expected, value, setting)
	}
	require.Positive(t, db.Pool().Config().ConnConfig.ConnectTimeout)
	require.NoError(t, db.Ready(t.Context()))
}

func TestThePoolsSizeIsOursOrTheURLsOrTheOptions(t *testing.T) {
	base := pgtest.URL(t)
	for _, test := range []struct {
		name, url string
		options   []postgres.Option
		expected  int32
	}{
		{"ours", base, nil, 24},
		{"the URL's", base + "&pool_max_conns=3", nil, 3},
		{"the option's", base + "&pool_max_conns=3", []postgres.Option{postgres.WithMaxConns(5)}, 5},
	} {
		t.Run(test.name, func(t *testing.T) {
			db := pgtest.OpenURL(t, test.url, test.options...)
			require.Equal(t, test.expected, db.Pool().Config().MaxConns)
		})
	}
}

func TestStatementsAreNotPrepared(t *testing.T) {
	db := pgtest.Open(t, postgres.WithMaxConns(1))
	for n := range 20 {
		var got int
		require.NoError(t, db.Bun().QueryRowContext(t.Context(), "SELECT ?", n).Scan(&got))
	}
	var prepared int
	require.NoError(t, db.Bun().QueryRowContext(t.Context(), "SELECT count(*) FROM pg_prepared_statements").Scan(&prepared))
	require.Zero(t, prepared)
}

func TestHooksSeeEveryStatement(t *testing.T) {
	var first, second pgtest.Counter
	db := pgtest.Open(t, postgres.WithQueryHook(&first), postgres.WithQueryHook(&second))
	require.NoError(t, db.InTx(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, "SELECT ?", 1)
		return err
	}))
	require.Equal(t, []string{"BEGIN", "SELECT 1", "COMMIT"}, first.Statements())
	require.Equal(t, 3, second.Count())
	first.Reset()
	require.Zero(t, first.Count())
}

func TestOldServersAreRefused(t *testing.T) {
	require.ErrorContains(t, postgres.VersionError(130022), "the database is PostgreSQL 13, and Watchkeeper needs 14 or later")
	require.NoError(t, postgres.VersionError(140000))
	require.NoError(t, postgres.VersionError(180004))
}

func TestOpenFailsWithoutADatabaseAndKeepsThePasswordToItself(t *testing.T) {
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	nobody := listener.Addr().String()
	require.NoError(t, listener.Close())
	missing, err := url.Parse(pgtest.URL(t))
	require.NoError(t, err)
	missing.Path = "/missing"

	for name, address := range map[string]string{
		"nobody listens":      "postgres://user:s3cret@" + nobody + "/db?sslmode=disable",
		"no such database":    missing.String(),
		"not an address":      "postgres://user:s3cret@host:port/db",
		"not even a DSN":      "password=s3cret what",
		"unknown SSL setting": "postgres://user:s3cret@" + nobody + "/db?sslmode=maybe",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := postgres.Open(t.Context(), address)
			require.Error(t, err)
			require.NotContains(t, err.Error(), "s3cret")
		})
	}
}

func TestADatabaseThatGoesAwayGivesOrdinaryErrors(t *testing.T) {
	server, err := pgserver.Start(t.Context(), pgserver.Config{
		DataDir: scratch.Dir(t), BinDir: os.Getenv("POSTGRES_BIN_DIR"), Ephemeral: true,
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop(context.Background())) })
	db := pgtest.OpenURL(t, server.URL())
	require.NoError(t, db.Migrate(t.Context()))

	err = db.InTx(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		require.NoError(t, server.Stop(ctx))
		_, err := tx.ExecContext(ctx, "SELECT 1")
		return err
	})
	require.Error(t, err)
	require.Error(t, db.Ready(t.Context()))
	require.Error(t, db.Migrate(t.Context()))
	_, err = db.MigrationStatus(t.Context())
	require.Error(t, err)
	var one int
	require.Error(t, db.Bun().NewSelect().ColumnExpr("1").Scan(t.Context(), &one))
}

func TestADatabaseThatComesBackIsUsedAgain(t *testing.T) {
	address := pgtest.URL(t)
	db := pgtest.OpenURL(t, address, postgres.WithMaxConns(1))
	conn, err := pgx.Connect(t.Context(), address)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close(context.Background())) })
	_, err = conn.Exec(t.Context(), `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	require.NoError(t, err)

	_ = db.Ready(t.Context()) // may be the one that finds out
	require.NoError(t, db.Ready(t.Context()))
}
