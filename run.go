package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"

	"watchkeeper/internal/config"
	"watchkeeper/internal/httpd"
)

// server is one running Watchkeeper.
type server struct {
	settings config.Config
	log      *slog.Logger
	// ephemeral makes the built-in database one that is thrown away afterwards.
	ephemeral bool
	// listener is where to serve; nil: LISTEN_ADDR.
	listener net.Listener
	// ready is called once requests are answered; it may be nil.
	ready func()
}

// The garbage collector's defaults, which GOGC and GOMEMLIMIT replace. Nothing here holds much memory for long: collecting less often
// saves a fifth of the processor's time for some 30 MB (BENCHMARKS.md), and near the limit it collects as usual.
const (
	defaultGOGC        = 400
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
func (s server) run(ctx context.Context) (err error) {
	tuneCollector()
	d, err := openDatabase(ctx, s.settings, s.ephemeral, s.log)
	if err != nil {
		return err
	}
	defer d.close(&err)
	if err := d.Migrate(ctx); err != nil {
		return err
	}
	handler, background, err := s.wire(ctx, d)
	if err != nil {
		return err
	}
	if s.listener == nil {
		if s.listener, err = net.Listen("tcp", s.settings.ListenAddr); err != nil {
			return fmt.Errorf("listening on LISTEN_ADDR: %w", err)
		}
	}
	if err := background.Start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, background.Stop()) }()
	return s.serve(ctx, d, handler)
}

// serve answers requests until ctx or the built-in database ends.
func (s server) serve(ctx context.Context, d *database, handler http.Handler) error {
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
