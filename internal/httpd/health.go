package httpd

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"
)

// readyTimeout is how long the server may take to find out whether it can serve.
const readyTimeout = 5 * time.Second

// alive says that the process lives.
func alive(w http.ResponseWriter, _ *http.Request) {
	say(w, http.StatusOK, "The server is running.")
}

// ready says whether the server can serve.
func ready(check func(ctx context.Context) error, logger *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
		defer cancel()
		if err := check(ctx); err != nil {
			logger.WarnContext(r.Context(), "not ready", "error", err)
			say(w, http.StatusServiceUnavailable, "The server is running, but can't serve now: its log says why.")
			return
		}
		say(w, http.StatusOK, "The server can serve.")
	})
}

func say(w http.ResponseWriter, status int, sentence string) {
	header := w.Header()
	header.Set("Content-Type", "text/plain; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, sentence+"\n") // the client is gone: nobody to tell
}
