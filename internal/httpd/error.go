package httpd

import (
	"encoding/json"
	"net/http"

	"watchkeeper/internal/apperr"
)

// writeError writes a GraphQL response with one top-level error, which names the request as the header does.
func writeError(w http.ResponseWriter, status int, code apperr.Code, message string) {
	type extensions struct {
		Code      apperr.Code `json:"code"`
		RequestID string      `json:"requestId,omitempty"`
	}
	type problem struct {
		Message    string     `json:"message"`
		Extensions extensions `json:"extensions"`
	}
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string][]problem{"errors": {{message, extensions{code, header.Get(requestIDHeader)}}}}) // an error means that the client has disconnected
}
