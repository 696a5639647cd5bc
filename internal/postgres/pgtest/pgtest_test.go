package pgtest_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestDatabasesAreTheTestsOwn(t *testing.T) {
	one, other := pgtest.Open(t), pgtest.Open(t)
	_, err := one.Pool().Exec(t.Context(), "INSERT INTO firms (id, name, created_at) VALUES ('a', 'A', now())")
	require.NoError(t, err)

	var firms int
	require.NoError(t, other.Pool().QueryRow(t.Context(), "SELECT count(*) FROM firms").Scan(&firms))
	require.Zero(t, firms)
}

func TestEmptyHasNoTables(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Empty(t))
	var tables int
	err := db.Pool().QueryRow(t.Context(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables)
	require.NoError(t, err)
	require.Zero(t, tables)
}

// leave leaves behind what a test may leave behind: rows in tables of ours and of River's, a sequence, connections, a lock and a listener.
func leave(t *testing.T, url string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url) // left open
	require.NoError(t, err)
	for _, statement := range []string{
		"INSERT INTO firms (id, name, created_at) VALUES ('a', 'A', now())",
		"INSERT INTO river_queue (name, created_at, updated_at) VALUES ('q', now(), now())",
		"SELECT nextval('field_changes_place_seq')", "SELECT pg_advisory_lock(7)", "LISTEN watchkeeper",
	} {
		_, err = conn.Exec(ctx, statement)
		require.NoError(t, err, statement)
	}
}

// What a test leaves behind isn't there for the next one that gets the same database.
func TestADatabaseIsWipedForTheNextTest(t *testing.T) {
	var first, second string
	t.Run("first", func(t *testing.T) {
		first = pgtest.URL(t)
		leave(t, first)
	})
	t.Run("second", func(t *testing.T) {
		second = pgtest.URL(t)
		db := pgtest.OpenURL(t, second)
		var rows, place, others int
		var locked bool
		require.NoError(t, db.Pool().QueryRow(t.Context(), `SELECT (SELECT count(*) FROM firms) + (SELECT count(*) FROM river_queue),
			nextval('field_changes_place_seq'), pg_try_advisory_lock(7),
			(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%')`).
			Scan(&rows, &place, &locked, &others))
		require.Zero(t, rows)
		require.Equal(t, 1, place)
		require.True(t, locked)
		require.Zero(t, others)
		require.NoError(t, db.Migrate(t.Context()), "the lists of migrations are kept")
	})
	require.Equal(t, first, second)
}

// A database whose tables or settings a test has changed is nobody else's.
func TestAChangedDatabaseIsDropped(t *testing.T) {
	for name, change := range map[string]string{
		"a constraint": "ALTER TABLE sync_conflicts DROP CONSTRAINT sync_conflicts_firm_id_watch_id_fkey",
		"a column":     "ALTER TABLE watches ADD COLUMN county text",
		"a table":      "CREATE TABLE numbers (n int)",
		"a trigger":    "ALTER TABLE sync_runs DISABLE TRIGGER sync_runs_notify",
		"a function":   "CREATE OR REPLACE FUNCTION notify_run() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
		"nothing":      "SELECT 1",
	} {
		var first, second string
		t.Run(name, func(t *testing.T) {
			first = pgtest.URL(t)
			_, err := pgtest.OpenURL(t, first).Pool().Exec(t.Context(), change)
			require.NoError(t, err)
		})
		t.Run(name+", next", func(t *testing.T) { second = pgtest.URL(t) })
		require.Equal(t, name == "nothing", first == second, name)
	}
}
