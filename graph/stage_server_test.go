package graph_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"os"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"watchkeeper/graph"
	"watchkeeper/internal/account"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/httpd"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

func (s *stage) handler(db *postgres.DB) http.Handler {
	log := slog.New(slog.NewTextHandler(logOutput(), nil))
	listener := postgres.NewListener(db, s.clock, log)
	listener.Start(s.t.Context())
	s.t.Cleanup(listener.Stop)
	var watches *watch.Service
	s.clioService, watches, s.syncs = s.services(db, listener, log, s.config())
	s.logins = syncer.NewLogins(s.syncs, log)
	accounts := account.NewService(postgres.NewAccounts(db), s.logins, s.clock, true, account.WithHashCost(account.HashCost{Memory: 8, Time: 1, Threads: 1}))
	cookies := httpd.NewCookies(s.address)
	api := graph.NewHandler(&graph.Resolver{
		AccountService: accounts, WatchService: watches, ClioService: s.clioService, SyncService: s.syncs, Cookies: cookies,
		Origins: []string{s.address, frontEnd},
	}, log)
	handler, err := httpd.New(httpd.Options{
		GraphQL: api, Clio: s.clioService, Accounts: accounts, Ready: db.Ping, Cookies: cookies, PublicURL: s.address,
		AllowedOrigins: []string{frontEnd}, Assets: os.DirFS("."), Logger: log, Metrics: prometheus.NewRegistry(),
	})
	require.NoError(s.t, err)
	return handler
}

// config is how the servers are known to Clio.
func (s *stage) config() clio.Config {
	return clio.Config{ClientID: "app", ClientSecret: "secret", Region: "us", BaseURL: s.clioURL, PublicURL: s.address}
}

// services are a replica's on the database.
func (s *stage) services(
	db *postgres.DB, news syncer.Notifier, log *slog.Logger, config clio.Config,
) (*clio.Service, *watch.Service, *syncer.Service) {
	keys, err := clio.NewKeyring([][]byte{bytes.Repeat([]byte{7}, 32)})
	require.NoError(s.t, err)
	clioService := clio.NewService(config, postgres.NewClio(db), keys, s.clock, log, &http.Transport{DisableKeepAlives: true})
	watches := watch.NewService(postgres.NewWatches(db), s.clock)
	return clioService, watches, syncer.NewService(syncer.Parts{
		Store: postgres.NewSyncs(db), Runs: postgres.NewRuns(db), Notifier: news, Clio: clioService, Watches: watches, Clock: s.clock,
	})
}

// replica is the syncs of another server on the same database, with connections of its own.
func (s *stage) replica() *syncer.Service { return s.replicaWith(s.config()) }

func (s *stage) replicaWith(config clio.Config) *syncer.Service {
	log := slog.New(slog.NewTextHandler(logOutput(), nil))
	db := pgtest.OpenURL(s.t, s.url, postgres.WithMaxConns(4))
	_, _, syncs := s.services(db, postgres.NewListener(db, s.clock, log), log, config)
	return syncs
}
