package graph

import (
	"context"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"watchkeeper/internal/account"
)

func operation(ctx context.Context, user string, kind ast.Operation) context.Context {
	ctx = graphql.WithOperationContext(ctx, &graphql.OperationContext{Operation: &ast.OperationDefinition{Operation: kind}})
	if user == "" {
		return ctx
	}
	return account.WithViewer(ctx, &account.Viewer{User: &account.User{ID: user}})
}

func TestACallersOperationsTakeTurns(t *testing.T) {
	callers := newCallers(clockwork.NewFakeClock())
	executing, finish := make(chan struct{}), make(chan struct{})
	work := func(context.Context) graphql.ResponseHandler {
		return func(context.Context) *graphql.Response {
			executing <- struct{}{}
			<-finish
			return &graphql.Response{}
		}
	}
	responses := make(chan *graphql.Response)
	begin := func(user string) {
		ctx := operation(t.Context(), user, ast.Query)
		go func() { responses <- callers.around(ctx, work)(ctx) }()
	}
	for range operationsAtOnce + operationsWaiting + 1 {
		begin("ada")
	}
	for range operationsAtOnce {
		<-executing
	}
	refused := <-responses // one is too many
	require.Equal(t, "RATE_LIMITED", refused.Errors[0].Extensions["code"])
	begin("bob")
	<-executing // somebody else doesn't wait

	for range operationsAtOnce + 1 {
		finish <- struct{}{}
		require.Empty(t, (<-responses).Errors)
	}
	for range operationsWaiting {
		<-executing
		finish <- struct{}{}
		require.Empty(t, (<-responses).Errors)
	}
	require.Empty(t, callers.of)
}

func TestACallerFollowsFiftyThingsAtOnce(t *testing.T) {
	callers := newCallers(clockwork.NewFakeClock())
	endless := func(context.Context) graphql.ResponseHandler { return nil }
	ctx, cancel := context.WithCancel(operation(t.Context(), "ada", ast.Subscription))
	for range streamsAtOnce {
		require.Nil(t, callers.around(ctx, endless))
	}
	refused := callers.around(ctx, endless)(ctx)
	require.Equal(t, "RATE_LIMITED", refused.Errors[0].Extensions["code"])
	cancel()
	require.Eventually(t, func() bool {
		callers.mu.Lock()
		defer callers.mu.Unlock()
		return len(callers.of) == 0
	}, 20*time.Second, time.Millisecond)
}
