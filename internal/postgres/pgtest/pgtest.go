// Package pgtest gives tests a real PostgreSQL: one server for each test binary, and a database that no other test uses at the same
// time, empty but for its tables.
//
// A package's TestMain is
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
//
// and its tests, which live outside the package they test, begin with pgtest.Open(t) or pgtest.URL(t).
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
	"watchkeeper/internal/postgres"
)

const (
	template = "watchkeeper" // the database that the server begins with, migrated
	limit    = time.Minute   // for anything that isn't a test's own
)

// databases are those of this test binary; nil before Main.
var databases *pool

// Main runs the package's tests with a server of their own, which is removed afterwards, and exits the process.
func Main(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgtest:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	dir, err := os.MkdirTemp("", "watchkeeper-test-")
	if err != nil {
		return 0, fmt.Errorf("making a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	binDir := os.Getenv("POSTGRES_BIN_DIR")
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if err := copyCluster(ctx, binDir, dir); err != nil {
		return 0, err
	}
	server, err := pgserver.Start(ctx, pgserver.Config{DataDir: dir, BinDir: binDir, Ephemeral: true})
	if err != nil {
		return 0, err
	}
	defer func() {
		stopping, cancel := context.WithTimeout(context.Background(), limit)
		defer cancel()
		err = errors.Join(err, server.Stop(stopping))
	}()
	if err := migrateTemplate(ctx, server.URL()); err != nil {
		return 0, err
	}
	databases = newPool(server.URL())
	defer func() { err = errors.Join(err, databases.close(context.Background())) }()
	return m.Run(), nil
}

func migrateTemplate(ctx context.Context, url string) error {
	db, err := postgres.Open(ctx, url)
	if err != nil {
		return err
	}
	return errors.Join(db.Migrate(ctx), db.Close()) // a database that somebody is connected to can't be cloned
}

// Open returns the connections to a migrated database of the test's own. Both end with the test.
func Open(t testing.TB, options ...postgres.Option) *postgres.DB {
	t.Helper()
	return OpenURL(t, URL(t), options...)
}

// OpenURL returns connections to the database at the URL, which end with the test: a second replica's, for example.
func OpenURL(t testing.TB, url string, options ...postgres.Option) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), url, options...)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// URL leads to a migrated database of the test's own. When the test has passed, the database is wiped for another test, and dropped if
// the test changed its tables or settings; a test that failed keeps it until the last test has ended.
func URL(t testing.TB) string {
	t.Helper()
	require.NotNil(t, databases, "the package's TestMain must call pgtest.Main")
	db, err := databases.take(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the test's database: %s", databases.urlOf(db.name))
			return
		}
		require.NoError(t, databases.giveBack(context.Background(), db))
	})
	return databases.urlOf(db.name)
}

// Empty leads to a database of the test's own that has nothing in it, which ends with the test.
func Empty(t testing.TB) string {
	t.Helper()
	require.NotNil(t, databases, "the package's TestMain must call pgtest.Main")
	name, err := databases.create(t.Context(), "template0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, databases.drop(context.Background(), name)) })
	return databases.urlOf(name)
}

// address is the server's URL with another database.
func address(server, database string) string {
	parsed, err := url.Parse(server)
	if err != nil {
		panic(err) // pgserver made it
	}
	parsed.Path = "/" + database
	return parsed.String()
}
