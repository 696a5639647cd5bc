package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/coder/websocket"

	"watchkeeper/graph/socket"
	"watchkeeper/internal/account"
)

const (
	// keepAlive is how often a stream without events is pinged: proxies close connections that are silent for a minute. A WebSocket
	// whose client doesn't answer for twice as long is closed.
	keepAlive = 25 * time.Second
	// initTimeout is how long a WebSocket's client may take to send connection_init.
	initTimeout = 5 * time.Second
)

const unknownViewer = "The server can't check your sign-in at the moment. Try again later."

// webSocket speaks graphql-transport-ws. The viewer is the one whose bearer token is in connection_init's Authorization, written as in
// a header; without one, the viewer of the request that opened the connection.
func (r *Resolver) webSocket(log *slog.Logger) transport.Websocket {
	patterns := make([]string, len(r.Origins))
	for i, origin := range r.Origins {
		patterns[i] = escapePattern.Replace(origin)
	}
	return transport.Websocket{
		Implementation: socket.Implementation{
			Options: websocket.AcceptOptions{OriginPatterns: patterns}, InitTimeout: initTimeout,
		},
		PingPongInterval: keepAlive,
		InitFunc: func(ctx context.Context, initPayload transport.InitPayload) (context.Context, *transport.InitPayload, error) {
			ctx, err := r.identify(ctx, initPayload.Authorization())
			if err != nil {
				log.ErrorContext(ctx, "finding out who is asking", "error", err)
				return ctx, nil, errors.New(unknownViewer) //nolint:staticcheck // for people
			}
			return ctx, nil, nil
		},
		ErrorFunc: func(ctx context.Context, err error) {
			log.DebugContext(ctx, "a WebSocket was interrupted", "error", err)
		},
	}
}

// escapePattern makes a pattern that matches an origin literally.
var escapePattern = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`)

// identify puts the viewer whose token it is into ctx, and nobody for a token that isn't valid. Without a token ctx stays as it is.
func (r *Resolver) identify(ctx context.Context, authorization string) (context.Context, error) {
	scheme, token, _ := strings.Cut(authorization, " ")
	token = strings.TrimSpace(token)
	if token == "" || !strings.EqualFold(scheme, "Bearer") {
		return ctx, nil
	}
	who, err := nullIfAbsent(r.AccountService.Authenticate(ctx, token))
	if err != nil {
		return ctx, err
	}
	return account.WithViewer(ctx, who), nil
}

// eventStream sends server-sent events, to the requests for which they were chosen.
type eventStream struct{ transport.SSE }

func (eventStream) Supports(r *http.Request) bool {
	return transportOf(r.Context()).mediaType == streamType
}

// Do hands on what was read before, which gqlgen reads from the body.
func (s eventStream) Do(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor) {
	body, _ := json.Marshal(transportOf(r.Context()).params) // never fails: it was JSON before
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.SSE.Do(w, r, executor)
}

// transportInfo is what was sent, and how.
type transportInfo struct {
	method string
	// params are the operation that a request is, or problem why there is none; neither of a WebSocket's.
	params    *graphql.RawParams
	problem   *badRequest
	mediaType string // of the response; empty for a WebSocket
	streams   bool   // whether there can be more than one response
	socket    bool   // whether by WebSocket, which may have been opened long ago
	// header is the response's, as long as it can be changed; nil for a WebSocket.
	header http.Header
}

// retryAfter is the header that says in how many seconds to try again (RFC 9110, 10.2.3).
const retryAfter = "Retry-After"

type transportInfoKey struct{}

// withTransport reads requests once and for all, and puts transportInfo into their contexts. No response may be stored.
func withTransport(parsed *documentCache, trusted *TrustedDocuments, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		info := transportInfo{method: r.Method, socket: transport.Websocket{}.Supports(r)}
		if !info.socket {
			info.params, info.problem = readRequest(w, r)
			info.mediaType = negotiate(parsed, trusted, r, info.params)
		}
		if info.streams = info.socket || info.mediaType == streamType; !info.streams {
			info.header = w.Header()
		}
		ctx := context.WithValue(r.Context(), transportInfoKey{}, info)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func transportOf(ctx context.Context) transportInfo {
	info, _ := ctx.Value(transportInfoKey{}).(transportInfo)
	return info
}
