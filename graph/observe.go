package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"watchkeeper/internal/apperr"
)

// Observer is told of operations, for metrics. It may be called concurrently.
type Observer interface {
	// OperationStarted is called with query, mutation or subscription before one is executed; ended is called once.
	OperationStarted(kind string) (ended func())
	// ErrorSent is called with the code of each top-level error, of refused operations too.
	ErrorSent(code string)
}

// aroundOperations tells the Observer when operations begin and end, and makes spans of them: a query or mutation ends with its response,
// a subscription with its last one or its context, whichever comes first.
func (o Options) aroundOperations(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx).Operation
	ctx, span := o.startSpan(ctx, operation)
	told := o.Observer.OperationStarted(string(operation.Operation))
	ended := sync.OnceFunc(func() {
		told()
		span.End()
	})
	if operation.Operation == ast.Subscription {
		context.AfterFunc(ctx, ended)
	}
	responses := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		response := responses(ctx)
		o.identifyErrors(ctx, response) // also of one that wasn't executed, as its session has ended
		if response == nil || operation.Operation != ast.Subscription {
			ended()
		}
		return response
	}
}

// maxOperationName is how much of the name that a client gave an operation a span shows.
const maxOperationName = 100

// startSpan begins the span of an operation, which has neither its document nor its variables.
func (o Options) startSpan(ctx context.Context, operation *ast.OperationDefinition) (context.Context, trace.Span) {
	kind := string(operation.Operation)
	ctx, span := o.Tracer.Start(ctx, kind)
	if span.IsRecording() {
		name := operation.Name[:min(len(operation.Name), maxOperationName)]
		span.SetAttributes(attribute.String("graphql.operation.type", kind), attribute.String("graphql.operation.name", name))
	}
	return ctx, span
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
	span := trace.SpanFromContext(ctx) // the request's, where the operation was refused
	span.SetAttributes(attribute.String("graphql.error.code", code))
	if code == string(apperr.Internal) {
		span.SetStatus(codes.Error, "")
	}
}
