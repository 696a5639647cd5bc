package httpd

import (
	"context"
	"log/slog"
	"net/http"
)

// requestScope is a request and its response, for code that has only the request's context.
type requestScope struct {
	id       string
	request  *http.Request
	response http.ResponseWriter
}

type requestScopeKey struct{}

func withRequestScope(ctx context.Context, scope *requestScope) context.Context {
	return context.WithValue(ctx, requestScopeKey{}, scope)
}

// requestScopeFrom returns nil outside a request.
func requestScopeFrom(ctx context.Context) *requestScope {
	scope, _ := ctx.Value(requestScopeKey{}).(*requestScope)
	return scope
}

// RequestID returns the request's id, which is also in the header X-Request-Id and in the log; empty outside a request.
func RequestID(ctx context.Context) string {
	if scope := requestScopeFrom(ctx); scope != nil {
		return scope.id
	}
	return ""
}

// WithRequestIDs returns a log handler that adds request_id to everything that is logged with the context of a request.
func WithRequestIDs(handler slog.Handler) slog.Handler {
	return requestIDs{handler}
}

type requestIDs struct{ slog.Handler }

var _ slog.Handler = requestIDs{}

func (h requestIDs) Handle(ctx context.Context, record slog.Record) error {
	if id := RequestID(ctx); id != "" {
		record.AddAttrs(slog.String("request_id", id))
	}
	return h.Handler.Handle(ctx, record)
}

func (h requestIDs) WithAttrs(attrs []slog.Attr) slog.Handler {
	return requestIDs{h.Handler.WithAttrs(attrs)}
}

func (h requestIDs) WithGroup(name string) slog.Handler {
	return requestIDs{h.Handler.WithGroup(name)}
}
