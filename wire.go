package main

import (
	"context"
	"net/http"
	"time"

	"watchkeeper/internal/app"
	"watchkeeper/internal/clio"
)

// wire makes the server's parts from its settings.
func (s server) wire(ctx context.Context, d *database) (http.Handler, *app.Background, error) {
	keys, err := s.keyring()
	if err != nil {
		return nil, nil, err
	}
	parts := app.New(app.Options{
		DB: d.DB, Clock: d.Clock(), Logger: s.log,
		PublicURL: s.settings.PublicURL, AllowedOrigins: s.settings.AllowedOrigins,
		Clio: clio.Config{
			ClientID: s.settings.Clio.ClientID, ClientSecret: string(s.settings.Clio.ClientSecret),
			Region: s.settings.Clio.Region, BaseURL: s.settings.Clio.BaseURL,
		},
		Keys: keys, Transport: http.DefaultTransport,
		TrustedProxies: s.settings.TrustedProxies, TrustedDocuments: s.settings.TrustedDocuments, HidesSchema: s.settings.HidesSchema,
		OpenSignUp: s.settings.OpenSignUp,
	})
	if err := parts.Clio.CheckKeys(ctx); err != nil {
		return nil, nil, err
	}
	background, err := parts.Background(app.BackgroundOptions{
		TakeOverAfter: s.settings.TakeOverAfter, KeepResults: time.Duration(s.settings.RetentionDays) * 24 * time.Hour,
	})
	if err != nil {
		return nil, nil, err
	}
	handler, err := parts.Handler()
	return handler, background, err
}
