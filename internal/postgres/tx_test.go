package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"
	"golang.org/x/sync/errgroup"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

func numbers(t *testing.T) *postgres.DB {
	t.Helper()
	db := pgtest.OpenURL(t, pgtest.Empty(t))
	_, err := db.Bun().ExecContext(pgtest.AcrossFirms(t.Context()),
		"CREATE TABLE numbers (n int CONSTRAINT numbers_once UNIQUE); GRANT ALL ON numbers TO PUBLIC")
	require.NoError(t, err)
	return db
}

func insert(ctx context.Context, db bun.IDB, n int) error {
	_, err := db.ExecContext(ctx, "INSERT INTO numbers VALUES (?)", n)
	return err
}

func count(t *testing.T, db *postgres.DB) int {
	t.Helper()
	var n int
	require.NoError(t, db.Bun().QueryRowContext(t.Context(), "SELECT count(*) FROM numbers").Scan(&n))
	return n
}

func TestATransactionIsCommittedOrLeavesNothing(t *testing.T) {
	db := numbers(t)
	refused := errors.New("refused")
	err := db.InTx(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		require.NoError(t, insert(ctx, tx, 1))
		return refused
	})
	require.ErrorIs(t, err, refused)
	require.Zero(t, count(t, db))

	require.Panics(t, func() {
		_ = db.InTx(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			require.NoError(t, insert(ctx, tx, 1))
			panic("a fault of ours")
		})
	})
	require.Zero(t, count(t, db))

	require.NoError(t, db.InTx(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		var level string
		require.NoError(t, tx.QueryRowContext(ctx, "SHOW transaction_isolation").Scan(&level))
		require.Equal(t, "read committed", level)
		return insert(ctx, tx, 1)
	}))
	require.Equal(t, 1, count(t, db))
}

func TestAbortedTransactionsAreRunAgain(t *testing.T) {
	for _, code := range []string{"40001", "40P01"} {
		for losses, expected := range map[int]struct {
			runs int
			lost bool
		}{0: {1, false}, 3: {4, false}, 9: {4, true}} {
			t.Run(fmt.Sprint(code, " ", losses, " times"), func(t *testing.T) {
				db := numbers(t)
				runs := 0
				err := db.InTx(t.Context(), func(ctx context.Context, tx bun.Tx) error {
					runs++
					require.NoError(t, insert(ctx, tx, 1))
					if runs <= losses {
						_, err := tx.ExecContext(ctx, "DO $$ BEGIN RAISE EXCEPTION USING errcode = ?; END $$", code)
						return fmt.Errorf("writing: %w", err)
					}
					return nil
				})
				require.Equal(t, expected.runs, runs)
				if expected.lost {
					var pgErr *pgconn.PgError
					require.ErrorAs(t, err, &pgErr)
					require.Equal(t, code, pgErr.Code)
					require.Zero(t, count(t, db))
				} else {
					require.NoError(t, err)
					require.Equal(t, 1, count(t, db))
				}
			})
		}
	}
}

func TestOtherErrorsAndEndedContextsAreNotRunAgain(t *testing.T) {
	db := numbers(t)
	runs := 0
	err := db.InTx(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		runs++
		return errors.Join(insert(ctx, tx, 1), insert(ctx, tx, 1))
	})
	require.True(t, postgres.IsUniqueViolation(err, "numbers_once"))
	require.Equal(t, 1, runs)

	ctx, cancel := context.WithCancel(t.Context())
	runs = 0
	err = db.InTx(ctx, func(context.Context, bun.Tx) error {
		runs++
		cancel()
		return &pgconn.PgError{Code: "40001"}
	})
	require.Error(t, err)
	require.Equal(t, 1, runs)
}

func TestADeadlockIsResolved(t *testing.T) {
	t.Parallel()
	db := numbers(t)
	for n := 1; n <= 2; n++ {
		require.NoError(t, insert(t.Context(), db.Bun(), n))
	}
	// Each takes one row, waits until the other has its own, and wants the other's: once.
	var taken [2]chan struct{}
	for i := range taken {
		taken[i] = make(chan struct{})
	}
	group, ctx := errgroup.WithContext(t.Context())
	for i := range taken {
		first := true
		group.Go(func() error {
			return db.InTx(ctx, func(ctx context.Context, tx bun.Tx) error {
				if _, err := tx.ExecContext(ctx, "UPDATE numbers SET n = n + 10 WHERE n % 10 = ?", i+1); err != nil {
					return err
				}
				if first {
					first = false
					close(taken[i])
					<-taken[1-i]
				}
				_, err := tx.ExecContext(ctx, "UPDATE numbers SET n = n + 100 WHERE n % 10 = ?", 2-i)
				return err
			})
		})
	}
	require.NoError(t, group.Wait())
	var sum int
	require.NoError(t, db.Bun().QueryRowContext(t.Context(), "SELECT sum(n) FROM numbers").Scan(&sum))
	require.Equal(t, 1+2+2*10+2*100, sum)
}

func TestErrorsAreDistinguished(t *testing.T) {
	db := numbers(t)
	require.NoError(t, insert(t.Context(), db.Bun(), 1))
	err := fmt.Errorf("inserting: %w", insert(t.Context(), db.Bun(), 1))
	require.True(t, postgres.IsUniqueViolation(err, "numbers_once"))
	require.False(t, postgres.IsUniqueViolation(err, "another"))
	require.False(t, postgres.IsUniqueViolation(nil, ""))
	require.False(t, postgres.NotFound(err))

	var n int
	err = db.Bun().NewSelect().Table("numbers").Column("n").Where("n = 7").Scan(t.Context(), &n)
	require.True(t, postgres.NotFound(fmt.Errorf("finding: %w", err)))
	err = db.Pool().QueryRow(t.Context(), "SELECT n FROM numbers WHERE n = 7").Scan(&n)
	require.True(t, postgres.NotFound(err))
	require.False(t, postgres.NotFound(nil))
}
