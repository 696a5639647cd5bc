package postgres_test

import (
	"context"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/migrations"
)

func files(contents map[string]string) fs.FS {
	system := fstest.MapFS{}
	for name, content := range contents {
		system[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return system
}

// relations counts the tables, indexes and sequences of the public schema.
func relations(t *testing.T, db *postgres.DB) int {
	t.Helper()
	var n int
	err := db.Bun().QueryRowContext(pgtest.AcrossFirms(t.Context()),
		"SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").Scan(&n)
	require.NoError(t, err)
	return n
}

// noLocksAreHeld checks that nobody who migrated still holds a lock. The session of one that is done may take a moment.
func noLocksAreHeld(t *testing.T, db *postgres.DB) {
	t.Helper()
	_, err := db.Bun().ExecContext(pgtest.AcrossFirms(t.Context()), "SET lock_timeout = '10s'; SELECT pg_advisory_xact_lock(?)", postgres.MigrationLock)
	require.NoError(t, err)
}

func TestFourServersMigrateAnEmptyDatabaseAtOnce(t *testing.T) {
	url := pgtest.Empty(t)
	var servers [4]*postgres.DB
	for i := range servers {
		servers[i] = pgtest.OpenURL(t, url)
	}
	group, ctx := errgroup.WithContext(t.Context())
	for _, server := range servers {
		group.Go(func() error { return server.Migrate(ctx) })
	}
	require.NoError(t, group.Wait())

	expected, err := fs.Glob(migrations.FS, "*.up.sql")
	require.NoError(t, err)
	status, err := servers[0].MigrationStatus(t.Context())
	require.NoError(t, err)
	require.Len(t, status, len(expected))
	var noted int
	require.NoError(t, servers[0].Pool().QueryRow(pgtest.AcrossFirms(t.Context()), "SELECT count(*) FROM bun_migrations").Scan(&noted))
	require.Equal(t, len(expected), noted, "each is recorded once")
	noLocksAreHeld(t, servers[0])
}

func TestMigratingNeedsNoMoreThanOneConnectionOfThePool(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Empty(t), postgres.WithMaxConns(1))
	group, ctx := errgroup.WithContext(t.Context())
	for range 4 {
		group.Go(func() error { return db.Migrate(ctx) })
	}
	require.NoError(t, group.Wait())
}

func TestAMigrationThatFailsLeavesNothing(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Empty(t))
	contents := map[string]string{
		"1_good.tx.up.sql": "CREATE TABLE good (n int);",
		"2_bad.tx.up.sql":  "CREATE TABLE half (n int);\n--bun:split\nINSERT INTO good VALUES (1);\nSELECT nonsense;",
	}
	err := db.MigrateFiles(t.Context(), files(contents))
	require.ErrorContains(t, err, "nonsense")
	require.Equal(t, []string{"1"}, noted(t, db))
	var exists bool
	require.NoError(t, db.Pool().QueryRow(pgtest.AcrossFirms(t.Context()), "SELECT to_regclass('half') IS NOT NULL").Scan(&exists))
	require.False(t, exists)
	noLocksAreHeld(t, db)

	contents["2_bad.tx.up.sql"] = "CREATE TABLE half (n int);"
	require.NoError(t, db.MigrateFiles(t.Context(), files(contents)), "mended")
	require.Equal(t, []string{"1", "2"}, noted(t, db))
}

// A crash between applying a migration and recording it would have the next start apply it again: so both are one transaction.
func TestAMigrationIsAppliedAndRecordedInOneTransaction(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Empty(t))
	require.NoError(t, db.MigrateFiles(t.Context(), files(map[string]string{"1_first.tx.up.sql": "SELECT 1;"})))
	_, err := db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "ALTER TABLE bun_migrations ADD CHECK (name <> '2')")
	require.NoError(t, err)

	err = db.MigrateFiles(t.Context(), files(map[string]string{
		"1_first.tx.up.sql": "SELECT 1;", "2_second.tx.up.sql": "CREATE TABLE second (n int);",
	}))
	require.ErrorContains(t, err, "recording the migration")
	var exists bool
	require.NoError(t, db.Pool().QueryRow(pgtest.AcrossFirms(t.Context()), "SELECT to_regclass('second') IS NOT NULL").Scan(&exists))
	require.False(t, exists)
}

func noted(t *testing.T, db *postgres.DB) []string {
	t.Helper()
	var names []string
	err := db.Bun().NewSelect().Table("bun_migrations").Column("name").Order("name").Scan(pgtest.AcrossFirms(t.Context()), &names)
	require.NoError(t, err)
	return names
}

func TestANewerDatabaseIsLeftAlone(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Empty(t))
	newer := map[string]string{"1_old.tx.up.sql": "SELECT 1;", "3_new.tx.up.sql": "SELECT 1;"}
	require.NoError(t, db.MigrateFiles(t.Context(), files(newer)))
	before := relations(t, db)

	older := map[string]string{"1_old.tx.up.sql": "SELECT 1;", "2_ours.tx.up.sql": "CREATE TABLE ours (n int);"}
	err := db.MigrateFiles(t.Context(), files(older))
	require.ErrorContains(t, err, "belongs to a newer version of Watchkeeper")
	require.ErrorContains(t, err, "(3)")
	require.Equal(t, before, relations(t, db))
	noLocksAreHeld(t, db)

	status, err := db.MigrationStatus(t.Context())
	require.NoError(t, err)
	require.Equal(t, "1", status[0].Name, "what this program doesn't know has only its number")
	require.NotNil(t, status[0].AppliedAt)
}

func TestStatusOnlyReads(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Empty(t))
	status, err := db.MigrationStatus(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, status)
	for _, migration := range status {
		require.Nil(t, migration.AppliedAt)
	}
	require.Equal(t, "20261123090000_foundation", status[0].Name)
	require.Zero(t, relations(t, db))

	require.NoError(t, db.Migrate(t.Context()))
	status, err = db.MigrationStatus(t.Context())
	require.NoError(t, err)
	for _, migration := range status {
		require.NotNil(t, migration.AppliedAt)
	}
}

func TestWaitingToMigrateEndsWithTheContext(t *testing.T) {
	url := pgtest.Empty(t)
	holder, waiter := pgtest.OpenURL(t, url), pgtest.OpenURL(t, url)
	conn, err := holder.Bun().Conn(pgtest.AcrossFirms(t.Context()))
	require.NoError(t, err)
	_, err = conn.ExecContext(t.Context(), "SELECT pg_advisory_lock(?)", postgres.MigrationLock)
	require.NoError(t, err)

	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- waiter.Migrate(ctx) }()
	waiting := func() bool {
		var n int
		err := holder.Pool().QueryRow(pgtest.AcrossFirms(t.Context()), "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").Scan(&n)
		return err == nil && n == 1
	}
	require.Eventually(t, waiting, 10*time.Second, 10*time.Millisecond)
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)
	require.Zero(t, relations(t, holder))
	require.NoError(t, conn.Close())
}
