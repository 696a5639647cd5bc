package pgtest_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
)

// connect connects to the database and leaves it to the pool to end the connection.
func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	return conn
}

func execute(t *testing.T, conn *pgx.Conn, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		_, err := conn.Exec(t.Context(), statement)
		require.NoError(t, err, statement)
	}
}

func scan[T any](t *testing.T, conn *pgx.Conn, query string) (value T) {
	t.Helper()
	require.NoError(t, conn.QueryRow(t.Context(), query).Scan(&value))
	return value
}

// used is a test's database after the test has done with it as the function does.
func used(t *testing.T, use func(t *testing.T, url string)) (url string) {
	t.Helper()
	require.True(t, t.Run("before", func(t *testing.T) {
		url = pgtest.URL(t)
		use(t, url)
	}))
	return url
}

// rows counts those of all tables but the lists of migrations.
const rows = `SELECT coalesce(sum((xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', tablename), false, true, '')))[1]::text::int), 0)
	FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('bun_migrations', 'river_migration')`

const (
	insertFirm    = "INSERT INTO firms (id, name, created_at) VALUES ('a', 'A', now())"
	insertSession = `WITH u AS (INSERT INTO users (id, firm_id, name, email, role, password_hash, created_at) VALUES ('u', 'a', 'U', 'u@a', 'ADMIN', '', now()))
		SELECT pg_notify('watchkeeper', 'firm a')`
	insertJob = `INSERT INTO river_job (kind, max_attempts, args) VALUES ('run', 1, '{}')`
)

func TestADatabaseIsUsedAgainAsIfItWereNew(t *testing.T) {
	const migrations = "SELECT concat_ws(' ', (SELECT count(*) FROM bun_migrations), (SELECT count(*) FROM river_migration))"
	var job int64
	before := used(t, func(t *testing.T, url string) {
		conn := connect(t, url)
		require.Zero(t, scan[int](t, conn, rows))
		execute(t, conn, insertFirm, insertSession)
		job = scan[int64](t, conn, insertJob+" RETURNING id")
		require.Equal(t, 3, scan[int](t, conn, rows))
	})

	url := pgtest.URL(t)
	require.Equal(t, before, url)
	conn := connect(t, url)
	require.Zero(t, scan[int](t, conn, rows))
	require.Equal(t, scan[string](t, connect(t, pgtest.Fresh(t)), migrations), scan[string](t, conn, migrations))
	require.Equal(t, job, scan[int64](t, conn, insertJob+" RETURNING id"), "sequences start from the beginning")
	_, err := conn.Exec(t.Context(), "INSERT INTO users (id, firm_id, name, email, role, password_hash, created_at) VALUES ('u', 'none', '', '', 'ADMIN', '', now())")
	require.ErrorContains(t, err, "foreign key")
}

