package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

// inTxWithJobs is inTx for a function that also enqueues jobs: they are committed or rolled back with what it wrote.
func (db *DB) inTxWithJobs(ctx context.Context, fn func(ctx context.Context, tx bun.Tx, jobs jobQueue) error) error {
	return withRetry(ctx, func() error {
		conn, err := db.bun.Conn(ctx)
		if err != nil {
			return fmt.Errorf("taking a database connection: %w", err)
		}
		defer func() { _ = conn.Close() }() // returns it to the pool, after the transaction: an error loses nothing
		return conn.RunInTx(ctx, txOptions, func(ctx context.Context, tx bun.Tx) error {
			return fn(ctx, tx, jobQueue{inserter: db.jobs, conn: conn})
		})
	})
}

// jobQueue enqueues jobs in the transaction that its connection is in.
type jobQueue struct {
	inserter *river.Client[pgx.Tx]
	conn     bun.Conn
}

// enqueue adds a job for each run: one statement, for any number of runs. Once the transaction is committed, some replica executes
// them. A run that has a job already, waiting or being executed, isn't enqueued again.
func (q jobQueue) enqueue(ctx context.Context, runs []*syncer.SyncRun) error {
	if len(runs) == 0 {
		return nil
	}
	jobs := make([]river.InsertManyParams, len(runs))
	for i, run := range runs {
		jobs[i] = river.InsertManyParams{Args: runArgs{RunID: run.ID}, InsertOpts: &river.InsertOpts{Priority: priority(run.Trigger)}}
	}
	err := onConn(q.conn, func(conn *pgx.Conn) error {
		// A transaction ends with its context; outside of one the job would be committed at once.
		if conn.PgConn().TxStatus() != inTransaction {
			return sql.ErrTxDone
		}
		_, err := q.inserter.InsertManyTx(ctx, borrowedTx{conn}, jobs)
		return err
	})
	if err != nil {
		return fmt.Errorf("enqueuing runs: %w", err)
	}
	return nil
}

// The priorities of jobs: the lower is executed first.
const (
	firstPriority = 1
	lastPriority  = 2
)

// priority puts runs that people started before those of schedules and logins: at six in the morning many firms are due.
func priority(trigger syncer.SyncTrigger) int {
	if trigger == syncer.TriggerManual {
		return firstPriority
	}
	return lastPriority
}

// PostgreSQL's status of a connection in a transaction that hasn't failed, and in none.
const (
	inTransaction = 'T'
	noTransaction = 'I'
)

// pgxConn is pgx.Conn under a name that, embedded, doesn't hide the method Conn.
type pgxConn = pgx.Conn

// borrowedTx makes a pgx.Tx, for River, of a connection on which somebody else has begun a transaction, who alone can end it. What River asks
// for is prepared once on the connection: planning takes longer than adding a job.
type borrowedTx struct{ *pgxConn }

var _ pgx.Tx = borrowedTx{}

var errBorrowed = errors.New("the transaction belongs to another")

// Exec prepares the statement.
func (tx borrowedTx) Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error) {
	return tx.pgxConn.Exec(ctx, sql, prepared(arguments)...)
}

// Query prepares the statement.
func (tx borrowedTx) Query(ctx context.Context, sql string, arguments ...any) (pgx.Rows, error) {
	return tx.pgxConn.Query(ctx, sql, prepared(arguments)...)
}

// QueryRow prepares the statement.
func (tx borrowedTx) QueryRow(ctx context.Context, sql string, arguments ...any) pgx.Row {
	return tx.pgxConn.QueryRow(ctx, sql, prepared(arguments)...)
}

func prepared(arguments []any) []any {
	return append([]any{pgx.QueryExecModeCacheStatement}, arguments...)
}

// Begin returns errBorrowed.
func (borrowedTx) Begin(context.Context) (pgx.Tx, error) { return nil, errBorrowed }

// Commit returns errBorrowed.
func (borrowedTx) Commit(context.Context) error { return errBorrowed }

// Rollback returns errBorrowed.
func (borrowedTx) Rollback(context.Context) error { return errBorrowed }

// LargeObjects returns none.
func (borrowedTx) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

func (tx borrowedTx) Conn() *pgx.Conn { return tx.pgxConn }

// newJobInserter returns a client of River's without workers, which only enqueues.
func newJobInserter() (*river.Client[pgx.Tx], error) {
	client, err := river.NewClient(riverpgxv5.New(nil), &river.Config{
		// Of two jobs enqueued within this time, workers are notified of one; they find the other by polling, which is slower.
		FetchCooldown: river.FetchCooldownMin,
		Logger:        slog.New(slog.DiscardHandler), // failures are returned as errors
	})
	if err != nil {
		return nil, fmt.Errorf("setting up the queue: %w", err)
	}
	return client, nil
}
