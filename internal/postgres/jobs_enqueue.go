package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

// inTxWithJobs is inTx for a function that also enqueues jobs. They exist if and only if what it wrote does.
func (db *DB) inTxWithJobs(ctx context.Context, fn func(ctx context.Context, tx bun.Tx, jobs jobQueue) error) error {
	return withRetry(ctx, func() error {
		conn, err := db.bun.Conn(ctx)
		if err != nil {
			return fmt.Errorf("taking a database connection: %w", err)
		}
		defer func() { _ = conn.Close() }() // back to the pool, after the transaction: nothing is lost
		return conn.RunInTx(ctx, txOptions, func(ctx context.Context, tx bun.Tx) error {
			return fn(ctx, tx, jobQueue{inserter: db.jobs, conn: conn})
		})
	})
}

// jobQueue takes jobs within the transaction that its connection is in.
type jobQueue struct {
	inserter *river.Client[pgx.Tx]
	conn     bun.Conn
}

// enqueue has the runs carried out by some replica once the transaction is committed. A run that waits already, or is being carried
// out, isn't enqueued twice.
func (q jobQueue) enqueue(ctx context.Context, runs []*syncer.SyncRun) error {
	if len(runs) == 0 {
		return nil
	}
	jobs := make([]river.InsertManyParams, len(runs))
	for i, run := range runs {
		jobs[i] = river.InsertManyParams{Args: runArgs{RunID: run.ID}, InsertOpts: &river.InsertOpts{Priority: priority(run.Trigger)}}
	}
	err := q.conn.Raw(func(driverConn any) error {
		conn, ok := driverConn.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("a connection of another driver: %T", driverConn)
		}
		// Without a transaction, which ends with its context, the job would be there for good.
		if conn.Conn().PgConn().TxStatus() != inTransaction {
			return sql.ErrTxDone
		}
		_, err := q.inserter.InsertManyTx(ctx, borrowedTx{conn.Conn()}, jobs)
		return err
	})
	if err != nil {
		return fmt.Errorf("enqueuing runs: %w", err)
	}
	return nil
}

// priority lets whoever clicked go ahead of what came by itself: at six in the morning many firms are due.
func priority(trigger syncer.SyncTrigger) int {
	if trigger == syncer.TriggerManual {
		return 1
	}
	return 2
}

// inTransaction is PostgreSQL's word for a connection within a transaction that hasn't failed.
const inTransaction = 'T'

// pgxConn is an embedded pgx.Conn whose name leaves room for the method Conn.
type pgxConn = pgx.Conn

// borrowedTx makes of a connection that Bun has begun a transaction on a pgx.Tx, for River. It can't be ended with it.
type borrowedTx struct{ *pgxConn }

var _ pgx.Tx = borrowedTx{}

var errBorrowed = errors.New("the transaction belongs to Bun")

// Begin refuses: part of pgx.Tx.
func (borrowedTx) Begin(context.Context) (pgx.Tx, error) { return nil, errBorrowed }

// Commit refuses: part of pgx.Tx.
func (borrowedTx) Commit(context.Context) error { return errBorrowed }

// Rollback refuses: part of pgx.Tx.
func (borrowedTx) Rollback(context.Context) error { return errBorrowed }

// LargeObjects returns none.
func (borrowedTx) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

func (tx borrowedTx) Conn() *pgx.Conn { return tx.pgxConn }

// newJobInserter makes a client of River's that only enqueues.
func newJobInserter() (*river.Client[pgx.Tx], error) {
	client, err := river.NewClient(riverpgxv5.New(nil), &river.Config{
		// One of two jobs enqueued within this time is only found by the workers' poll, so it is the shortest there is.
		FetchCooldown: river.FetchCooldownMin,
		Logger:        slog.New(slog.DiscardHandler), // what goes wrong comes back as an error
	})
	if err != nil {
		return nil, fmt.Errorf("setting up the queue: %w", err)
	}
	return client, nil
}
