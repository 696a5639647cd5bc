package httpd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// stopTimeout is how long requests may go on once the server is told to stop.
const (
	stopTimeout = 4 * time.Second
	// lastTimeout is how long they then have to answer that they were broken off.
	lastTimeout = time.Second
)

// limits are how long parts of a request may take. Streams are free of the last: they end when one side wants it.
type limits struct {
	header, read, write time.Duration
}

// A click waits for Clio for 20 seconds at most (docs/rules.md#clicks): an answer in 60 is always in time.
var ordinary = limits{header: 10 * time.Second, read: 30 * time.Second, write: 60 * time.Second}

// Serve answers requests until ctx ends, then takes no more, ends the streams and waits for the other requests, four seconds
// at most; what still waits then is broken off and told so. It closes the listener, and returns nil unless serving or stopping failed.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler, logger *slog.Logger) error {
	return serve(ctx, listener, handler, logger, ordinary)
}

func serve(ctx context.Context, listener net.Listener, handler http.Handler, logger *slog.Logger, within limits) error {
	streams := newStreams(handler)
	requests, breakOff := context.WithCancel(context.Background())
	defer breakOff()
	defer streams.end()
	server := &http.Server{
		Handler:           streams,
		ReadHeaderTimeout: within.header,
		ReadTimeout:       within.read,
		WriteTimeout:      within.write,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(logger.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return requests },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}

	streams.end()
	err := shutDown(ctx, server, stopTimeout)
	if err != nil { // whoever still waits, such as for Clio, is told that nothing will come of it
		breakOff()
		if err = shutDown(ctx, server, lastTimeout); err != nil {
			err = errors.Join(fmt.Errorf("waiting for requests: %w", err), server.Close())
		}
	}
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	streams.open.Wait()
	return err
}

func shutDown(ctx context.Context, server *http.Server, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	defer cancel()
	return server.Shutdown(ctx)
}

// streams ends subscriptions when the server stops: Shutdown would wait for them forever, and knows nothing of WebSockets.
type streams struct {
	next  http.Handler
	ended context.Context
	end   context.CancelFunc
	open  sync.WaitGroup
}

func newStreams(next http.Handler) *streams {
	s := &streams{next: next}
	s.ended, s.end = context.WithCancel(context.Background())
	return s
}

// ServeHTTP lets ordinary requests through as they are.
func (s *streams) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !isUpgrade(r) && !strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		s.next.ServeHTTP(w, r)
		return
	}
	s.open.Add(1)
	defer s.open.Done()
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.ended, cancel)()

	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{}) // where a connection has none there is none to lift
	s.next.ServeHTTP(w, r.WithContext(ctx))
}
