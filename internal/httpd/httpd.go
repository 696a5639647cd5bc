// Package httpd is the server as browsers and programs reach it: the addresses, who is asking, what other sites may do,
// health, metrics and the embedded pages.
package httpd

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"watchkeeper/internal/account"
)

// The addresses that have a meaning beyond this package.
const (
	graphqlPath  = "/graphql"
	callbackPath = "/oauth/clio/callback"
)

// Authenticator finds the viewer whose session a token proves.
type Authenticator interface {
	// Authenticate is NOT_FOUND if the token proves no session.
	Authenticate(ctx context.Context, token string) (*account.Viewer, error)
}

// Options are the parts that the server is made of. All are required, but for AllowedOrigins.
type Options struct {
	// GraphQL answers queries, mutations and subscriptions on all its transports.
	GraphQL http.Handler
	// Clio ends a grant of access.
	Clio Connector
	// Accounts tells who is asking.
	Accounts Authenticator
	// Ready is nil when the server can serve; its error is for the log.
	Ready func(ctx context.Context) error
	// Cookies are the ones that GraphQL sets.
	Cookies *Cookies
	// PublicURL is how browsers reach the server: scheme and host alone.
	PublicURL string
	// AllowedOrigins are front ends elsewhere that may use the session's cookie, as scheme://host[:port].
	AllowedOrigins []string
	// Assets are the files of the embedded pages, graphiql.html among them.
	Assets fs.FS
	// Logger's handler is one of WithRequestIDs, so that what belongs to one request can be found.
	Logger *slog.Logger
	// Metrics gets the server's own figures, and is shown at /metrics.
	Metrics *prometheus.Registry
}

// New makes the handler of all addresses (docs/architecture.md#addresses). It fails when the public address or an allowed origin isn't an
// origin.
func New(options Options) (http.Handler, error) {
	origins, err := newOrigins(options.PublicURL, options.AllowedOrigins)
	if err != nil {
		return nil, err
	}
	pages := pages{assets: options.Assets}
	authenticator := &authenticator{accounts: options.Accounts, cookies: options.Cookies, origins: origins, logger: options.Logger}
	api := origins.share(origins.protect(options.Cookies, authenticator.identify(guardBody(options.GraphQL))))

	mux := http.NewServeMux()
	mux.Handle("GET "+graphqlPath, pages.orGraphiQL(api))
	mux.Handle("POST "+graphqlPath, api)
	mux.Handle("OPTIONS "+graphqlPath, origins.share(http.HandlerFunc(preflight)))
	mux.Handle("GET "+callbackPath, authenticator.identify(callback(options.Clio)))
	mux.HandleFunc("GET /healthz", alive)
	mux.Handle("GET /readyz", ready(options.Ready, options.Logger))
	mux.Handle("GET /metrics", promhttp.HandlerFor(options.Metrics, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /assets/{file...}", pages.asset)
	mux.Handle("GET /{$}", http.RedirectHandler(graphqlPath, http.StatusFound))

	observer, err := newObserver(mux, options.Metrics, options.Logger)
	if err != nil {
		return nil, err
	}
	return observer.observe(secure(mux)), nil
}
