package graph

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"watchkeeper/internal/account"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

type loadersKey struct{}

// withLoaders returns ctx with loaders of its own.
func (r *Resolver) withLoaders(ctx context.Context) context.Context {
	shown := sync.OnceValue(func() watch.Shown { return shownBy(graphql.GetOperationContext(ctx).Operation) })
	firmID := ""
	if who := account.ViewerFrom(ctx); who != nil {
		firmID = who.Firm.ID
	}
	slot := new(atomic.Pointer[loaders])
	slot.Store(r.newLoaders(firmID, shown))
	return context.WithValue(ctx, loadersKey{}, slot)
}

// loadersOf returns the loaders of the response that ctx belongs to.
func loadersOf(ctx context.Context) *loaders {
	return ctx.Value(loadersKey{}).(*atomic.Pointer[loaders]).Load()
}

// sharedLoadersOf is loadersOf for what is read for a run or a status. Where those are followed, it gives the response the loaders of all who
// follow them and show as much of watches, so that what hangs on a reading is read once. Nothing that these loaders read is of one viewer alone.
func sharedLoadersOf(ctx context.Context, shared *syncer.Shared) *loaders {
	own := loadersOf(ctx)
	if shared == nil {
		return own
	}
	shown := own.shown()
	all := shared.Get(shown, func() any {
		l := own.newLoaders(own.firmID, func() watch.Shown { return shown })
		l.share()
		return l
	}).(*loaders)
	ctx.Value(loadersKey{}).(*atomic.Pointer[loaders]).Store(all)
	return all
}

// share prepares the loaders of what hangs on runs and statuses for several responses.
func (l *loaders) share() {
	l.watches.shared, l.runs.shared, l.users.shared, l.conflicts.shared, l.edits.shared, l.integrations.shared = true, true, true, true, true, true
	l.histories.shared, l.results.shared, l.counts.shared = true, true, true
}

// aroundResponses gives every response its loaders, and so each one of a subscription.
func (r *Resolver) aroundResponses(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return next(r.withLoaders(ctx))
}

// aroundRootFields gives every mutation its loaders, so that it sees what those before it changed, and so every field of the query in its
// payload.
func (r *Resolver) aroundRootFields(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation {
		ctx = r.withLoaders(withMutated(ctx))
	}
	return next(ctx)
}
