package postgres

import (
	"context"
	"database/sql"

	"github.com/uptrace/bun"
)

// maxRetries is how often a transaction is run again that PostgreSQL aborted because of a concurrent one.
const maxRetries = 3

var txOptions = &sql.TxOptions{Isolation: sql.LevelReadCommitted}

// inTx runs the function in a READ COMMITTED transaction, which is committed when the function returns nil and rolled
// back otherwise. A transaction that PostgreSQL aborted because of a concurrent one (a deadlock, a serialization failure) is
// run again, up to three times: the function must have no effect but what it writes through tx.
func (db *DB) inTx(ctx context.Context, fn func(ctx context.Context, tx bun.Tx) error) error {
	return withRetry(ctx, func() error { return db.bun.RunInTx(ctx, txOptions, fn) })
}

// withRetry calls the function, and again, up to three times, while it returns an error that isRetryable.
func withRetry(ctx context.Context, run func() error) error {
	for attempt := 0; ; attempt++ {
		err := run()
		if attempt == maxRetries || !isRetryable(err) || ctx.Err() != nil {
			return err
		}
	}
}

// withoutWaiting is a column of a statement outside of a transaction: with it, the statement ends before what it wrote is on the disk. It is for
// what may be lost in a crash, as it is done again then.
const withoutWaiting = "set_config('synchronous_commit', 'off', TRUE)"
