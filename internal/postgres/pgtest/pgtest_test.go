package pgtest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestDatabasesAreTheTestsOwn(t *testing.T) {
	one, other := pgtest.Open(t), pgtest.Open(t)
	_, err := one.Pool().Exec(pgtest.AcrossFirms(t.Context()), "INSERT INTO firms (id, name, created_at) VALUES ('a', 'A', now())")
	require.NoError(t, err)

	var firms int
	require.NoError(t, other.Pool().QueryRow(pgtest.AcrossFirms(t.Context()), "SELECT count(*) FROM firms").Scan(&firms))
	require.Zero(t, firms)
}

func TestEmptyHasNoTables(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Empty(t))
	var tables int
	err := db.Pool().QueryRow(pgtest.AcrossFirms(t.Context()), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables)
	require.NoError(t, err)
	require.Zero(t, tables)
}