func TestNobodyIsConnectedWhenATestBegins(t *testing.T) {
	var left []*pgx.Conn
	before := used(t, func(t *testing.T, url string) {
		for _, statement := range []string{
			"SELECT pg_advisory_lock(1)", "LISTEN watchkeeper", "BEGIN; LOCK firms; CREATE TABLE half (n int)", "CREATE TEMPORARY TABLE mine (n int)",
		} {
			conn := connect(t, url)
			execute(t, conn, strings.Split(statement, "; ")...)
			left = append(left, conn)
		}
	})

	url := pgtest.URL(t)
	require.Equal(t, before, url)
	for _, conn := range left {
		_, err := conn.Exec(t.Context(), insertFirm)
		require.Error(t, err)
	}
	conn := connect(t, url)
	require.True(t, scan[bool](t, conn, "SELECT pg_try_advisory_lock(1)"))
	require.Zero(t, scan[int](t, conn, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
		AND pid <> pg_backend_pid() AND application_name <> 'pgtest'`))
	require.Zero(t, scan[int](t, conn, "SELECT count(*) FROM pg_locks WHERE relation = 'firms'::regclass"))
	require.Zero(t, scan[int](t, conn, rows))
}

func TestNotificationsOfATestAreNotHeardByTheNext(t *testing.T) {
	before := used(t, func(t *testing.T, url string) {
		listener, conn := connect(t, url), connect(t, url)
		execute(t, listener, "LISTEN watchkeeper") // and what is notified is kept until it was read
		execute(t, conn, insertFirm, insertSession)
	})

	url := pgtest.URL(t)
	require.Equal(t, before, url)
	listener := connect(t, url)
	execute(t, listener, "LISTEN watchkeeper")
	execute(t, connect(t, url), "SELECT pg_notify('watchkeeper', 'ours')")
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	notification, err := listener.WaitForNotification(ctx)
	require.NoError(t, err)
	require.Equal(t, "ours", notification.Payload)
}

func TestADatabaseWhoseConnectionsWereEndedIsUsedAgain(t *testing.T) {
	before := used(t, func(t *testing.T, url string) { connect(t, url) })
	again := used(t, func(t *testing.T, url string) {
		execute(t, connect(t, url), "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	})
	require.Equal(t, []string{before, before}, []string{again, pgtest.URL(t)})
}

func TestAFreshDatabaseIsNobodyElses(t *testing.T) {
	pooled := used(t, func(*testing.T, string) {})
	var fresh string
	require.True(t, t.Run("before", func(t *testing.T) {
		fresh = pgtest.Fresh(t)
		conn := connect(t, fresh)
		require.Positive(t, scan[int](t, conn, "SELECT count(*) FROM bun_migrations"))
		execute(t, conn, "DROP TABLE river_migration")
	}))
	require.NotEqual(t, pooled, fresh)
	_, err := pgx.Connect(t.Context(), fresh)
	require.ErrorContains(t, err, "does not exist")
	require.NotEqual(t, fresh, pgtest.Fresh(t))
}

// failing has a process of this test binary run the tests that fail.
const failing = "PGTEST_TEST_FAILING"

// What a database doesn't come back from.
var changes = []string{
	"CREATE TABLE more (n int)",
	"CREATE INDEX ON firms (name)",
	"DROP TABLE river_migration",
	"ALTER TABLE firms ADD more int",
	"ALTER TABLE watches DISABLE TRIGGER ALL",
	"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
	"CREATE SCHEMA more",
	"ANALYZE firms",
	"DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 64', current_database()); END$$",
	"DO $$BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 7', current_database()); END$$",
}

func TestThatFails(t *testing.T) {
	if os.Getenv(failing) == "" {
		t.Skip("is run by TestWhatTestsDoWrong")
	}
	for _, statement := range append(changes, "SELECT 1/0") {
		var before string
		t.Run("failing", func(t *testing.T) {
			before = pgtest.URL(t)
			conn := connect(t, before)
			execute(t, conn, insertFirm, statement)
		})
		firms := "no"
		if conn, err := pgx.Connect(t.Context(), before); err == nil {
			firms = scan[string](t, conn, "SELECT count(*)::text FROM firms")
			require.NoError(t, conn.Close(t.Context()))
		}
		t.Run("next", func(t *testing.T) {
			require.NotEqual(t, before, pgtest.URL(t))
		})
		t.Logf("%s: %s firms are left", statement, firms)
	}
}

func TestWhatTestsDoWrong(t *testing.T) {
	program, err := os.Executable()
	require.NoError(t, err)
	command := exec.CommandContext(t.Context(), program, "-test.run=^TestThatFails$", "-test.v")
	command.Env = append(os.Environ(), failing+"=1")
	printed, err := command.CombinedOutput()
	require.Error(t, err)
	output := string(printed)
	for _, statement := range changes {
		require.Contains(t, output, statement+": no firms are left")
	}
	require.Equal(t, len(changes), strings.Count(output, "it has to use pgtest.Fresh"))
	require.Contains(t, output, "the test's database is kept until the test binary ends: postgres://")
	require.Contains(t, output, "SELECT 1/0: 1 firms are left")
	require.NotContains(t, output, "FAIL: TestThatFails/next")
}
