// Package apperr has the errors that a caller may see. Whatever is none of these is a fault of ours: it is logged, and
// the caller is told no more than that.
package apperr

import (
	"errors"
	"strings"
	"time"
)

// Code tells programs what went wrong. The first group are the contract's UserErrorCode, which a caller can put right;
// the second group appear only as extensions.code of a top-level error.
type Code string

// What a caller can put right (contract.graphqls, UserErrorCode).
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

// What a caller can't put right in the same request.
const (
	BadUserInput    Code = "BAD_USER_INPUT"
	Unauthenticated Code = "UNAUTHENTICATED"
	Forbidden       Code = "FORBIDDEN"
	RateLimited     Code = "RATE_LIMITED"
	QueryTooComplex Code = "QUERY_TOO_COMPLEX"
	Internal        Code = "INTERNAL"
)

// IsUserError tells whether the code is one of the first group, which mutations answer in userErrors.
func (c Code) IsUserError() bool {
	switch c {
	case Invalid, NotFound, AlreadyExists, InvalidCredentials, Conflict, Archived, NotLinked, NotUndoable,
		ClioNotConfigured, ClioNotConnected, ClioUnavailable, ClioRateLimited:
		return true
	default:
		return false
	}
}

// Error is one problem, worded for people.
type Error struct {
	Code    Code
	Message string
	// Path starts at the argument: ["input", "firstName"]. Empty when no argument is to blame.
	Path []string
	// RetryAt is set where waiting helps.
	RetryAt *time.Time
	// Cause is for the log alone.
	Cause error
}

// New makes an error that no argument is to blame for.
func New(code Code, message string) *Error {
	return &Error{Code: code, Message: message}
}

// At makes an error that names the argument to blame.
func At(code Code, message string, path ...string) *Error {
	return &Error{Code: code, Message: message, Path: path}
}

// Error is the message and, for the log, the cause.
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

// Errors are all the problems of one request at once.
type Errors []*Error

// Error joins the messages.
func (e Errors) Error() string {
	messages := make([]string, len(e))
	for i, problem := range e {
		messages[i] = problem.Error()
	}
	return strings.Join(messages, "; ")
}

// Err is nil when there are no problems.
func (e Errors) Err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// From returns the problems in err's chain; nil when there are none, which makes err a fault of ours.
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

// Is tells whether err's chain has a problem of that code.
func Is(err error, code Code) bool {
	for _, problem := range From(err) {
		if problem.Code == code {
			return true
		}
	}
	return false
}
