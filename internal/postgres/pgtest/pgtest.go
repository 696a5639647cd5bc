// Package pgtest gives tests a real PostgreSQL: one server for each test binary, one database for each test.
//
// A package's TestMain is
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
//
// and its tests, which live outside the package they test, begin with pgtest.Open(t) or pgtest.URL(t). Databases are
// wiped and used again (pool.go); tests that change the schema or the settings of theirs use Fresh. A test that failed
// keeps its database until the test binary ends, and logs its address.
package pgtest

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
)

// timeout is for anything that isn't a test's own.
const timeout = time.Minute

// databases are those of this test binary's server; nil before Main.
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

// URL returns the address of a migrated database of the test's own, which holds until the test ends. The test fails when
// it leaves another schema, or other settings of the database, than it found.
func URL(t testing.TB) string {
	t.Helper()
	p := started(t)
	d, err := p.take(t.Context())
	require.NoError(t, err)
	releaseAfter(t, d, p.put)
	return d.url
}

// Fresh returns the address of a migrated database that nobody used before and nobody uses after the test, which may
// change it in any way.
func Fresh(t testing.TB) string {
	t.Helper()
	return create(t, template)
}

// Empty is Fresh for a database with nothing in it.
func Empty(t testing.TB) string {
	t.Helper()
	return create(t, "template0")
}

func create(t testing.TB, from string) string {
	t.Helper()
	p := started(t)
	d, err := p.create(t.Context(), from)
	require.NoError(t, err)
	releaseAfter(t, d, p.drop)
	return d.url
}

// releaseAfter gives up a database when its test ends. That of a failed test is kept.
func releaseAfter(t testing.TB, d *database, release func(context.Context, *database) error) {
	t.Helper()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the test's database is kept until the test binary ends: %s", d.url)
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		require.NoError(t, release(ctx, d))
	})
}

func started(t testing.TB) *pool {
	t.Helper()
	require.NotNil(t, databases, "the package's TestMain must call pgtest.Main")
	return databases
}

// AcrossFirms returns a context with which a test's own statements see the rows of all firms, as those of a migration do.
func AcrossFirms(ctx context.Context) context.Context {
	return postgres.AcrossFirms(ctx, postgres.Migrations)
}
