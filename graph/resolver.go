// Package graph is the API: a schema file (schema/) and a resolver file per topic. A resolver reads the viewer, calls one
// service and returns what it said; errors.go alone decides what a caller sees of an error.
package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"watchkeeper/internal/account"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// Cookies are set and cleared on the answer to the request that ctx belongs to.
type Cookies interface {
	// SetSession lets the browser keep a session.
	SetSession(ctx context.Context, token string)
	// ClearSession lets the browser forget its session.
	ClearSession(ctx context.Context)
	// SetAuthorization lets the browser prove, for ten minutes, that it began to connect Clio.
	SetAuthorization(ctx context.Context, secret string)
}

// Resolver has the services that the API stands on.
type Resolver struct {
	AccountService *account.Service
	WatchService   *watch.Service
	ClioService    *clio.Service
	SyncService    *syncer.Service
	Cookies        Cookies
	// Origins are those of the pages that may open WebSockets, beside pages of the host that is asked: as scheme://host[:port].
	Origins []string
}

// values are what the pointers point to.
func values[T any](pointers []*T) []T {
	all := make([]T, len(pointers))
	for i, pointer := range pointers {
		all[i] = *pointer
	}
	return all
}

// userAgent is what the browser or program that asks calls itself.
func userAgent(ctx context.Context) string {
	return graphql.GetOperationContext(ctx).Headers.Get("User-Agent")
}
