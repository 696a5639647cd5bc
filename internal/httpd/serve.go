package httpd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// The timeouts of a shutdown.
const (
	// shutdownTimeout is how long requests may continue once the server stops.
	shutdownTimeout = 4 * time.Second
	// cancelTimeout is how long requests have to respond after they were canceled.
	cancelTimeout = time.Second
)

// timeouts bound the parts of a request. Streams have no write timeout: they end when one side closes them.
type timeouts struct {
	header, read, write time.Duration
}

// A click waits for Clio for at most 20 seconds (docs/rules.md#clicks), so 60 seconds are always enough for a response.
var defaultTimeouts = timeouts{header: 10 * time.Second, read: 30 * time.Second, write: 60 * time.Second}

// Serve serves requests until ctx ends. Then it closes the listener, breaks streams off and waits for other requests, at most four
// seconds; requests that still run are canceled and respond so. It returns nil unless serving or stopping failed.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler, logger *slog.Logger) error {
	return serve(ctx, listener, handler, logger, defaultTimeouts)
}

func serve(ctx context.Context, listener net.Listener, handler http.Handler, logger *slog.Logger, limits timeouts) error {
	streams := newStreamTracker(handler)
	requests, cancelRequests := context.WithCancel(context.Background())
	defer cancelRequests()
	defer streams.stop()
	server := &http.Server{
		Handler:           streams,
		ReadHeaderTimeout: limits.header,
		ReadTimeout:       limits.read,
		WriteTimeout:      limits.write,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(logger.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return context.WithValue(requests, requestsKey{}, requests) },
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}

	streams.stop()
	err := shutdown(ctx, server, shutdownTimeout)
	if err != nil { // requests that still wait, such as for Clio, respond that they were canceled
		cancelRequests()
		if err = shutdown(ctx, server, cancelTimeout); err != nil {
			err = errors.Join(fmt.Errorf("waiting for requests: %w", err), server.Close())
		}
	}
	if serveErr := <-served; !errors.Is(serveErr, http.ErrServerClosed) {
		err = errors.Join(err, serveErr)
	}
	streams.open.Wait()
	return err
}

type requestsKey struct{}

// Outlive returns a request's context without its end when the client disconnects. It ends when the server, on its stop, cancels the
// requests that still run, or when it is canceled.
func Outlive(ctx context.Context) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	requests, ok := ctx.Value(requestsKey{}).(context.Context)
	if !ok {
		return longer, cancel
	}
	forget := context.AfterFunc(requests, cancel)
	return longer, func() {
		forget()
		cancel()
	}
}

func shutdown(ctx context.Context, server *http.Server, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	defer cancel()
	return server.Shutdown(ctx)
}
