package postgres

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// defaultMaxConns leaves room for several replicas under PostgreSQL's usual limit of 100 connections.
	defaultMaxConns = 24
	connectTimeout  = 10 * time.Second
	// maxPrepared is how many statements a connection keeps prepared. PostgreSQL needs some 100 kB for the plan of each.
	maxPrepared = 100
)

// sessionParams are PostgreSQL's settings for each connection. Those in the database's URL win. The timeouts end what waits for a lock
// that somebody else holds, so that it doesn't take the connections of everybody (docs/architecture.md#timeouts).
var sessionParams = map[string]string{
	"application_name":                    "watchkeeper",
	"lock_timeout":                        "2s",
	"statement_timeout":                   "15s",
	"idle_in_transaction_session_timeout": "60s",
	"plan_cache_mode":                     "force_generic_plan", // what has to be planned with its values has them written in (statement.go)
	// A statement reads one firm at most: to start workers or to compile takes longer than it does.
	"max_parallel_workers_per_gather": "0",
	"jit":                             "off",
}

// poolConfig reads the URL. Its own settings for the pool's size, the time to connect and the session win over ours.
func poolConfig(url string, maxConns int32) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("reading the database's address: %w", err)
	}
	switch {
	case maxConns > 0:
		config.MaxConns = maxConns
	case !strings.Contains(url, "pool_max_conns"):
		config.MaxConns = defaultMaxConns
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = connectTimeout
	}
	params := config.ConnConfig.RuntimeParams
	given := maps.Clone(params)
	maps.Copy(params, sessionParams)
	maps.Copy(params, given)
	params["timezone"] = "UTC"
	// Bun writes values into the SQL, so every statement is new to pgx: by default it would prepare each one, which costs a
	// round trip and fills the connection with statements that are never used again. Those that are worth it say so (statement.go).
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.ConnConfig.StatementCacheCapacity = maxPrepared
	config.AfterConnect = readUTC
	onlyWritable(config)
	return config, nil
}

// readUTC makes pgx return times in UTC, not in the machine's time zone.
func readUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

// unhurried returns the pool's settings for migrations: they may have to change a large table, or to wait for one.
func unhurried(config *pgxpool.Config) *pgxpool.Config {
	config = config.Copy()
	delete(config.ConnConfig.RuntimeParams, "lock_timeout")
	delete(config.ConnConfig.RuntimeParams, "statement_timeout")
	return config
}

// codeReadOnly is the SQLSTATE of a write to a database that is read-only.
const codeReadOnly = "25006"

// onlyWritable makes the pool connect to a server that can be written to (libpq: target_session_attrs=read-write), unless the URL asks
// for another one, and drop the connections to one that has become read-only: after a failover, or a spell of
// default_transaction_read_only, which such connections would keep.
func onlyWritable(config *pgxpool.Config) {
	if config.ConnConfig.ValidateConnect == nil {
		config.ConnConfig.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	}
	config.ConnConfig.Tracer = readOnlyTracer{}
	config.AfterRelease = func(conn *pgx.Conn) bool { return !isReadOnly(conn) }
}

// readOnlyTracer notes at a connection that it answered codeReadOnly.
type readOnlyTracer struct{}

var _ pgx.QueryTracer = readOnlyTracer{}

// TraceQueryStart does nothing.
func (readOnlyTracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return ctx
}

// TraceQueryEnd notes codeReadOnly.
func (readOnlyTracer) TraceQueryEnd(_ context.Context, conn *pgx.Conn, data pgx.TraceQueryEndData) {
	var pgErr *pgconn.PgError
	if errors.As(data.Err, &pgErr) && pgErr.Code == codeReadOnly {
		conn.PgConn().CustomData()[codeReadOnly] = true
	}
}

func isReadOnly(conn *pgx.Conn) bool {
	_, noted := conn.PgConn().CustomData()[codeReadOnly]
	return noted
}
