package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Observer is told of operations, for metrics. It may be called concurrently.
type Observer interface {
	// OperationStarted is called with query, mutation or subscription before one is executed; ended is called once.
	OperationStarted(kind string) (ended func())
	// ErrorSent is called with the code of each top-level error, of refused operations too.
	ErrorSent(code string)
}

// aroundOperations tells the Observer when operations begin and end: a query or mutation with its response, a subscription with its last
// one or its context, whichever comes first.
func (o Options) aroundOperations(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	kind := graphql.GetOperationContext(ctx).Operation.Operation
	ended := sync.OnceFunc(o.Observer.OperationStarted(string(kind)))
	if kind == ast.Subscription {
		context.AfterFunc(ctx, ended)
	}
	responses := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		response := responses(ctx)
		if response == nil || kind != ast.Subscription {
			ended()
		}
		o.identifyErrors(ctx, response) // also of one that wasn't executed, as its session has ended
		return response
	}
}

// aroundResponses sees the responses to operations that were refused, too.
func (o Options) aroundResponses(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	o.identifyErrors(ctx, response)
	return response
}

// identifyErrors puts the request's id into the errors, and tells the Observer of them; not twice.
func (o Options) identifyErrors(ctx context.Context, response *graphql.Response) {
	if response == nil {
		return
	}
	for _, problem := range response.Errors {
		if _, done := problem.Extensions[errorRequestID]; !done {
			o.identify(ctx, problem)
		}
	}
}

// identify changes the error itself: over a WebSocket, gqlgen sends those that it handed to the presenter, not the response's.
func (o Options) identify(ctx context.Context, problem *gqlerror.Error) {
	if problem.Extensions == nil {
		problem.Extensions = map[string]any{}
	}
	problem.Extensions[errorRequestID] = o.RequestID(ctx)
	code, _ := problem.Extensions[errorCode].(string)
	o.Observer.ErrorSent(code)
}
