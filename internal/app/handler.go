package app

import (
	"fmt"
	"net/http"

	"watchkeeper/graph"
	"watchkeeper/internal/httpd"
	"watchkeeper/web"
)

// Handler answers the requests to all addresses (docs/architecture.md#addresses). It fails when the public address or an
// allowed origin isn't an origin.
func (a *App) Handler() (http.Handler, error) {
	o := a.options
	var trusted *graph.TrustedDocuments
	if len(o.TrustedDocuments) > 0 {
		var err error
		if trusted, err = graph.ReadTrustedDocuments(o.TrustedDocuments); err != nil {
			return nil, fmt.Errorf("reading the manifest TRUSTED_DOCUMENTS: %w", err)
		}
	}
	cookies, tracer := httpd.NewCookies(o.PublicURL), o.Tracing.Tracer()
	api := graph.NewHandler(&graph.Resolver{
		AccountService: a.Accounts, AuditService: a.Audit, WatchService: a.Watches, ClioService: a.Clio, SyncService: a.Syncs, Cookies: cookies,
		Limits: a.Limits, Requests: a.Requests, Budget: o.Budget, Clock: o.Clock, Trusted: trusted, HidesSchema: o.HidesSchema,
		Origins: append([]string{o.PublicURL}, o.AllowedOrigins...),
	}, graph.Options{Logger: o.Logger, RequestID: httpd.RequestID, Outlive: httpd.Outlive, Observer: a.Metrics, Tracer: tracer})
	console, err := web.Console(o.PublicURL)
	if err != nil {
		return nil, fmt.Errorf("reading the console: %w", err)
	}
	graphiql, err := web.GraphiQL(o.PublicURL)
	if err != nil {
		return nil, fmt.Errorf("reading GraphiQL: %w", err)
	}
	return httpd.New(httpd.Options{
		GraphQL: api, Clio: a.Clio, Accounts: a.Accounts, Ready: o.DB.Ready, Cookies: cookies,
		PublicURL: o.PublicURL, AllowedOrigins: o.AllowedOrigins, TrustedProxies: o.TrustedProxies,
		Console: console, GraphiQL: graphiql, Logger: o.Logger, Observer: a.Metrics, Tracer: tracer,
	})
}
