package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"

	"watchkeeper/migrations"
)

// rowSecurity is what keeps the firms' rows apart where a statement doesn't (docs/architecture.md#one-firms-rows).
type rowSecurity struct {
	hasRole atomic.Bool
}

// RowSecurityForced reports whether row-level security binds the role of the database's address itself, because that may neither create
// the role watchkeeper_app nor work as it.
func (db *DB) RowSecurityForced() bool { return !db.security.hasRole.Load() }

// secure brings the row-level security of all tables, also of those that were just created, to the form that this program expects. Where
// nothing is missing, it only reads.
func (db *DB) secure(ctx context.Context) error {
	if err := db.ensureRole(ctx); err != nil {
		return err
	}
	if err := db.checkRole(ctx); err != nil {
		return err
	}
	return db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		var missing []string
		if err := tx.NewRaw(migrations.RowSecurity, appRole, db.RowSecurityForced()).Scan(ctx, &missing); err != nil {
			return fmt.Errorf("reading the state of row-level security: %w", err)
		}
		for _, statement := range missing {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("setting row-level security up (%s): %w", statement, err)
			}
		}
		return nil
	})
}

// ensureRole creates the role, and grants it to the role of the database's address, where that is missing and allowed. The cluster's
// other databases may be doing the same: whoever comes second finds it done.
func (db *DB) ensureRole(ctx context.Context) error {
	for _, statement := range []string{
		"", "CREATE ROLE " + appRole + " NOLOGIN", "GRANT " + appRole + " TO CURRENT_USER",
	} {
		if statement != "" {
			if _, err := db.pool.Exec(ctx, statement); err != nil && !isDoneOrDenied(err) {
				return fmt.Errorf("setting row-level security up (%s): %w", statement, err)
			}
		}
		if err := db.security.detect(ctx, db.pool); err != nil || !db.RowSecurityForced() {
			return err
		}
	}
	return nil
}

// isDoneOrDenied reports whether a statement on the role failed because another did the same, or for want of a right.
func isDoneOrDenied(err error) bool {
	var failed *pgconn.PgError
	if !errors.As(err, &failed) {
		return false
	}
	return slices.Contains([]string{codeUniqueViolation, codeDuplicateObject, codeInsufficientPrivilege, codeUndefinedObject}, failed.Code)
}

// checkRole fails when the role that work is done as would bypass row-level security.
func (db *DB) checkRole(ctx context.Context) error {
	var bypasses bool
	err := db.pool.QueryRow(ctx, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = CASE WHEN $2 THEN current_user ELSE $1 END",
		appRole, db.RowSecurityForced()).Scan(&bypasses)
	if err != nil {
		return fmt.Errorf("checking the rights of the database's role: %w", err)
	}
	switch {
	case bypasses && db.RowSecurityForced():
		return errors.New("the role of DATABASE_URL bypasses row-level security and may not create the role " + appRole +
			": let an administrator run CREATE ROLE " + appRole + " NOLOGIN, and GRANT it to the role of DATABASE_URL")
	case bypasses:
		return errors.New("the role " + appRole + " bypasses row-level security: let an administrator run ALTER ROLE " +
			appRole + " NOSUPERUSER NOBYPASSRLS")
	}
	return nil
}
