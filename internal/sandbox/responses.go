package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
)

const jsonType = "application/json; charset=utf-8"

// apiError is an error response in Clio's format (Clio's documentation: errors).
type apiError struct {
	status    int
	errorType string // error.type
	message   string
}

// argumentError is Clio's response to an invalid parameter. Clio documents the type only for offsets.
func argumentError(message string) *apiError {
	return &apiError{status: http.StatusUnprocessableEntity, errorType: "ArgumentError", message: message}
}

var (
	errUnauthorized = &apiError{http.StatusUnauthorized, "UnauthorizedError", "User is not authorized"}
	errForbidden    = &apiError{http.StatusForbidden, "ForbiddenError", "User is forbidden from taking that action"}
	errNotFound     = &apiError{http.StatusNotFound, "NotFoundError", "The requested resource could not be found"}
	errRateLimited  = &apiError{http.StatusTooManyRequests, "RateLimited", "Rate limit exceeded"}
	errGone         = &apiError{http.StatusGone, "InvalidVersion", "The requested API version is not available"}
)

func (e *apiError) write(w http.ResponseWriter) {
	writeJSON(w, e.status, map[string]any{"error": map[string]string{"type": e.errorType, "message": e.message}})
}

// writeInvalidToken writes the 401 for a well-formed token that is expired, revoked or unknown.
func writeInvalidToken(w http.ResponseWriter) {
	const about = "The access token provided is expired, revoked, malformed or invalid for other reasons."
	w.Header().Set("WWW-Authenticate", `Bearer realm="Clio", error="invalid_token", error_description="`+about+`"`)
	writeJSON(w, http.StatusUnauthorized, map[string]string{"error": "invalid_token", "error_description": about})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		http.Error(w, "the sandbox could not write its response", http.StatusInternalServerError)
		return
	}
	writeBody(w, status, jsonType, data)
}

// writeBody sends the response. Errors of a client that has disconnected are ignored.
func writeBody(w http.ResponseWriter, status int, contentType string, body []byte) {
	if len(body) > 0 {
		w.Header().Set("Content-Type", contentType)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
