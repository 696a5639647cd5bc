package graph

import (
	"log/slog"
	"maps"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"watchkeeper/graph/exec"
)

// NewHandler serves the API by POST and GET, and subscriptions over server-sent events and WebSockets. The server around it puts the
// viewer into the request's context, limits the body, and lifts the deadlines of streams.
func NewHandler(resolver *Resolver, log *slog.Logger) http.Handler {
	return newHandler(resolver, exec.DirectiveRoot{Auth: auth}, log)
}

func newHandler(resolver *Resolver, directives exec.DirectiveRoot, log *slog.Logger) http.Handler {
	registerCodes()
	config := exec.Config{Schema: schema(), Resolvers: resolver, Directives: directives}
	costs(&config.Complexity)
	parsed := newDocumentCache()
	budgets := newBudgets(resolver.Limits, resolver.Clock, log)
	validations := newValidations(parsed, budgets)
	server := handler.New(exec.NewExecutableSchema(config))
	for _, each := range []graphql.Transport{
		resolver.webSocket(log), transport.SSE{KeepAlivePingInterval: keepAlive}, // before httpTransport, which would take its requests
		httpTransport{},
	} {
		server.AddTransport(validations.bound(each))
	}
	server.SetQueryCache(parsed)
	server.SetParserTokenLimit(maxTokens)
	server.SetErrorPresenter(presenter(resolver.Clock, log))
	server.SetRecoverFunc(recovered(log))
	server.AroundOperations(resolver.aroundOperations(log))
	server.AroundOperations(newCallers(resolver.Clock).around)
	server.AroundResponses(limitErrors)
	server.AroundResponses(limitAnswer)
	server.AroundFields(limitText)
	server.AroundResponses(budgets.tellCost)
	server.AroundResponses(resolver.aroundResponses)
	server.AroundRootFields(resolver.aroundRootFields)
	server.Use(extension.Introspection{})
	server.SetDisableSuggestion(resolver.HidesSchema)
	server.Use(&limits{documents: parsed, budgets: budgets, trusted: resolver.Trusted, hidesSchema: resolver.HidesSchema})
	return negotiate(parsed, resolver.Trusted, withTransport(server))
}

// schema is the API's, without @defer: gqlparser declares it, but no transport here can send what comes later.
func schema() *ast.Schema {
	copied := *exec.NewExecutableSchema(exec.Config{}).Schema()
	copied.Directives = maps.Clone(copied.Directives)
	delete(copied.Directives, "defer")
	return &copied
}
