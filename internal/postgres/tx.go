package postgres

import (
	"context"
	"database/sql"

	"github.com/uptrace/bun"
)

// maxRetries is how often a transaction is begun again that lost against another one.
const maxRetries = 3

// inTx runs the function in a READ COMMITTED transaction, which is committed when the function returns nil and rolled
// back otherwise. A transaction that PostgreSQL gave up for another's sake (a deadlock, a serialization failure) is run
// again, up to three times: the function must not leave anything behind but what it wrote through tx.
func (db *DB) inTx(ctx context.Context, fn func(ctx context.Context, tx bun.Tx) error) error {
	options := &sql.TxOptions{Isolation: sql.LevelReadCommitted}
	for attempt := 0; ; attempt++ {
		err := db.bun.RunInTx(ctx, options, fn)
		if attempt == maxRetries || !lostToAnother(err) {
			return err
		}
	}
}
