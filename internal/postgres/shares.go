package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
)

// connectionTimeout is how long work waits for one of the pool's connections.
const connectionTimeout = 5 * time.Second

// shares bounds how many of the pool's connections each firm's requests hold at once, so that those of one firm, which may all wait
// for a lock, leave some to the others. What belongs to no viewer, such as sign-ins and runs, shares most of the pool.
type shares struct {
	firm, others int

	mu sync.Mutex
	of map[string]*share // by firm's id; empty: others. Only those in use
}

type share struct {
	slots chan struct{}
	users int // who hold or wait for a slot
}

func newShares(maxConns int32) *shares {
	return &shares{firm: max(2, int(maxConns)/3), others: max(2, int(maxConns)*2/3), of: map[string]*share{}}
}

// take waits for a connection of the share that the context's viewer belongs to, and returns the function that gives it back.
// RATE_LIMITED: it took too long.
func (s *shares) take(ctx context.Context) (giveBack func(), err error) {
	key, size := "", s.others
	if viewer := account.ViewerFrom(ctx); viewer != nil {
		key, size = viewer.Firm.ID, s.firm
	}
	taken := s.use(key, size)
	select {
	case taken.slots <- struct{}{}:
		return sync.OnceFunc(func() { <-taken.slots; s.leave(key, taken) }), nil
	case <-ctx.Done():
		s.leave(key, taken)
		return nil, ctx.Err()
	}
}

func (s *shares) use(key string, size int) *share {
	s.mu.Lock()
	defer s.mu.Unlock()
	used := s.of[key]
	if used == nil {
		used = &share{slots: make(chan struct{}, size)}
		s.of[key] = used
	}
	used.users++
	return used
}

func (s *shares) leave(key string, used *share) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if used.users--; used.users == 0 {
		delete(s.of, key)
	}
}

// sharedConnector takes the pool's connections for database/sql, within shares.
type sharedConnector struct {
	driver.Connector
	shares  *shares
	waiting atomic.Int64 // who wants a connection and has none yet
}

func newSharedConnector(pool *pgxpool.Pool) *sharedConnector {
	return &sharedConnector{Connector: stdlib.GetPoolConnector(pool), shares: newShares(pool.Config().MaxConns)}
}

// open returns the pool as database/sql, which Bun works on.
func (c *sharedConnector) open() *sql.DB {
	db := sql.OpenDB(c)
	db.SetMaxIdleConns(0) // the pool keeps the idle ones
	return db
}

// Connect takes a connection.
func (c *sharedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, giveBack, err := takeShared(ctx, c, c.Connector.Connect)
	if err != nil {
		return nil, err
	}
	return &sharedConn{stdlibConn: conn.(*stdlib.Conn), giveBack: giveBack}, nil
}

// takeShared takes a connection within shares, and returns the function that gives its place back.
func takeShared[C any](
	ctx context.Context, c *sharedConnector, connect func(context.Context) (C, error),
) (conn C, giveBack func(), err error) {
	c.waiting.Add(1)
	defer c.waiting.Add(-1)
	waiting, cancel := context.WithTimeout(ctx, connectionTimeout)
	defer cancel()
	giveBack, err = c.shares.take(waiting)
	if err != nil {
		return conn, nil, busy(ctx, err)
	}
	if conn, err = connect(waiting); err != nil {
		giveBack()
		return conn, nil, busy(ctx, err)
	}
	return conn, giveBack, nil
}

// busy returns RATE_LIMITED if the error came from waiting too long, and not from the end of ctx.
func busy(ctx context.Context, err error) error {
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return &apperr.Error{Code: apperr.RateLimited, Message: "The server is busy. Try again in a moment.", Cause: err}
	}
	return fmt.Errorf("taking a database connection: %w", err)
}

// stdlibConn is stdlib.Conn under a name that, embedded, doesn't hide the method Conn.
type stdlibConn = stdlib.Conn

// sharedConn is a connection that gives its place in a share back when it returns to the pool.
type sharedConn struct {
	*stdlibConn
	giveBack func()
}

// QueryContext is RATE_LIMITED for what took too long, also because of a lock.
func (c *sharedConn) QueryContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.stdlibConn.QueryContext(ctx, query, arguments)
	return rows, orTimedOut(ctx, err)
}

// ExecContext is RATE_LIMITED for what took too long, also because of a lock.
func (c *sharedConn) ExecContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Result, error) {
	result, err := c.stdlibConn.ExecContext(ctx, query, arguments)
	return result, orTimedOut(ctx, err)
}

// orTimedOut makes RATE_LIMITED of the end that lock_timeout and statement_timeout put to a statement. Its transaction is rolled back.
func orTimedOut(ctx context.Context, err error) error {
	var pgErr *pgconn.PgError
	if ctx.Err() == nil && errors.As(err, &pgErr) && (pgErr.Code == codeLockNotAvailable || pgErr.Code == codeQueryCanceled) {
		return &apperr.Error{Code: apperr.RateLimited, Message: "The server is busy. Nothing was changed. Try again in a moment.", Cause: err}
	}
	return err
}

// Close returns the connection.
func (c *sharedConn) Close() error {
	defer c.giveBack()
	return c.stdlibConn.Close()
}
