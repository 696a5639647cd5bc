package clio

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"watchkeeper/internal/apperr"
)

// statusError is an answer of Clio's that isn't a success.
type statusError struct {
	status  int
	kind    string    // Clio's own name for it; empty when it gave none
	retryAt time.Time // only with 429
}

// noAnswerError is a request that wasn't answered: no connection, too late, or broken off.
type noAnswerError struct{ cause error }

// unreadableError is a successful answer that doesn't hold what was asked for.
type unreadableError struct{ cause error }

// grantRefusedError is Clio's refusal of a code or of a refresh token: asking again can't help.
type grantRefusedError struct{ kind string }

func (e *statusError) Error() string       { return fmt.Sprintf("Clio answered %d (%s)", e.status, e.kind) }
func (e *noAnswerError) Error() string     { return "no answer from Clio: " + e.cause.Error() }
func (e *unreadableError) Error() string   { return "unreadable answer from Clio: " + e.cause.Error() }
func (e *grantRefusedError) Error() string { return "Clio refused the grant: " + e.kind }

func (e *noAnswerError) Unwrap() error   { return e.cause }
func (e *unreadableError) Unwrap() error { return e.cause }

// refusal reads an answer that isn't a success. Only the status is relied upon: the body has two shapes, and may be HTML
// or nothing (Clio's documentation: errors).
func refusal(response *http.Response, body []byte, now time.Time) *statusError {
	refused := &statusError{status: response.StatusCode, kind: kindOf(body)}
	if refused.status == http.StatusTooManyRequests {
		refused.retryAt = retryAt(response.Header, now)
	}
	return refused
}

// plainName is what may be logged of a name that Clio sent.
var plainName = regexp.MustCompile(`^[A-Za-z_]{1,40}$`)

// kindOf finds Clio's name for the error: {"error":{"type":"…"}} or {"error":"…"}.
func kindOf(body []byte) string {
	var answer struct {
		Error json.RawMessage `json:"error"`
	}
	var detailed struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return ""
	}
	if json.Unmarshal(answer.Error, &detailed) != nil && json.Unmarshal(answer.Error, &detailed.Type) != nil {
		return ""
	}
	return nameOnly(detailed.Type)
}

// nameOnly is the text when it is a plain name, and empty otherwise.
func nameOnly(text string) string {
	if !plainName.MatchString(text) {
		return ""
	}
	return text
}

// hasStatus tells whether the error is an answer of Clio's with that status.
func hasStatus(err error, status int) bool {
	var refused *statusError
	return errors.As(err, &refused) && refused.status == status
}

// isFailing tells whether the error means that Clio itself is failing: no answer, an unreadable one, or a 5xx.
func isFailing(err error) bool {
	var refused *statusError
	var silent *noAnswerError
	var garbled *unreadableError
	if errors.As(err, &refused) {
		return refused.status >= http.StatusInternalServerError
	}
	return errors.As(err, &silent) || errors.As(err, &garbled)
}

// pauseIn is until when Clio asks for a pause, where that is the error (429); else nil.
func pauseIn(err error) *time.Time {
	var refused *statusError
	if errors.As(err, &refused) && refused.status == http.StatusTooManyRequests {
		return &refused.retryAt
	}
	return nil
}

// explain turns an error of a request into one that a caller may see. What isn't Clio's stays as it is.
func explain(err error) error {
	var refused *statusError
	var silent *noAnswerError
	var garbled *unreadableError
	var denied *grantRefusedError
	switch {
	case errors.As(err, &denied):
		return unavailable(denied.whyDenied(), err)
	case errors.As(err, &refused):
		return explainStatus(refused)
	case errors.As(err, &silent):
		return unavailable("Clio did not answer in time, or could not be reached. Nothing was changed.", err)
	case errors.As(err, &garbled):
		return unavailable("Clio's answer could not be read. Nothing was changed.", err)
	}
	return err
}

func explainStatus(refused *statusError) *apperr.Error {
	switch status := refused.status; {
	case status == http.StatusTooManyRequests:
		return &apperr.Error{
			Code: apperr.ClioRateLimited, Message: "Clio asks for a pause before the next request.",
			RetryAt: &refused.retryAt, Cause: refused,
		}
	case status == http.StatusForbidden:
		return unavailable("Clio does not let the connected user read this. The Clio application needs permission to read "+
			"matters and contacts, and so does the user.", refused)
	case status == http.StatusGone:
		return unavailable("Clio no longer offers the version of its API that this server was made for.", refused)
	case status >= http.StatusInternalServerError:
		return unavailable("Clio is failing. Nothing was changed.", refused)
	default:
		return unavailable(fmt.Sprintf("Clio refused the request with status %d. Nothing was changed.", status), refused)
	}
}

func unavailable(message string, cause error) *apperr.Error {
	return &apperr.Error{Code: apperr.ClioUnavailable, Message: message, Cause: cause}
}
