package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/prometheus/client_golang/prometheus"

	"watchkeeper/graph"
	"watchkeeper/internal/account"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/config"
	"watchkeeper/internal/httpd"
	"watchkeeper/internal/pgserver"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
	"watchkeeper/web"
)

// stopPatience is how long the built-in database may take to stop.
const stopPatience = 3 * time.Second

// server is one running Watchkeeper.
type server struct {
	settings config.Config
	log      *slog.Logger
	// passing makes the built-in database one that is thrown away afterwards.
	passing bool
	// listener is where to serve; nil: LISTEN_ADDR.
	listener net.Listener
	// ready is called once requests are answered; it may be nil.
	ready func()
}

// run starts the parts in order, serves until ctx ends, and stops the parts in reverse.
func (s server) run(ctx context.Context) (err error) {
	d, err := openDatabase(ctx, s.settings, s.passing, s.log)
	if err != nil {
		return err
	}
	defer d.close(&err)
	if err := d.Migrate(ctx); err != nil {
		return err
	}
	handler, err := s.wire(ctx, d)
	if err != nil {
		return err
	}
	if s.listener == nil {
		if s.listener, err = net.Listen("tcp", s.settings.ListenAddr); err != nil {
			return fmt.Errorf("listening on LISTEN_ADDR: %w", err)
		}
	}
	s.log.InfoContext(ctx, "serving", "address", s.settings.PublicURL, "listen", s.listener.Addr().String())
	if s.ready != nil {
		s.ready()
	}
	serving, stop := context.WithCancelCause(ctx)
	var watching sync.WaitGroup
	watching.Go(func() { d.watchOver(serving, stop) })
	defer watching.Wait()
	defer stop(nil)
	err = httpd.Serve(serving, s.listener, handler, s.log)
	s.log.InfoContext(ctx, "stopping")
	if ctx.Err() == nil {
		err = errors.Join(err, context.Cause(serving))
	}
	return err
}

// wire makes the services, and the handler of all addresses.
func (s server) wire(ctx context.Context, d *database) (http.Handler, error) {
	clock := clockwork.NewRealClock()
	keys, err := s.keyring()
	if err != nil {
		return nil, err
	}
	clioService := clio.NewService(clio.Config{
		ClientID: s.settings.Clio.ClientID, ClientSecret: string(s.settings.Clio.ClientSecret),
		Region: s.settings.Clio.Region, BaseURL: s.settings.Clio.BaseURL,
		PublicURL: s.settings.PublicURL, AllowedOrigins: s.settings.AllowedOrigins,
	}, postgres.NewClio(d.DB), keys, clock, s.log, http.DefaultTransport)
	if err := clioService.CheckKeys(ctx); err != nil {
		return nil, err
	}
	accounts := account.NewService(postgres.NewAccounts(d.DB), clock, s.settings.OpenSignUp)
	watches := watch.NewService(postgres.NewWatches(d.DB), clock)
	cookies := httpd.NewCookies(s.settings.PublicURL)
	api := graph.NewHandler(&graph.Resolver{
		AccountService: accounts, WatchService: watches, ClioService: clioService, Cookies: cookies,
		SyncService: syncer.NewService(postgres.NewSyncs(d.DB), clioService, watches, clock),
	}, s.log)

	return httpd.New(httpd.Options{
		GraphQL: api, Clio: clioService, Accounts: accounts, Ready: d.Ping, Cookies: cookies,
		PublicURL: s.settings.PublicURL, AllowedOrigins: s.settings.AllowedOrigins,
		Assets: web.Assets, Logger: s.log, Metrics: prometheus.NewRegistry(),
	})
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

// database is the database that the settings name, with the built-in server where there is one.
type database struct {
	*postgres.DB
	builtIn *pgserver.Server
}

// openDatabase starts the built-in server, unless the settings name another, and connects.
func openDatabase(ctx context.Context, settings config.Config, passing bool, log *slog.Logger) (*database, error) {
	d := &database{}
	address := string(settings.DatabaseURL)
	if address == "" {
		builtIn, err := pgserver.Start(ctx, pgserver.Config{
			DataDir: settings.DataDir, BinDir: settings.PostgresBinDir, Ephemeral: passing, Logger: log,
		})
		if err != nil {
			return nil, fmt.Errorf("starting the built-in database: %w", err)
		}
		d.builtIn, address = builtIn, builtIn.URL()
	}
	var err error
	if d.DB, err = postgres.Open(ctx, address); err != nil {
		err = fmt.Errorf("connecting to the database: %w", err)
		d.close(&err)
		return nil, err
	}
	return d, nil
}

// watchOver ends the server when the built-in database ends by itself.
func (d *database) watchOver(ctx context.Context, stop context.CancelCauseFunc) {
	if d.builtIn == nil {
		return
	}
	select {
	case <-ctx.Done():
	case <-d.builtIn.Done():
		stop(fmt.Errorf("the built-in database ended: %w", d.builtIn.Err()))
	}
}

// close disconnects, and stops the built-in server; what fails is joined to err.
func (d *database) close(err *error) {
	if d.DB != nil {
		*err = errors.Join(*err, d.Close())
	}
	if d.builtIn == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopPatience)
	defer cancel()
	*err = errors.Join(*err, d.builtIn.Stop(ctx))
}
