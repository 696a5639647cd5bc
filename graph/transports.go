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

	"watchkeeper/internal/account"
)

const (
	// keepAlive is how often a silent stream says that it is there: proxies drop what is silent for a minute. A WebSocket
	// whose client doesn't answer for twice as long is closed.
	keepAlive = 25 * time.Second
	// initTimeout is how long a WebSocket's client may take to say who it is.
	initTimeout = 10 * time.Second
)

const unknownViewer = "The server can't find out who is asking. Try again later."

// webSocket speaks graphql-transport-ws. Who asks is told by the bearer token in connection_init's Authorization, as a header
// would, else by the request that opened the connection.
func (r *Resolver) webSocket(log *slog.Logger) transport.Websocket {
	patterns := make([]string, len(r.Origins))
	for i, origin := range r.Origins {
		patterns[i] = escapePattern.Replace(origin)
	}
	return transport.Websocket{
		Implementation: transport.CoderWebsocketImplementation{
			AcceptOptions: websocket.AcceptOptions{OriginPatterns: patterns},
		},
		InitTimeout:      initTimeout,
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

// escapePattern makes an origin stand for itself in a pattern.
var escapePattern = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`)

// identify puts whose token it is into ctx; what proves nothing leaves ctx signed out. Without a token ctx stays as it is.
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

// transportInfo is how an operation came.
type transportInfo struct {
	method  string
	streams bool // whether it can have more than one answer
	socket  bool // over a WebSocket, which may have been opened long ago
}

type transportInfoKey struct{}

// withTransport remembers how operations came.
func withTransport(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		socket := transport.Websocket{}.Supports(r)
		came := transportInfo{method: r.Method, streams: socket || transport.SSE{}.Supports(r), socket: socket}
		ctx := context.WithValue(r.Context(), transportInfoKey{}, came)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func transportOf(ctx context.Context) transportInfo {
	w, _ := ctx.Value(transportInfoKey{}).(transportInfo)
	return w
}
