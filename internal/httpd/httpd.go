// Package httpd serves HTTP: routes, authentication, cross-origin rules, health and the embedded pages.
package httpd

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"

	"go.opentelemetry.io/otel/trace"

	"watchkeeper/internal/account"
)

// The paths that are used outside of this package too.
const (
	graphqlPath  = "/graphql"
	graphiqlPath = "/graphiql"
	callbackPath = "/oauth/clio/callback"
)

// ownPaths are those that the console's page isn't served at, nor below: the server's, and /metrics, which a proxy may have there.
var ownPaths = []string{graphqlPath, graphiqlPath, "/oauth", "/healthz", "/readyz", "/metrics"}

// Authenticator returns the viewer of a token's session.
type Authenticator interface {
	// Authenticate is NOT_FOUND if the token proves no session.
	Authenticate(ctx context.Context, token string) (*account.Viewer, error)
}

// Options are the parts of the server. All are required except AllowedOrigins and TrustedProxies.
type Options struct {
	// GraphQL serves queries, mutations and subscriptions on all transports.
	GraphQL http.Handler
	// Clio completes authorizations.
	Clio Connector
	// Accounts authenticates requests.
	Accounts Authenticator
	// Ready returns nil if the server can handle requests. Its error is only logged.
	Ready func(ctx context.Context) error
	// Cookies are the cookies that GraphQL sets.
	Cookies *Cookies
	// PublicURL is how browsers reach the server: scheme and host.
	PublicURL string
	// AllowedOrigins are front ends on other origins that may use the session cookie, as scheme://host[:port].
	AllowedOrigins []string
	// TrustedProxies are the networks whose X-Forwarded-For is believed.
	TrustedProxies []netip.Prefix
	// Console serves the console's files and, at all addresses but ownPaths, its page. GraphiQL serves that page and its files.
	Console, GraphiQL http.Handler
	// Logger has a handler made by logging.NewHandler, so that the log entries of a request can be found.
	Logger *slog.Logger
	// Observer is told of every request.
	Observer Observer
	// Tracer makes spans of the requests that people and programs send: not of health checks and files.
	Tracer trace.Tracer
}

// New returns the handler of all addresses (docs/architecture.md#addresses). It fails if PublicURL or an allowed origin isn't a
// valid origin.
func New(options Options) (http.Handler, error) {
	origins, err := newOrigins(options.PublicURL, options.AllowedOrigins)
	if err != nil {
		return nil, err
	}
	authenticator := &authenticator{accounts: options.Accounts, cookies: options.Cookies, origins: origins, logger: options.Logger}
	named := func(next http.Handler) http.Handler {
		return checkHost(options.PublicURL, options.AllowedOrigins, next)
	}
	identify := func(next http.Handler) http.Handler {
		return clients(options.Cookies, options.TrustedProxies, authenticator.identify(next))
	}
	api := named(ignoreUpgrades(origins.cors(origins.checkOrigin(options.Cookies, identify(options.GraphQL)))))

	console, graphiql := named(options.Console), named(options.GraphiQL)

	mux := http.NewServeMux()
	mux.Handle("GET "+graphqlPath, toGraphiQLOr(api))
	mux.Handle("POST "+graphqlPath, api)
	mux.Handle("OPTIONS "+graphqlPath, origins.cors(http.HandlerFunc(preflight)))
	mux.Handle("GET "+callbackPath, named(identify(callback(options.Clio))))
	mux.HandleFunc("GET /healthz", healthz)
	mux.Handle("GET /readyz", readyz(options.Ready, options.Logger))
	mux.Handle("GET "+graphiqlPath, graphiql)
	mux.Handle("GET "+graphiqlPath+"/{file...}", graphiql)
	mux.Handle("GET /assets/{file...}", console)
	mux.Handle("GET /", notBelow(ownPaths, console))

	compressed, err := compress(securityHeaders(options.PublicURL, mux))
	if err != nil {
		return nil, err
	}
	observer := &observer{mux: mux, logger: options.Logger, told: options.Observer, tracer: options.Tracer}
	return observer.observe(compressed), nil
}
