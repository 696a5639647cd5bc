package graph

import (
	"context"
	"log/slog"
	"maps"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
	"go.opentelemetry.io/otel/trace"

	"watchkeeper/graph/exec"
)

// Options are what the API needs besides the services.
type Options struct {
	// Logger has a handler made by logging.NewHandler.
	Logger *slog.Logger
	// RequestID returns the id of the request that ctx belongs to.
	RequestID func(ctx context.Context) string
	// Outlive returns ctx without its end when the client disconnects.
	Outlive func(ctx context.Context) (context.Context, context.CancelFunc)
	// Observer is told of operations.
	Observer Observer
	// Tracer makes spans of operations.
	Tracer trace.Tracer
}

// NewHandler serves the API by POST and GET, and subscriptions over server-sent events and WebSockets. The server around it puts the
// viewer into the request's context, and lifts the deadlines of streams.
func NewHandler(resolver *Resolver, options Options) http.Handler {
	return newHandler(resolver, exec.DirectiveRoot{Auth: auth}, options)
}

func newHandler(resolver *Resolver, directives exec.DirectiveRoot, options Options) http.Handler {
	log := options.Logger
	registerCodes()
	config := exec.Config{Schema: schema(), Resolvers: resolver, Directives: directives}
	costs(&config.Complexity)
	parsed := newDocumentCache()
	budgets := newBudgets(resolver.Limits, resolver.Budget, resolver.Clock, log)
	validations := newValidations(parsed, budgets)
	server := handler.New(exec.NewExecutableSchema(config))
	for _, each := range []graphql.Transport{
		resolver.webSocket(log), eventStream{transport.SSE{KeepAlivePingInterval: keepAlive}}, httpTransport{},
	} {
		server.AddTransport(validations.bound(each))
	}
	server.SetQueryCache(parsed)
	server.SetParserTokenLimit(maxTokens)
	server.SetErrorPresenter(presenter(resolver.Clock, log))
	server.SetRecoverFunc(recovered(log))
	server.AroundOperations(options.aroundOperations)
	server.AroundOperations(resolver.aroundOperations(log))
	server.AroundOperations(newCallers(resolver.Clock).around)
	server.AroundResponses(options.aroundResponses)
	server.AroundResponses(limitErrors)
	server.AroundResponses(budgets.tellCost)
	server.AroundResponses((&idempotent{requests: resolver.Requests, outlive: options.Outlive, log: log}).aroundResponses)
	server.AroundResponses(limitAnswer)
	server.AroundResponses(resolver.aroundResponses)
	server.AroundRootFields(resolver.aroundRootFields)
	server.Use(extension.Introspection{})
	server.SetDisableSuggestion(resolver.HidesSchema)
	server.Use(&limits{documents: parsed, budgets: budgets, trusted: resolver.Trusted, hidesSchema: resolver.HidesSchema})
	return withTransport(parsed, resolver.Trusted, server)
}

// schema is the API's, without @defer: gqlparser declares it, but no transport here can send what comes later.
func schema() *ast.Schema {
	copied := *exec.NewExecutableSchema(exec.Config{}).Schema()
	copied.Directives = maps.Clone(copied.Directives)
	delete(copied.Directives, "defer")
	return &copied
}
