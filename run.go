package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"

	"watchkeeper/internal/config"
	"watchkeeper/internal/httpd"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/tracing"
)

// server is one running Watchkeeper.
type server struct {
	settings config.Config
	log      *slog.Logger
	// ephemeral makes the built-in database one that is thrown away afterwards.
	ephemeral bool
	// listener is where to serve; nil: LISTEN_ADDR.
	listener net.Listener
	// metricsListener is where to serve the metrics; nil: METRICS_ADDR.
	metricsListener net.Listener
	// ready is called once requests are answered; it may be nil.
	ready func()
}

// The garbage collector's defaults, which GOGC and GOMEMLIMIT replace. Nothing here holds much memory for long: collecting half as often
// saves a tenth of the processor's time and keeps a busy server below 100 MB (BENCHMARKS.md), and near the limit it collects as usual.
const (
	defaultGOGC        = 200
	defaultMemoryLimit = 256 << 20 // bytes
)

func tuneCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(defaultGOGC)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(defaultMemoryLimit)
	}
}

// run starts the parts in order, serves until ctx ends, and stops the parts in reverse.
func (s *server) run(ctx context.Context) (err error) {
	tuneCollector()
	traces, err := tracing.Start(ctx, s.settings.TracesURL, s.log)
	if err != nil {
		return err
	}
	defer traces.Stop()
	var options []postgres.Option
	if hook := traces.QueryHook(); hook != nil {
		options = append(options, postgres.WithQueryHook(hook))
	}
	d, err := openDatabase(ctx, s.settings, s.ephemeral, s.log, options...)
	if err != nil {
		return err
	}
	defer d.close(&err)
	if err := d.migrate(ctx, s.log); err != nil {
		return err
	}
	parts, err := s.wire(ctx, d, traces)
	if err != nil {
		return err
	}
	if err := s.listen(ctx); err != nil {
		return err
	}
	stopMetrics := s.serveMetrics(ctx, parts.metrics)
	defer func() { err = errors.Join(err, stopMetrics()) }()
	if err := parts.background.Start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, parts.background.Stop()) }()
	return s.serve(ctx, d, parts.handler)
}

// serve answers requests until ctx or the built-in database ends.
func (s *server) serve(ctx context.Context, d *database, handler http.Handler) error {
	serving, stop := context.WithCancelCause(ctx)
	var watching sync.WaitGroup
	watching.Go(func() { d.monitor(serving, stop) })
	defer watching.Wait()
	defer stop(nil)

	s.log.InfoContext(ctx, "serving", "address", s.settings.PublicURL, "listen", s.listener.Addr().String())
	if s.ready != nil {
		s.ready()
	}
	err := httpd.Serve(serving, s.listener, handler, s.log)
	s.log.InfoContext(ctx, "stopping")
	if ctx.Err() == nil {
		err = errors.Join(err, context.Cause(serving))
	}
	return err
}
