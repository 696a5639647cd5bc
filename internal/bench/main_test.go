// Package bench_test has the benchmarks of runs, on a PostgreSQL that loses nothing in a crash. BENCHMARKS.md has their results.
package bench_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/pgserver"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// timeout is for anything that isn't measured.
const timeout = time.Minute

var server *pgserver.Server

// TestMain starts PostgreSQL with all its safety, unlike that of tests. Without -bench there is nothing to do.
func TestMain(m *testing.M) {
	flag.Parse()
	if flag.Lookup("test.bench").Value.String() == "" {
		os.Exit(m.Run())
	}
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	folder, err := os.MkdirTemp("", "watchkeeper-bench-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	if server, err = pgserver.Start(ctx, pgserver.Config{DataDir: folder, BinDir: os.Getenv("POSTGRES_BIN_DIR")}); err != nil {
		return 0, err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		err = errors.Join(err, server.Stop(ctx))
	}()
	return m.Run(), nil
}

// openDatabase connects to the migrated database, with nothing in it. Only one benchmark at a time has it.
func openDatabase(b *testing.B) *postgres.DB {
	b.Helper()
	db, err := postgres.Open(b.Context(), server.URL())
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, db.Close()) })
	require.NoError(b, db.Migrate(b.Context()))
	// The audit trail refuses to be emptied, except by those who may switch triggers off.
	execute(b, db, `BEGIN; SET LOCAL session_replication_role = replica;
		TRUNCATE firms, field_changes, sync_conflicts CASCADE; COMMIT`)
	require.NoError(b, pgtest.DeleteJobs(b.Context(), db))
	return db
}

// execute executes a statement, however long it takes.
func execute(b *testing.B, db *postgres.DB, statement string, arguments ...any) {
	b.Helper()
	conn, err := db.Pool().Acquire(pgtest.AcrossFirms(b.Context()))
	require.NoError(b, err)
	defer conn.Release()
	_, err = conn.Exec(b.Context(), "SET statement_timeout = 0")
	require.NoError(b, err)
	_, err = conn.Exec(b.Context(), statement, arguments...)
	require.NoError(b, err)
	_, err = conn.Exec(b.Context(), "RESET statement_timeout")
	require.NoError(b, err)
}

// settle has the tables as they are when nothing was written for a while.
func settle(b *testing.B, db *postgres.DB) {
	b.Helper()
	execute(b, db, "VACUUM ANALYZE")
	execute(b, db, "CHECKPOINT")
}

// scan reads one row.
func scan(b *testing.B, db *postgres.DB, query string, into ...any) {
	b.Helper()
	err := db.Pool().QueryRow(pgtest.AcrossFirms(b.Context()), query).Scan(into...)
	require.False(b, errors.Is(err, pgx.ErrNoRows))
	require.NoError(b, err)
}

// number is a number from the environment.
func number(variable string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil && n > 0 {
		return n
	}
	return otherwise
}
