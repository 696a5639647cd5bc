// Package postgres has all SQL: the connections, the migrations, the transactions, the job queue, and the stores that the
// domain packages need. The interfaces that the stores implement belong to those packages and say what each method does;
// comments here say what it means in SQL: how many statements, and which locks. River does the work of the queue; what its
// client doesn't offer is in river_tables.go.
//
// Queries are bound to a firm, unless their comment says otherwise, and so are the connections that they run on (scope.go). Transactions begin and end here: a caller passes the rule
// to apply within one, a function that may be called again.
package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jonboulle/clockwork"
	"github.com/riverqueue/river"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// MinVersion is the oldest major version of PostgreSQL that the SQL here is written for (README.md#settings, DATABASE_URL).
const MinVersion = 14

// DB is a pool of connections to one database.
type DB struct {
	pool  *pgxpool.Pool
	bun   *bun.DB
	jobs  *river.Client[pgx.Tx] // which only enqueues
	ready *pgxpool.Pool         // one connection, for Ready
	clock *Clock
	conns *sharedConnector
	hooks []bun.QueryHook // Bun's, which also see what goes past it

	security *rowSecurity
}

// Option changes how Open sets up a DB.
type Option func(*settings)

type settings struct {
	hooks    []bun.QueryHook
	maxConns int32
	clock    clockwork.Clock
}

// WithQueryHook lets the hook see every statement of the stores, BEGIN and COMMIT included.
func WithQueryHook(hook bun.QueryHook) Option {
	return func(s *settings) { s.hooks = append(s.hooks, hook) }
}

// WithMaxConns sets how many connections the pool opens at most, in place of 24 or the URL's pool_max_conns.
func WithMaxConns(n int32) Option {
	return func(s *settings) { s.maxConns = n }
}

// WithMachineClock sets the machine's clock, which DB's clock corrects.
func WithMachineClock(clock clockwork.Clock) Option {
	return func(s *settings) { s.clock = clock }
}

// Open connects to the database at the URL (or keyword/value DSN) and checks its version. It fails when the database
// can't be reached or its server is older than MinVersion. The caller closes the DB.
func Open(ctx context.Context, url string, options ...Option) (*DB, error) {
	s := settings{clock: clockwork.NewRealClock()}
	for _, option := range options {
		option(&s)
	}
	config, err := poolConfig(url, s.maxConns)
	if err != nil {
		return nil, err
	}
	jobs, err := newJobInserter()
	if err != nil {
		return nil, err
	}
	security := new(rowSecurity)
	config.PrepareConn = security.prepare
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("setting up the database connections: %w", err)
	}
	clock := &Clock{Clock: s.clock, pool: pool}
	if err := errors.Join(checkVersion(ctx, pool), clock.compare(ctx), security.detect(ctx, pool)); err != nil {
		pool.Close()
		return nil, err
	}
	ready, err := readyPool(ctx, config)
	if err != nil {
		pool.Close()
		return nil, err
	}
	conns := newSharedConnector(pool)
	handle := bun.NewDB(conns.open(), pgdialect.New())
	for _, hook := range s.hooks {
		handle = handle.WithQueryHook(hook) // a clone: the receiver stays without the hook
	}
	return &DB{pool: pool, bun: handle, jobs: jobs, ready: ready, clock: clock, conns: conns, hooks: s.hooks, security: security}, nil
}

func checkVersion(ctx context.Context, pool *pgxpool.Pool) error {
	var number int
	err := pool.QueryRow(ctx, "SELECT current_setting('server_version_num')::int").Scan(&number)
	if err != nil {
		return fmt.Errorf("connecting to the database: %w", err)
	}
	return versionError(number)
}

// versionError returns nil for a server_version_num (150018 is 15.18) that is new enough.
func versionError(number int) error {
	const perMajor = 10000
	if major := number / perMajor; major < MinVersion {
		return fmt.Errorf("the database is PostgreSQL %d, and Watchkeeper needs %d or later", major, MinVersion)
	}
	return nil
}

// Close waits until all connections are returned to the pool, and closes them.
func (db *DB) Close() error {
	db.ready.Close()
	return db.closePool()
}

func (db *DB) closePool() error {
	err := db.bun.Close()
	db.pool.Close()
	if err != nil {
		return fmt.Errorf("closing the database connections: %w", err)
	}
	return nil
}

// Clock returns a clock with the database's time.
func (db *DB) Clock() *Clock {
	return db.clock
}

// Waiting returns how many statements and transactions wait for a connection.
func (db *DB) Waiting() int {
	return int(db.conns.waiting.Load())
}

// Pool returns the pool of connections, for callers that need pgx itself and for metrics. The DB closes it.
func (db *DB) Pool() *pgxpool.Pool {
	return db.pool
}
