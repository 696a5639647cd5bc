package httpd

import (
	"context"
	"log/slog"
	"net/http"
)

// requestScope is a request and its answer, for what has only the context of it.
type requestScope struct {
	id      string
	request *http.Request
	answer  http.ResponseWriter
}

type requestScopeKey struct{}

func withRequestScope(ctx context.Context, e *requestScope) context.Context {
	return context.WithValue(ctx, requestScopeKey{}, e)
}

// requestScopeFrom is nil outside a request.
func requestScopeFrom(ctx context.Context) *requestScope {
	e, _ := ctx.Value(requestScopeKey{}).(*requestScope)
	return e
}

// RequestID is the id that the answer's X-Request-Id and the log give the request; empty outside a request.
func RequestID(ctx context.Context) string {
	if e := requestScopeFrom(ctx); e != nil {
		return e.id
	}
	return ""
}

// WithRequestIDs makes a log handler that adds request_id to what is logged in the context of a request.
func WithRequestIDs(handler slog.Handler) slog.Handler {
	return requestIDs{handler}
}

type requestIDs struct{ slog.Handler }

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
