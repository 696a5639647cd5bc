package graph_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/app"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/syncer"
)

// handler is a whole server's, whose services the tests reach too.
func (s *stage) handler(db *postgres.DB) http.Handler {
	parts := s.app(db, s.config())
	parts.Listener.Start(s.t.Context())
	s.t.Cleanup(parts.Listener.Stop)
	s.listener, s.clioService, s.syncs, s.logins, s.metrics = parts.Listener, parts.Clio, parts.Syncs, parts.Logins, parts.Metrics
	handler, err := parts.Handler()
	require.NoError(s.t, err)
	return handler
}

// waitForListener returns once the server hears of changes. When it begins to, it looks up anew whatever it remembers.
func (s *stage) waitForListener() {
	s.t.Helper()
	heard, cancel := s.listener.Subscribe(account.UserTopic("nobody"))
	defer cancel() // waits until all others have the signal, too
	_, err := s.db.Pool().Exec(s.t.Context(), "SELECT pg_notify('watchkeeper', 'user nobody')")
	require.NoError(s.t, err)
	select {
	case <-heard:
	case <-time.After(10 * time.Second):
		require.Fail(s.t, "the server doesn't listen")
	}
}

// config is how the servers are known to Clio.
func (s *stage) config() clio.Config {
	return clio.Config{ClientID: "app", ClientSecret: "secret", Region: "us", BaseURL: s.clioURL}
}

// app are a replica's services on the database.
func (s *stage) app(db *postgres.DB, config clio.Config) *app.App {
	keys, err := clio.NewKeyring([][]byte{bytes.Repeat([]byte{7}, 32)})
	require.NoError(s.t, err)
	options := app.Options{
		DB: db, Clock: s.clock, Logger: slog.New(slog.NewTextHandler(logOutput(), nil)),
		PublicURL: s.address, AllowedOrigins: []string{frontEnd},
		Clio: config, Keys: keys, Transport: &http.Transport{DisableKeepAlives: true}, Tracing: s.tracing,
		OpenSignUp: true, Account: []account.Option{account.WithHashCost(account.HashCost{Memory: 8, Time: 1, Threads: 1})},
	}
	if s.options != nil {
		s.options(&options)
	}
	return app.New(options)
}

// replica is the syncs of another server on the same database, with connections of its own.
func (s *stage) replica() *syncer.Service { return s.replicaWith(s.config()) }

func (s *stage) replicaWith(config clio.Config) *syncer.Service {
	return s.app(pgtest.OpenURL(s.t, s.url, postgres.WithMaxConns(4)), config).Syncs
}
