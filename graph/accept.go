package graph

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/munnerz/goautoneg"
	"github.com/vektah/gqlparser/v2/ast"
)

// The media types of responses.
const (
	jsonType     = "application/json"
	responseType = "application/graphql-response+json"
	streamType   = "text/event-stream"
)

// negotiate chooses the media type of the response, and puts it alone into the Accept header, by which gqlgen chooses the transport.
// Clients name event streams among others in every request: only a subscription gets one, unless the client accepts nothing else.
func negotiate(parsed *documentCache, trusted *TrustedDocuments, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		single, streams := accepted(strings.Join(r.Header.Values("Accept"), ","))
		chosen := single
		if streams && (single == "" || subscribes(parsed, trusted, r)) {
			chosen = streamType
		}
		if chosen != "" {
			r = r.Clone(r.Context())
			r.Header.Set("Accept", chosen)
		}
		next.ServeHTTP(w, r)
	})
}

// accepted reads an Accept header: the type of a single response that the client likes best, empty for none, and whether it takes a
// stream. Wildcards stand for JSON: a client that takes a stream says so.
func accepted(header string) (single string, streams bool) {
	for _, clause := range goautoneg.ParseAccept(header) { // sorted by preference
		if clause.Q <= 0 {
			continue
		}
		switch mediaType := strings.ToLower(clause.Type + "/" + clause.SubType); {
		case mediaType == streamType:
			streams = true
		case single != "":
		case mediaType == jsonType, mediaType == responseType:
			single = mediaType
		case mediaType == "*/*", mediaType == "application/*":
			single = jsonType
		}
	}
	return single, streams
}

// subscribes reports whether a request asks for a subscription. Its body can be read again afterwards.
func subscribes(parsed *documentCache, trusted *TrustedDocuments, r *http.Request) bool {
	if r.Method != http.MethodPost {
		return false
	}
	body, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	var sent struct {
		Query, OperationName string
		Extensions           map[string]any
	}
	if err != nil || json.Unmarshal(body, &sent) != nil {
		return false
	}
	return parsed.kindOf(r.Context(), trusted.textOf(sent.Query, sent.Extensions), sent.OperationName) == ast.Subscription
}
