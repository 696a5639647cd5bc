package main

import (
	"context"
	"fmt"
	"net"
	"net/http"

	"watchkeeper/internal/httpd"
)

// listen begins to listen at the addresses of the settings, where there is no listener yet. The metrics' default address may be
// somebody else's, such as Prometheus' own: then the server goes on without.
func (s *server) listen(ctx context.Context) (err error) {
	if s.listener == nil {
		if s.listener, err = net.Listen("tcp", s.settings.ListenAddr); err != nil {
			return fmt.Errorf("listening on LISTEN_ADDR: %w", err)
		}
	}
	if s.metricsListener != nil || s.settings.MetricsAddr == "" {
		return nil
	}
	s.metricsListener, err = net.Listen("tcp", s.settings.MetricsAddr)
	switch {
	case err == nil:
		return nil
	case s.settings.MetricsOptional:
		s.log.WarnContext(ctx, "metrics are not served: set METRICS_ADDR to another address, or to nothing", "error", err)
		s.metricsListener = nil
		return nil
	default:
		_ = s.listener.Close() // nothing was served there yet
		return fmt.Errorf("listening on METRICS_ADDR: %w", err)
	}
}

// serveMetrics serves the metrics, where they are served, until stop is called: also while the server is stopping.
func (s *server) serveMetrics(ctx context.Context, handler http.Handler) (stop func() error) {
	if s.metricsListener == nil {
		return func() error { return nil }
	}
	s.log.InfoContext(ctx, "serving metrics", "listen", s.metricsListener.Addr().String())
	serving, end := context.WithCancel(context.WithoutCancel(ctx))
	served := runInBackground(func() error {
		err := httpd.Serve(serving, s.metricsListener, handler, s.log)
		if err != nil {
			s.log.ErrorContext(ctx, "metrics are not served any more", "error", err)
		}
		return err
	})
	return func() error {
		end()
		return <-served
	}
}

// listenAnywhere listens at the address, or on a free port where that is in use.
func listenAnywhere(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err == nil {
		return listener, nil
	}
	if listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	return listener, nil
}
