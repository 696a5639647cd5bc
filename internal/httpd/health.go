package httpd

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"
)

// readyTimeout bounds the check whether the server is ready.
const readyTimeout = 5 * time.Second

// healthz reports that the process is running.
func healthz(w http.ResponseWriter, _ *http.Request) {
	writeText(w, http.StatusOK, "The server is running.")
}

// readyz reports whether the server can handle requests.
func readyz(check func(ctx context.Context) error, logger *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
		defer cancel()
		if err := check(ctx); err != nil {
			logger.WarnContext(r.Context(), "not ready", "error", err)
			writeText(w, http.StatusServiceUnavailable, "The server is running but not ready. Its log says why.")
			return
		}
		writeText(w, http.StatusOK, "The server is ready.")
	})
}

func writeText(w http.ResponseWriter, status int, text string) {
	header := w.Header()
	header.Set("Content-Type", "text/plain; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // an error means that the client has disconnected
}
