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

// statusError is a response of Clio's whose status isn't 2xx.
type statusError struct {
	status    int
	errorType string    // Clio's name for the error; empty when there is none
	retryAt   time.Time // only with 429
}

// noResponseError is a request without a response: no connection, a timeout, or a canceled request.
type noResponseError struct{ cause error }

// invalidResponseError is a successful response that doesn't contain what was asked for.
type invalidResponseError struct{ cause error }

// grantRefusedError is Clio's refusal of a code or a refresh token: retrying can't help.
type grantRefusedError struct{ errorType string }

// clientRefusedError is a refusal of how this server asks for tokens, which is its operator's to put right: invalid_client, or a
// response that doesn't even name an error, such as a proxy's.
type clientRefusedError struct {
	status    int
	errorType string
}

func (e *statusError) Error() string {
	return fmt.Sprintf("Clio answered %d (%s)", e.status, e.errorType)
}
func (e *noResponseError) Error() string { return "no response from Clio: " + e.cause.Error() }
func (e *invalidResponseError) Error() string {
	return "invalid response from Clio: " + e.cause.Error()
}
func (e *grantRefusedError) Error() string { return "Clio refused the grant: " + e.errorType }

func (e *clientRefusedError) Error() string {
	return fmt.Sprintf("Clio refused this server's application: %d (%s)", e.status, e.errorType)
}

func (e *noResponseError) Unwrap() error      { return e.cause }
func (e *invalidResponseError) Unwrap() error { return e.cause }

// newStatusError describes a response that isn't a success. Only its status is relied upon: the body has two formats, and may
// be HTML or empty (Clio's documentation: errors).
func newStatusError(response *http.Response, body []byte, now time.Time) *statusError {
	statusErr := &statusError{status: response.StatusCode, errorType: errorType(body)}
	if statusErr.status == http.StatusTooManyRequests {
		statusErr.retryAt = retryAt(response.Header, now)
	}
	return statusErr
}

// namePattern matches the names from Clio that may be logged.
var namePattern = regexp.MustCompile(`^[A-Za-z_]{1,40}$`)

// errorType returns Clio's name for the error: {"error":{"type":"…"}} or {"error":"…"}.
func errorType(body []byte) string {
	var envelope struct {
		Error json.RawMessage `json:"error"`
	}
	var detailed struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(body, &envelope) != nil {
		return ""
	}
	if json.Unmarshal(envelope.Error, &detailed) != nil && json.Unmarshal(envelope.Error, &detailed.Type) != nil {
		return ""
	}
	return loggableName(detailed.Type)
}

// loggableName returns the text if it is a plain name, else the empty text.
func loggableName(text string) string {
	if !namePattern.MatchString(text) {
		return ""
	}
	return text
}

// hasStatus reports whether the error is a response of Clio's with that status.
func hasStatus(err error, status int) bool {
	var statusErr *statusError
	return errors.As(err, &statusErr) && statusErr.status == status
}

// isDown reports whether the error means that Clio itself is failing: no response, an invalid one, or a 5xx; or that this server's
// application is refused. Both pass by themselves, the latter once the operator has put it right.
func isDown(err error) bool {
	var statusErr *statusError
	var noResponse *noResponseError
	var invalid *invalidResponseError
	if errors.As(err, &statusErr) {
		return statusErr.status >= http.StatusInternalServerError
	}
	var refused *clientRefusedError
	return errors.As(err, &noResponse) || errors.As(err, &invalid) || errors.As(err, &refused)
}

// rateLimitedUntil returns when Clio may be asked again if the error is a 429, else nil.
func rateLimitedUntil(err error) *time.Time {
	var statusErr *statusError
	if errors.As(err, &statusErr) && statusErr.status == http.StatusTooManyRequests {
		return &statusErr.retryAt
	}
	return nil
}

// userError turns the error of a request to Clio into one that users may see. Other errors are returned as they are.
func userError(err error) error {
	var statusErr *statusError
	var noResponse *noResponseError
	var invalid *invalidResponseError
	var grantRefused *grantRefusedError
	var clientRefused *clientRefusedError
	switch {
	case errors.As(err, &clientRefused):
		return unavailable(clientRefused.problem(), err)
	case errors.As(err, &grantRefused):
		return unavailable(grantRefused.connectProblem(), err)
	case errors.As(err, &statusErr):
		return userStatusError(statusErr)
	case errors.As(err, &noResponse):
		return unavailable("Clio did not answer in time or could not be reached. Nothing was changed. Try again later.", err)
	case errors.As(err, &invalid):
		return unavailable("Clio's answer could not be read. Nothing was changed. Try again later.", err)
	}
	return err
}

func userStatusError(statusErr *statusError) *apperr.Error {
	switch status := statusErr.status; {
	case status == http.StatusTooManyRequests:
		return &apperr.Error{
			Code: apperr.ClioRateLimited, Message: "Clio's limit on requests has been reached. Wait a moment, then try again.",
			RetryAt: &statusErr.retryAt, Cause: statusErr,
		}
	case status == http.StatusForbidden:
		return unavailable("Clio does not allow the connected user to read this. Both the Clio application and that user "+
			"need permission to read matters and contacts.", statusErr)
	case status == http.StatusGone:
		return unavailable("Clio no longer supports the API version that this server uses. The server has to be updated.", statusErr)
	case status >= http.StatusInternalServerError:
		return unavailable("Clio is not working at the moment. Nothing was changed. Try again later.", statusErr)
	default:
		return unavailable(fmt.Sprintf("Clio refused the request (HTTP status %d). Nothing was changed.", status), statusErr)
	}
}

func unavailable(message string, cause error) *apperr.Error {
	return &apperr.Error{Code: apperr.ClioUnavailable, Message: message, Cause: cause}
}
