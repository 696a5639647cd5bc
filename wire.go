package main

import (
	"context"
	"net/http"
	"time"

	"watchkeeper/internal/app"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/tracing"
)

// parts are what a server runs.
type parts struct {
	handler    http.Handler
	metrics    http.Handler
	background *app.Background
}

// cacheSessions is how long what a session showed may be used again. It is forgotten sooner where it ends.
const cacheSessions = 2 * time.Second

// wire makes the server's parts from its settings.
func (s *server) wire(ctx context.Context, d *database, traces *tracing.Tracing) (parts, error) {
	keys, err := s.keyring()
	if err != nil {
		return parts{}, err
	}
	services := app.New(app.Options{
		DB: d.DB, Clock: d.Clock(), Logger: s.log,
		PublicURL: s.settings.PublicURL, AllowedOrigins: s.settings.AllowedOrigins,
		Clio: clio.Config{
			ClientID: s.settings.Clio.ClientID, ClientSecret: string(s.settings.Clio.ClientSecret),
			Region: s.settings.Clio.Region, BaseURL: s.settings.Clio.BaseURL,
		},
		Keys: keys, Transport: http.DefaultTransport, Tracing: traces,
		TrustedProxies: s.settings.TrustedProxies, TrustedDocuments: s.settings.TrustedDocuments, HidesSchema: s.settings.HidesSchema,
		OpenSignUp: s.settings.OpenSignUp, Budget: s.settings.Budget, CacheSessions: cacheSessions,
	})
	if err := services.Clio.CheckKeys(ctx); err != nil {
		return parts{}, err
	}
	background, err := services.Background(app.BackgroundOptions{
		TakeOverAfter: s.settings.TakeOverAfter, KeepResults: time.Duration(s.settings.RetentionDays) * 24 * time.Hour,
	})
	if err != nil {
		return parts{}, err
	}
	handler, err := services.Handler()
	return parts{handler: handler, metrics: services.Metrics.Handler(s.log), background: background}, err
}
