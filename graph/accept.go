package graph

import (
	"context"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/munnerz/goautoneg"
	"github.com/vektah/gqlparser/v2/ast"
)

// The media types of responses.
const (
	jsonType     = "application/json"
	responseType = "application/graphql-response+json"
	streamType   = "text/event-stream"
)

// negotiate chooses the media type of the response to an operation, or to none (nil). Clients name event streams among others in every
// request: only a subscription by POST gets one, and other operations if the client accepts nothing else.
func negotiate(parsed *documentCache, trusted *TrustedDocuments, r *http.Request, sent *graphql.RawParams) string {
	single, streams := accepted(strings.Join(r.Header.Values("Accept"), ","))
	switch canStream := streams && r.Method == http.MethodPost && sent != nil; {
	case canStream && (single == "" || subscribes(r.Context(), parsed, trusted, sent)):
		return streamType
	case single == "":
		return jsonType
	default:
		return single
	}
}

func subscribes(ctx context.Context, parsed *documentCache, trusted *TrustedDocuments, sent *graphql.RawParams) bool {
	return parsed.kindOf(ctx, trusted.textOf(sent.Query, sent.Extensions), sent.OperationName) == ast.Subscription
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
