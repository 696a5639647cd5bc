package postgres

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"watchkeeper/internal/apperr"
)

// The SQLSTATE codes that are handled (PostgreSQL's documentation, appendix A).
const (
	codeUniqueViolation       = "23505"
	codeSerializationFailure  = "40001"
	codeLockNotAvailable      = "55P03"
	codeQueryCanceled         = "57014"
	codeDeadlockDetected      = "40P01"
	codeInsufficientPrivilege = "42501"
	codeUndefinedObject       = "42704"
	codeDuplicateObject       = "42710"
)

// isUniqueViolation reports whether err comes from the unique constraint or unique index of that name.
func isUniqueViolation(err error, constraint string) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == codeUniqueViolation && pgErr.ConstraintName == constraint
}

// notFound reports whether err says that a query for one row found none.
func notFound(err error) bool {
	return errors.Is(err, sql.ErrNoRows) || errors.Is(err, pgx.ErrNoRows)
}

// orNotFound wraps the error of a query for one row: an apperr NOT_FOUND with that message if there was no row, else with what was
// being done.
func orNotFound(err error, message, doing string) error {
	switch {
	case err == nil:
		return nil
	case notFound(err):
		return apperr.At(apperr.NotFound, message, "id")
	default:
		return fmt.Errorf("%s: %w", doing, err)
	}
}

// isRetryable reports whether PostgreSQL aborted a transaction because of a concurrent one, so that running it again may succeed. So is a second
// run of a kind refused, which the next try finds under way.
func isRetryable(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && (pgErr.Code == codeSerializationFailure || pgErr.Code == codeDeadlockDetected) ||
		isUniqueViolation(err, oneRunOfAKind)
}
