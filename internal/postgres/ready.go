package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

// readyPool has the connection that is kept back for Ready. It connects when it is first used.
func readyPool(ctx context.Context, config *pgxpool.Config) (*pgxpool.Pool, error) {
	config = config.Copy()
	config.MaxConns, config.MinConns, config.MinIdleConns = 1, 0, 0
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("setting up the connection for readiness: %w", err)
	}
	return pool, nil
}

var errReadOnly = errors.New("the database is read-only")

// Ready returns an error when the database doesn't answer or can't be written to. It has a connection of its own: that all others
// are in use doesn't make a server less ready.
func (db *DB) Ready(ctx context.Context) error {
	conn, err := db.ready.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("connecting to the database: %w", err)
	}
	defer conn.Release()
	var readOnly bool
	if err := conn.QueryRow(ctx, "SELECT current_setting('transaction_read_only')::bool").Scan(&readOnly); err != nil {
		return fmt.Errorf("asking the database: %w", err)
	}
	if readOnly {
		conn.Conn().PgConn().CustomData()[codeReadOnly] = true // so that it is dropped
		return errReadOnly
	}
	return nil
}
