package httpd

import (
	"context"
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
