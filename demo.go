package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/config"
	"watchkeeper/internal/demo"
	"watchkeeper/internal/httpd"
	"watchkeeper/internal/logging"
	"watchkeeper/internal/sandbox"
)

// demoCommand is `demo`.
type demoCommand struct {
	Once           bool   `help:"Exit after the tour instead of continuing to serve."`
	ListenAddr     string `name:"listen-addr" env:"LISTEN_ADDR" default:"127.0.0.1:8080" help:"Where to serve; a free port where it is busy."`
	MetricsAddr    string `name:"metrics-addr" env:"METRICS_ADDR" default:"127.0.0.1:9090" help:"Where /metrics is served; a free port where it is busy; nowhere when empty."`
	PostgresBinDir string `name:"postgres-bin-dir" env:"POSTGRES_BIN_DIR" placeholder:"FOLDER" help:"PostgreSQL's programs. Default: looked for."`
}

// Run shows the tour on a server, a database and a Clio of its own, and removes all of them at the end.
func (c demoCommand) Run(ctx context.Context) (err error) {
	folder, err := os.MkdirTemp("", "watchkeeper-demo-")
	if err != nil {
		return fmt.Errorf("making a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	listener, err := listenAnywhere(c.ListenAddr)
	if err != nil {
		return err
	}
	clioListener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return errors.Join(fmt.Errorf("listening for the demo's Clio: %w", err), listener.Close())
	}
	metricsListener, err := c.listenForMetrics()
	if err != nil {
		return errors.Join(err, clioListener.Close(), listener.Close())
	}

	settings := demoSettings(folder, c.PostgresBinDir, listener.Addr(), clioListener.Addr())
	log := slog.New(logging.NewHandler(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	clio := sandbox.New(sandbox.Options{
		Clock: clockwork.NewRealClock(), ClientID: settings.Clio.ClientID, ClientSecret: string(settings.Clio.ClientSecret),
		RateLimit: demo.ClioRequests,
	})
	clioEnded := runInBackground(func() error { return httpd.Serve(ctx, clioListener, clio, log) })
	fmt.Println("Starting a database, a Clio sandbox and the server ...")
	if metricsListener != nil && !c.Once {
		fmt.Printf("Metrics for Prometheus: http://%s/metrics\n", metricsListener.Addr())
	}
	ready := make(chan struct{})
	served := runInBackground(func() error {
		defer stop()
		s := &server{
			settings: settings, log: log, ephemeral: true, listener: listener, metricsListener: metricsListener,
			ready: func() { close(ready) },
		}
		return s.run(ctx)
	})

	select {
	case <-ready:
		err = demo.Run(ctx, demo.Options{
			Server: settings.PublicURL, Clio: settings.Clio.BaseURL, Out: os.Stdout, KeepServing: !c.Once,
		})
	case <-ctx.Done():
	}
	if err == nil && !c.Once {
		<-ctx.Done()
	}
	stop()
	return errors.Join(err, <-served, <-clioEnded)
}

// listenForMetrics listens where the metrics are to be served; nil means nowhere.
func (c demoCommand) listenForMetrics() (net.Listener, error) {
	if c.MetricsAddr == "" {
		return nil, nil //nolint:nilnil // nowhere is no error
	}
	return listenAnywhere(c.MetricsAddr)
}

// demoSettings are the settings of a server that shares nothing with any other.
func demoSettings(folder, binDir string, address, clioAddress net.Addr) config.Config {
	return config.Config{
		DataDir:        folder, // the built-in database's user may be let through it, not through a folder above
		PostgresBinDir: binDir,
		PublicURL:      "http://" + address.String(),
		Clio: config.Clio{
			ClientID: "demo", ClientSecret: config.Secret(rand.Text()), Region: "us", BaseURL: "http://" + clioAddress.String(),
		},
		RetentionDays: 1,
	}
}
