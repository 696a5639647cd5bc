// Package apperr defines the errors that a caller may see. Every other error is internal: it is logged, and the caller only
// learns that something went wrong.
package apperr

import (
	"errors"
	"strings"
	"time"
)

// Code identifies an error for programs. The first group is the contract's UserErrorCode; the second group appears only as
// extensions.code of a top-level error.
type Code string

// Errors that a user can correct (contract.graphqls, UserErrorCode).
const (
	Invalid            Code = "INVALID"
	NotFound           Code = "NOT_FOUND"
	AlreadyExists      Code = "ALREADY_EXISTS"
	InvalidCredentials Code = "INVALID_CREDENTIALS"
	Conflict           Code = "CONFLICT"
	Archived           Code = "ARCHIVED"
	NotLinked          Code = "NOT_LINKED"
	NotUndoable        Code = "NOT_UNDOABLE"
	ClioNotConfigured  Code = "CLIO_NOT_CONFIGURED"
	ClioNotConnected   Code = "CLIO_NOT_CONNECTED"
	ClioUnavailable    Code = "CLIO_UNAVAILABLE"
	ClioRateLimited    Code = "CLIO_RATE_LIMITED"
)

// Errors of a request as a whole.
const (
	BadUserInput    Code = "BAD_USER_INPUT"
	Unauthenticated Code = "UNAUTHENTICATED"
	Forbidden       Code = "FORBIDDEN"
	RateLimited     Code = "RATE_LIMITED"
	QueryTooComplex Code = "QUERY_TOO_COMPLEX"
	Internal        Code = "INTERNAL"
)

// IsUserError reports whether the code belongs to the first group, which mutations return in userErrors.
func (c Code) IsUserError() bool {
	switch c {
	case Invalid, NotFound, AlreadyExists, InvalidCredentials, Conflict, Archived, NotLinked, NotUndoable,
		ClioNotConfigured, ClioNotConnected, ClioUnavailable, ClioRateLimited:
		return true
	default:
		return false
	}
}

// Error is one problem, with a message for people.
type Error struct {
	Code    Code
	Message string
	// Path leads to the invalid argument, such as ["input", "firstName"]. It is empty if the error isn't about an argument.
	Path []string
	// RetryAt is when to try again; nil if waiting doesn't help.
	RetryAt *time.Time
	// Cause is only logged.
	Cause error
}

// New returns an error that isn't about an argument.
func New(code Code, message string) *Error {
	return &Error{Code: code, Message: message}
}

// At returns an error about the argument at the path.
func At(code Code, message string, path ...string) *Error {
	return &Error{Code: code, Message: message, Path: path}
}

// Error returns the message and the cause, for the log.
func (e *Error) Error() string {
	if e.Cause != nil {
		return e.Message + ": " + e.Cause.Error()
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error {
	return e.Cause
}

// Errors are all problems of one request.
type Errors []*Error

// Error returns the joined messages.
func (e Errors) Error() string {
	messages := make([]string, len(e))
	for i, problem := range e {
		messages[i] = problem.Error()
	}
	return strings.Join(messages, "; ")
}

// Err returns nil if there are no problems.
func (e Errors) Err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// From returns the problems in err's chain, or nil if there are none: err is then internal.
func From(err error) Errors {
	var many Errors
	if errors.As(err, &many) {
		return many
	}
	var one *Error
	if errors.As(err, &one) {
		return Errors{one}
	}
	return nil
}

// Is reports whether err's chain has a problem with that code.
func Is(err error, code Code) bool {
	for _, problem := range From(err) {
		if problem.Code == code {
			return true
		}
	}
	return false
}
