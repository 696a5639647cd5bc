package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// appRole is the role that work for a firm is done as: row-level security binds it, and it can't log in. All databases of a cluster
// share it; it has rights to the tables of each.
const appRole = "watchkeeper_app"

// Door is a reason to work with the rows of all firms. docs/architecture.md#one-firms-rows lists which work goes through which.
type Door string

// The doors.
const (
	SignUp       Door = "sign-up"         // whether there is a firm, and a new one
	SignIn       Door = "sign-in"         // users by e-mail address, sessions by token
	ClioCallback Door = "Clio's callback" // authorizations, which are found by Clio's answer
	Queue        Door = "the queue"       // River, and the runs that it knows by id alone
	Upkeep       Door = "upkeep"          // what is due, expired or lost, whosever it is
	Migrations   Door = "migrations"
)

// scope says which firms' rows a statement may see. The zero value: no firm's.
type scope struct {
	firmID string
	door   Door // if it isn't empty, all firms'
}

type scopeKey struct{}

// ForFirm returns a context for work for a firm: the connections that are taken with it see no rows but the firm's, whatever the
// statement says, and write no others. A transaction keeps what it began with.
func ForFirm(ctx context.Context, firmID string) context.Context {
	return context.WithValue(ctx, scopeKey{}, scope{firmID: firmID})
}

// AcrossFirms returns a context for work with the rows of all firms.
func AcrossFirms(ctx context.Context, door Door) context.Context {
	return context.WithValue(ctx, scopeKey{}, scope{door: door})
}

// forNoFirm returns a context without what ForFirm or AcrossFirms said.
func forNoFirm(ctx context.Context) context.Context {
	return context.WithValue(ctx, scopeKey{}, scope{})
}

// limits are the settings of a session that limit it to a firm's rows. The zero value is a new session's.
type limits struct {
	role        string // none: the one that logged in
	firmID      string
	acrossFirms string // on or off
}

// limitsKey is where a connection keeps the limits that its session has.
const limitsKey = "watchkeeper limits"

// limitsOf returns the limits that the context asks for. In a context that names neither a firm nor a door, no row is seen.
func (r *rowSecurity) limitsOf(ctx context.Context) limits {
	asked, _ := ctx.Value(scopeKey{}).(scope)
	if asked.door != "" {
		return limits{role: "none", acrossFirms: "on"}
	}
	wanted := limits{role: appRole, firmID: asked.firmID, acrossFirms: "off"}
	if !r.hasRole.Load() {
		wanted.role = "none"
	}
	return wanted
}

// prepare limits a connection that is taken from the pool as the context asks: one round trip, or none where the session has these
// limits from the use before. The session has no transaction then, so that no rollback can bring other limits back.
func (r *rowSecurity) prepare(ctx context.Context, conn *pgx.Conn) (usable bool, err error) {
	data, wanted := conn.PgConn().CustomData(), r.limitsOf(ctx)
	held, _ := data[limitsKey].(limits)
	if held == wanted {
		return true, nil
	}
	statement, err := wanted.replacing(held, conn.PgConn())
	if err == nil {
		err = conn.PgConn().Exec(ctx, statement).Close() // SET, which takes no arguments, costs half of what set_config does
	}
	if err != nil && conn.IsClosed() && ctx.Err() == nil {
		return false, nil // it broke while nobody used it: another is taken
	}
	if err != nil {
		return false, fmt.Errorf("limiting a connection to a firm: %w", err)
	}
	data[limitsKey] = wanted
	return true, nil
}

// replacing returns the statements that change a session's limits to these.
func (l limits) replacing(held limits, conn *pgconn.PgConn) (string, error) {
	var statements strings.Builder
	for _, setting := range [...]struct{ name, held, wanted string }{
		{"role", held.role, l.role},
		{"watchkeeper.firm_id", held.firmID, l.firmID},
		{"watchkeeper.across_firms", held.acrossFirms, l.acrossFirms},
	} {
		if setting.wanted == setting.held {
			continue
		}
		value, err := conn.EscapeString(setting.wanted)
		if err != nil {
			return "", fmt.Errorf("quoting %s: %w", setting.name, err)
		}
		statements.WriteString("SET " + setting.name + " = '" + value + "';")
	}
	return statements.String(), nil
}

// detect finds out whether the role can be used.
func (r *rowSecurity) detect(ctx context.Context, pool *pgxpool.Pool) error {
	var has bool
	err := pool.QueryRow(AcrossFirms(ctx, Migrations), `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1 AND pg_has_role(oid,
		CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END))`, appRole).Scan(&has)
	if err != nil {
		return fmt.Errorf("looking for the role %s: %w", appRole, err)
	}
	r.hasRole.Store(has)
	return nil
}
