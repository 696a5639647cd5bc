package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
)

// The ends of a pipeline's transaction.
var (
	begin    = step{sql: "BEGIN ISOLATION LEVEL READ COMMITTED"}
	commit   = step{sql: "COMMIT"}
	rollback = step{sql: "ROLLBACK"}
)

// step is one statement, with $1, $2 and so on for its arguments, and what reads its rows; nil where none are read. The same text is prepared
// once on each connection: a step's text doesn't depend on values.
type step struct {
	sql  string
	args []any
	read func(pgx.Rows) error
}

// pipeline sends statements on one connection, several in a round trip, each prepared once. Bun's can't be: it waits for each, and its texts
// have the values in them. It sends them on the same connection (bun), in the same transaction.
type pipeline struct {
	db  *DB
	bun bun.Conn
}

// withPipeline lends the function a connection from the shares, as Bun's statements have it. What the function began and didn't
// commit is rolled back. It is called again as inTx's is.
func (db *DB) withPipeline(ctx context.Context, fn func(pipe *pipeline) error) error {
	return withRetry(ctx, func() error {
		conn, err := db.bun.Conn(ctx)
		if err != nil {
			return fmt.Errorf("taking a database connection: %w", err)
		}
		defer func() { _ = conn.Close() }() // returns it to the pool, after the transaction: an error loses nothing
		pipe := &pipeline{db: db, bun: conn}
		defer pipe.rollBack(ctx)
		return fn(pipe)
	})
}

// rollBack ends a transaction that is still open. Where that fails, the pool drops the connection.
func (p *pipeline) rollBack(ctx context.Context) {
	_ = onConn(p.bun, func(conn *pgx.Conn) error {
		if conn.IsClosed() || conn.PgConn().TxStatus() == noTransaction {
			return nil
		}
		return p.sendOn(ctx, conn, rollback)
	})
}

// jobs is the queue of the pipeline's transaction.
func (p *pipeline) jobs() jobQueue {
	return jobQueue{inserter: p.db.jobs, conn: p.bun}
}

// send executes the steps in one round trip, and in more the first time that a connection meets one. After one that fails, none is executed.
func (p *pipeline) send(ctx context.Context, steps ...step) error {
	return onConn(p.bun, func(conn *pgx.Conn) error { return p.sendOn(ctx, conn, steps...) })
}

func (p *pipeline) sendOn(ctx context.Context, conn *pgx.Conn, steps ...step) (err error) {
	batch := new(pgx.Batch)
	for _, s := range steps {
		if _, err := conn.Prepare(ctx, s.sql, s.sql); err != nil {
			return fmt.Errorf("preparing a statement: %w", orTimedOut(ctx, err))
		}
		batch.Queue(s.sql, s.args...)
	}
	results := conn.SendBatch(ctx, batch)
	defer func() {
		if closed := results.Close(); err == nil {
			err = orTimedOut(ctx, closed)
		}
	}()
	for _, s := range steps {
		if err := orTimedOut(ctx, p.observed(ctx, s, results)); err != nil {
			return err
		}
	}
	return nil
}

// onConn calls the function with the connection of pgx's that Bun's is.
func onConn(conn bun.Conn, fn func(conn *pgx.Conn) error) error {
	return conn.Raw(func(driverConn any) error {
		shared, ok := driverConn.(*sharedConn)
		if !ok {
			return fmt.Errorf("the connection is of another driver: %T", driverConn)
		}
		return fn(shared.Conn())
	})
}

// observed reads what a step returned, under the eyes of the hooks that see Bun's statements.
func (p *pipeline) observed(ctx context.Context, s step, results pgx.BatchResults) error {
	if len(p.db.hooks) == 0 {
		return s.result(results)
	}
	event := &bun.QueryEvent{DB: p.db.bun, Query: s.sql, QueryTemplate: s.sql, QueryArgs: s.args, StartTime: time.Now()}
	contexts := make([]context.Context, len(p.db.hooks))
	for i, hook := range p.db.hooks {
		ctx = hook.BeforeQuery(ctx, event)
		contexts[i] = ctx
	}
	event.Err = s.result(results)
	for i := len(contexts) - 1; i >= 0; i-- {
		p.db.hooks[i].AfterQuery(contexts[i], event)
	}
	return event.Err
}

func (s step) result(results pgx.BatchResults) error {
	rows, err := results.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	var readErr error
	if s.read != nil {
		readErr = s.read(rows)
	}
	rows.Close()
	return errors.Join(rows.Err(), readErr)
}
