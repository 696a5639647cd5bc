package graph

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

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

// transportInfo is how an operation was sent.
type transportInfo struct {
	method  string
	streams bool // whether there can be more than one response
	socket  bool // whether by WebSocket, which may have been opened long ago
	// header is the response's, as long as it can be changed; nil for a WebSocket.
	header http.Header
}

// retryAfter is the header that says in how many seconds to try again (RFC 9110, 10.2.3).
const retryAfter = "Retry-After"

type transportInfoKey struct{}

// withTransport puts transportInfo into the contexts of requests.
func withTransport(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		socket := transport.Websocket{}.Supports(r)
		info := transportInfo{method: r.Method, streams: socket || transport.SSE{}.Supports(r), socket: socket}
		if !info.streams {
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
