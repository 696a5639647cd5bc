package pgtest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestDatabasesAreTheTestsOwn(t *testing.T) {
	one, other := pgtest.Open(t), pgtest.Open(t)
	_, err := one.Pool().Exec(t.Context(), "insert into firms (id, name, created_at) values ('a', 'A', now())")
	require.NoError(t, err)

	var firms int
	require.NoError(t, other.Pool().QueryRow(t.Context(), "select count(*) from firms").Scan(&firms))
	require.Zero(t, firms)
}

func TestEmptyHasNoTables(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Empty(t))
	var tables int
	err := db.Pool().QueryRow(t.Context(), "select count(*) from pg_tables where schemaname = 'public'").Scan(&tables)
	require.NoError(t, err)
	require.Zero(t, tables)
}
