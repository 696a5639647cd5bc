package httpd

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"watchkeeper/internal/apperr"
)

const requestIDHeader = "X-Request-Id"

// observer counts, times and logs requests, and catches panics.
type observer struct {
	mux      *http.ServeMux
	logger   *slog.Logger
	duration *prometheus.HistogramVec
}

// newObserver registers the figures of the requests, of Go and of the process.
func newObserver(mux *http.ServeMux, registry *prometheus.Registry, logger *slog.Logger) (*observer, error) {
	o := &observer{mux: mux, logger: logger, duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "http_request_duration_seconds",
		Help: "How long requests took; streams count from opening to end. The count is the number of requests.",
	}, []string{"route", "code"})}
	process := collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})
	for _, collector := range []prometheus.Collector{o.duration, collectors.NewGoCollector(), process} {
		if err := registry.Register(collector); err != nil {
			return nil, fmt.Errorf("registering metrics: %w", err)
		}
	}
	return o, nil
}

// observe gives each request its id. It logs neither queries nor names, and of addresses only the pattern that they match.
func (o *observer) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		answer := &answer{ResponseWriter: w}
		e := &requestScope{id: rand.Text(), request: r, answer: answer}
		r = r.WithContext(withRequestScope(r.Context(), e))
		answer.Header().Set(requestIDHeader, e.id)
		_, route := o.mux.Handler(r)
		if route == "" {
			route = "none"
		}
		defer func() {
			took := time.Since(began)
			o.duration.WithLabelValues(route, strconv.Itoa(answer.code())).Observe(took.Seconds())
			o.logger.LogAttrs(r.Context(), level(route), "request", slog.String("method", r.Method), slog.String("route", route),
				slog.Int("status", answer.code()), slog.String("took", took.String()))
		}()
		defer o.catch(answer, r)
		next.ServeHTTP(answer, r)
	})
}

// catch ends a panic, and answers 500 unless the answer has begun.
func (o *observer) catch(w *answer, r *http.Request) {
	thrown := recover()
	if thrown == nil {
		return
	}
	if err, ok := thrown.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(thrown) // how handlers cut a connection: net/http waits for it
	}
	o.logger.ErrorContext(r.Context(), "panic", "value", thrown, "stack", string(debug.Stack()))
	if !w.begun() {
		writeProblem(w, http.StatusInternalServerError, apperr.Internal, "Something went wrong on the server.")
	}
}

// level keeps what machines ask for all the time out of an ordinary log.
func level(route string) slog.Level {
	switch route {
	case "GET " + graphqlPath, "POST " + graphqlPath, "GET " + callbackPath:
		return slog.LevelInfo
	default:
		return slog.LevelDebug
	}
}

// answer is an http.ResponseWriter that remembers the status.
type answer struct {
	http.ResponseWriter
	status int
}

// WriteHeader remembers the status; informational ones aren't the answer yet.
func (a *answer) WriteHeader(status int) {
	if !a.begun() && (status >= http.StatusOK || status == http.StatusSwitchingProtocols) {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write begins the answer if it hasn't begun.
func (a *answer) Write(body []byte) (int, error) {
	if !a.begun() {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(body)
}

// Flush sends what was written so far: streams need it.
func (a *answer) Flush() {
	if err := http.NewResponseController(a.ResponseWriter).Flush(); err == nil && !a.begun() {
		a.status = http.StatusOK
	}
}

// Unwrap lets http.ResponseController and WebSockets reach the connection.
func (a *answer) Unwrap() http.ResponseWriter {
	return a.ResponseWriter
}

func (a *answer) begun() bool {
	return a.status != 0
}

// code is the status that was or will be sent.
func (a *answer) code() int {
	if !a.begun() {
		return http.StatusOK
	}
	return a.status
}
