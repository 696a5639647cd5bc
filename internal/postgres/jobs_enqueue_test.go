package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// jobs returns the jobs that are seen outside of transactions.
func jobs(t *testing.T, db *postgres.DB) []pgtest.Job {
	t.Helper()
	found, err := pgtest.Jobs(t.Context(), db)
	require.NoError(t, err)
	return found
}

func enqueue(t *testing.T, db *postgres.DB, runIDs ...string) {
	t.Helper()
	err := db.InTxWithJobs(t.Context(), func(ctx context.Context, _ bun.Tx, jobs postgres.JobQueue) error {
		for _, id := range runIDs {
			if err := jobs.EnqueueRun(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
	require.NoError(t, err)
}

func TestAJobIsThereIfAndOnlyIfTheTransactionIs(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Fresh(t))
	_, err := db.Bun().ExecContext(pgtest.AcrossFirms(t.Context()), "CREATE TABLE numbers (n int); GRANT ALL ON numbers TO PUBLIC")
	require.NoError(t, err)
	write := func(outcome func() error) error {
		return db.InTxWithJobs(t.Context(), func(ctx context.Context, tx bun.Tx, queue postgres.JobQueue) error {
			require.NoError(t, insert(ctx, tx, 1))
			require.NoError(t, queue.EnqueueRun(ctx, "run_1"))
			require.NoError(t, insert(ctx, tx, 2), "the transaction continues")
			within, err := queue.Count(ctx)
			require.NoError(t, err)
			require.Equal(t, 1, within, "seen within")
			require.Empty(t, jobs(t, db), "and nowhere else")
			return outcome()
		})
	}
	refused := errors.New("refused")
	require.ErrorIs(t, write(func() error { return refused }), refused)
	require.Empty(t, jobs(t, db))
	require.Zero(t, count(t, db))

	require.Panics(t, func() { _ = write(func() error { panic("a fault of ours") }) })
	require.Empty(t, jobs(t, db))

	require.NoError(t, write(func() error { return nil }))
	require.Len(t, jobs(t, db), 1)
	require.Equal(t, 2, count(t, db))
}

func TestAnAbortedTransactionEnqueuesAgain(t *testing.T) {
	db := pgtest.Open(t)
	runs := 0
	err := db.InTxWithJobs(t.Context(), func(ctx context.Context, tx bun.Tx, queue postgres.JobQueue) error {
		runs++
		require.NoError(t, queue.EnqueueRun(ctx, fmt.Sprint("run_", runs)))
		if runs < 3 {
			_, err := tx.ExecContext(ctx, "DO $$ BEGIN RAISE EXCEPTION USING errcode = '40001'; END $$")
			return err
		}
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, 3, runs)
	found := jobs(t, db)
	require.Len(t, found, 1, "only the last attempt's")
	require.Equal(t, "run_3", found[0].RunID)
}

func TestARunThatWaitsIsNotEnqueuedTwice(t *testing.T) {
	db := pgtest.Open(t)
	enqueue(t, db, "run_1", "run_1", "run_2")
	enqueue(t, db, "run_1")
	require.Len(t, jobs(t, db), 2)
}

// A transaction that ended with its context must not leave a job on the connection that it had.
func TestNothingIsEnqueuedOutsideATransaction(t *testing.T) {
	db := pgtest.Open(t, postgres.WithMaxConns(1))
	ctx, cancel := context.WithCancel(t.Context())
	err := db.InTxWithJobs(ctx, func(_ context.Context, tx bun.Tx, queue postgres.JobQueue) error {
		cancel()
		for {
			if _, err := tx.ExecContext(t.Context(), "SELECT 1"); err != nil {
				break // rolled back
			}
		}
		return queue.EnqueueRun(t.Context(), "run_1")
	})
	require.Error(t, err)
	require.Empty(t, jobs(t, db))

	err = db.InTxWithJobs(t.Context(), func(ctx context.Context, tx bun.Tx, queue postgres.JobQueue) error {
		_, err := tx.ExecContext(ctx, "ROLLBACK")
		require.NoError(t, err)
		return queue.EnqueueRun(ctx, "run_1")
	})
	require.ErrorIs(t, err, sql.ErrTxDone)
	require.Empty(t, jobs(t, db))
}

func TestAFailedTransactionTakesNoJob(t *testing.T) {
	db := pgtest.Open(t)
	err := db.InTxWithJobs(t.Context(), func(ctx context.Context, tx bun.Tx, queue postgres.JobQueue) error {
		_, failed := tx.ExecContext(ctx, "SELECT nonsense")
		var pgErr *pgconn.PgError
		require.ErrorAs(t, failed, &pgErr)
		return queue.EnqueueRun(ctx, "run_1")
	})
	require.Error(t, err)
	require.Empty(t, jobs(t, db))
}
