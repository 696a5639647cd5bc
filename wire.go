package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/prometheus/client_golang/prometheus"

	"watchkeeper/graph"
	"watchkeeper/internal/account"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/config"
	"watchkeeper/internal/httpd"
	"watchkeeper/internal/maintenance"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
	"watchkeeper/web"
)

const (
	// handBackTimeout is how long runs may take to be handed back when the server stops.
	handBackTimeout = 2 * time.Second
	// followTimeout is how long the syncs that follow logins may take to be started then.
	followTimeout = time.Second
)

// parts are what a server runs beside its database.
type parts struct {
	handler     http.Handler
	listener    *postgres.Listener
	jobs        *postgres.Jobs
	logins      *syncer.Logins
	maintenance *maintenance.Scheduler
}

// wire makes the services, and all that runs on them.
func (s server) wire(ctx context.Context, d *database) (*parts, error) {
	clock := clockwork.NewRealClock()
	clioService, err := s.wireClio(ctx, d, clock)
	if err != nil {
		return nil, err
	}
	p := &parts{listener: postgres.NewListener(d.DB, clock, s.log)}
	watches := watch.NewService(postgres.NewWatches(d.DB), clock)
	syncs := syncer.NewService(syncer.Parts{
		Store: postgres.NewSyncs(d.DB), Runs: postgres.NewRuns(d.DB), Notifier: p.listener, Clio: clioService, Watches: watches, Clock: clock,
	})
	p.logins = syncer.NewLogins(syncs, s.log)
	accounts := account.NewService(postgres.NewAccounts(d.DB), p.logins, clock, s.settings.OpenSignUp)
	cookies := httpd.NewCookies(s.settings.PublicURL)
	api := graph.NewHandler(&graph.Resolver{
		AccountService: accounts, WatchService: watches, ClioService: clioService, SyncService: syncs, Cookies: cookies,
		Origins: append([]string{s.settings.PublicURL}, s.settings.AllowedOrigins...),
	}, s.log)
	if p.jobs, err = postgres.NewJobs(d.DB, postgres.JobsOptions{
		Execute: syncs.Execute, Fail: syncs.Fail, Logger: s.log,
		TakeOverAfter: s.settings.TakeOverAfter, JobTimeout: s.settings.TakeOverAfter * 8 / 9, // it has given up before it is taken over
	}); err != nil {
		return nil, err
	}
	if p.maintenance, err = s.wireMaintenance(clock, syncs, clioService); err != nil {
		return nil, err
	}
	p.handler, err = httpd.New(httpd.Options{
		GraphQL: api, Clio: clioService, Accounts: accounts, Ready: d.Ping, Cookies: cookies,
		PublicURL: s.settings.PublicURL, AllowedOrigins: s.settings.AllowedOrigins,
		Assets: web.Assets, Logger: s.log, Metrics: prometheus.NewRegistry(),
	})
	return p, err
}

func (s server) wireClio(ctx context.Context, d *database, clock clockwork.Clock) (*clio.Service, error) {
	keys, err := s.keyring()
	if err != nil {
		return nil, err
	}
	service := clio.NewService(clio.Config{
		ClientID: s.settings.Clio.ClientID, ClientSecret: string(s.settings.Clio.ClientSecret),
		Region: s.settings.Clio.Region, BaseURL: s.settings.Clio.BaseURL,
		PublicURL: s.settings.PublicURL, AllowedOrigins: s.settings.AllowedOrigins,
	}, postgres.NewClio(d.DB), keys, clock, s.log, http.DefaultTransport)
	return service, service.CheckKeys(ctx)
}

// keyring has the keys of the settings, or those that are kept beside the built-in database.
func (s server) keyring() (*clio.Keyring, error) {
	keys := s.settings.EncryptionKeys
	if len(keys) == 0 {
		var err error
		if keys, err = config.EnsureKeys(s.settings.DataDir); err != nil {
			return nil, err
		}
	}
	return clio.NewKeyring(keys)
}

// start starts what works beside the requests.
func (p *parts) start(ctx context.Context) error {
	p.listener.Start(context.WithoutCancel(ctx)) // stop ends them, in order
	if err := p.jobs.Start(context.WithoutCancel(ctx)); err != nil {
		p.listener.Stop()
		return err
	}
	p.logins.Start(ctx)
	p.maintenance.Start()
	return nil
}

// stop hands back runs that are under way and waits for everything to end; what fails is joined to err.
func (p *parts) stop(err *error) {
	*err = errors.Join(*err, p.maintenance.Stop(), p.stopLogins())
	ctx, cancel := context.WithTimeout(context.Background(), handBackTimeout)
	defer cancel()
	*err = errors.Join(*err, p.jobs.Stop(ctx))
	p.listener.Stop()
}

func (p *parts) stopLogins() error {
	ctx, cancel := context.WithTimeout(context.Background(), followTimeout)
	defer cancel()
	return p.logins.Stop(ctx)
}
