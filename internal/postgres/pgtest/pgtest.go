// Package pgtest gives tests a real PostgreSQL: one server for each test binary, one database for each test.
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
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
	"watchkeeper/internal/postgres"
)

const (
	template = "watchkeeper" // the database that the server begins with, migrated
	admin    = "postgres"    // the one that databases are created from
	limit    = time.Minute   // for anything that isn't a test's own
)

var (
	serverURL string
	databases atomic.Int64
)

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

	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	server, err := pgserver.Start(ctx, pgserver.Config{
		DataDir:   dir,
		BinDir:    os.Getenv("POSTGRES_BIN_DIR"),
		Ephemeral: true,
	})
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
	serverURL = server.URL()
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

// URL leads to a migrated database of the test's own, which ends with the test.
func URL(t testing.TB) string {
	t.Helper()
	return create(t, template)
}

// Empty leads to a database of the test's own that has nothing in it, which ends with the test.
func Empty(t testing.TB) string {
	t.Helper()
	return create(t, "template0")
}

func create(t testing.TB, from string) string {
	t.Helper()
	require.NotEmpty(t, serverURL, "the package's TestMain must call pgtest.Main")
	name := fmt.Sprintf("test_%d", databases.Add(1))
	require.NoError(t, execute(t.Context(), fmt.Sprintf("create database %s template %s", name, from)))
	t.Cleanup(func() {
		require.NoError(t, execute(context.Background(), fmt.Sprintf("drop database %s with (force)", name)))
	})
	return urlOf(name)
}

func execute(ctx context.Context, statement string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	conn, err := pgx.Connect(ctx, urlOf(admin))
	if err != nil {
		return fmt.Errorf("connecting to the tests' server: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

func urlOf(database string) string {
	address, err := url.Parse(serverURL)
	if err != nil {
		panic(err) // pgserver made it
	}
	address.Path = "/" + database
	return address.String()
}
