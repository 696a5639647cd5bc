package pgtest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// database is one of the pool's. Only the test that took it from the pool uses it.
type database struct {
	name string
	url  string
	conn *pgx.Conn // the pool's own, made when it is needed first and kept
}

var errChanged = errors.New("the test changed the schema or the settings of its database: it has to use pgtest.Fresh")

// wipe ends all other connections and empties all tables but those that list the migrations.
func (d *database) wipe(ctx context.Context, is form) error {
	if err := d.connect(ctx); err != nil {
		return err
	}
	if err := d.disconnectOthers(ctx); err != nil {
		return err
	}
	if _, err := d.conn.Exec(ctx, is.wiping); err != nil {
		return fmt.Errorf("wiping a database: %w", err)
	}
	return nil
}

// disconnectOthers returns when all other connections are gone, with their locks. Those that were closed take PostgreSQL
// a moment; its own way to wait for their end takes a tenth of a second.
func (d *database) disconnectOthers(ctx context.Context) error {
	for pause := time.Millisecond; ; pause *= 2 {
		var others int
		err := d.conn.QueryRow(ctx, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`).Scan(&others)
		if err != nil {
			return fmt.Errorf("ending the connections to a database: %w", err)
		}
		if others == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("ending the connections to a database: %w", ctx.Err())
		case <-time.After(pause):
		}
	}
}

// check ends all other connections, and fails when the schema or the settings aren't the template's any more.
func (d *database) check(ctx context.Context, is form) error {
	if err := d.connect(ctx); err != nil {
		return err
	}
	if err := d.disconnectOthers(ctx); err != nil {
		return err
	}
	var state string
	if err := d.conn.QueryRow(ctx, stateSQL).Scan(&state); err != nil {
		return fmt.Errorf("reading the state of a database: %w", err)
	}
	if state != is.state {
		return errChanged
	}
	return nil
}

func (d *database) connect(ctx context.Context) error {
	if d.conn != nil && d.conn.Ping(ctx) == nil {
		return nil
	}
	_ = d.disconnect(ctx) // it is broken: a test may have ended all connections
	config, err := pgx.ParseConfig(d.url)
	if err != nil {
		return fmt.Errorf("reading the database's address: %w", err)
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	for name, value := range map[string]string{
		"application_name": "pgtest", "session_replication_role": "replica", "lock_timeout": "10s", "client_min_messages": "error",
	} {
		config.RuntimeParams[name] = value
	}
	if d.conn, err = pgx.ConnectConfig(ctx, config); err != nil {
		return fmt.Errorf("connecting to the database of a test that is over: %w", err)
	}
	return nil
}

func (d *database) disconnect(ctx context.Context) error {
	if d.conn == nil {
		return nil
	}
	conn := d.conn
	d.conn = nil
	return conn.Close(ctx)
}
