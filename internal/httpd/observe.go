package httpd

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/logging"
)

const requestIDHeader = "X-Request-Id"

// Observer is told of requests, for metrics. It may be called concurrently.
type Observer interface {
	// RequestEnded is called with the pattern of the route, or "none". A stream has ended when it is closed.
	RequestEnded(route string, status int, took time.Duration)
}

// observer times and logs requests, and recovers from panics.
type observer struct {
	mux    *http.ServeMux
	logger *slog.Logger
	told   Observer
	tracer trace.Tracer
}

// observe gives each request an id. It logs no queries and no names, and instead of addresses only the routes that they match.
func (o *observer) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		recorder := &statusRecorder{ResponseWriter: w}
		scope := &requestScope{id: rand.Text(), request: r, response: recorder}
		ctx := logging.With(withRequestScope(r.Context(), scope), slog.String("request_id", scope.id))
		recorder.Header().Set(requestIDHeader, scope.id)
		_, route := o.mux.Handler(r)
		if route == "" {
			route = "none"
		}
		ctx, endSpan := o.startSpan(ctx, route, scope.id)
		r = r.WithContext(ctx)
		defer func() {
			took := time.Since(start)
			o.told.RequestEnded(route, recorder.code(), took)
			o.logger.LogAttrs(r.Context(), logLevel(route), "request", slog.String("method", r.Method), slog.String("route", route),
				slog.Int("status", recorder.code()), slog.String("took", took.String()))
			endSpan(recorder.code())
		}()
		defer o.recoverPanic(recorder, r)
		next.ServeHTTP(recorder, r)
	})
}

// startSpan begins the span of a request, unless the route is requested automatically all the time. It begins a trace of its own: a
// stranger's must not become part of ours.
func (o *observer) startSpan(ctx context.Context, route, requestID string) (_ context.Context, end func(status int)) {
	if logLevel(route) == slog.LevelDebug {
		return ctx, func(int) {}
	}
	ctx, span := o.tracer.Start(ctx, route, trace.WithSpanKind(trace.SpanKindServer))
	if !span.IsRecording() {
		return ctx, func(int) {}
	}
	span.SetAttributes(attribute.String("http.route", route), attribute.String("request_id", requestID))
	ctx = logging.With(ctx, slog.String("trace_id", span.SpanContext().TraceID().String()))
	return ctx, func(status int) {
		span.SetAttributes(attribute.Int("http.response.status_code", status))
		if status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}

// recoverPanic recovers from a panic, and writes a 500 unless the response has begun.
func (o *observer) recoverPanic(w *statusRecorder, r *http.Request) {
	value := recover()
	if value == nil {
		return
	}
	if err, ok := value.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(value) // net/http uses it to close the connection
	}
	o.logger.ErrorContext(r.Context(), "panic", "value", value, "stack", string(debug.Stack()))
	if !w.wroteHeader() {
		writeError(w, http.StatusInternalServerError, apperr.Internal, "Something went wrong on the server. Try again later.")
	}
}

// logLevel is lower for routes that are requested automatically all the time.
func logLevel(route string) slog.Level {
	switch route {
	case "GET " + graphqlPath, "POST " + graphqlPath, "GET " + callbackPath:
		return slog.LevelInfo
	default:
		return slog.LevelDebug
	}
}

// statusRecorder is an http.ResponseWriter that records the status.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader records the status, except informational ones.
func (a *statusRecorder) WriteHeader(status int) {
	if !a.wroteHeader() && (status >= http.StatusOK || status == http.StatusSwitchingProtocols) {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write records the status 200 if none was written.
func (a *statusRecorder) Write(body []byte) (int, error) {
	if !a.wroteHeader() {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(body)
}

// Flush sends what was written so far, as streams need it.
func (a *statusRecorder) Flush() {
	if err := http.NewResponseController(a.ResponseWriter).Flush(); err == nil && !a.wroteHeader() {
		a.status = http.StatusOK
	}
}

// Unwrap lets http.ResponseController and WebSockets reach the connection.
func (a *statusRecorder) Unwrap() http.ResponseWriter {
	return a.ResponseWriter
}

func (a *statusRecorder) wroteHeader() bool {
	return a.status != 0
}

// code returns the status that was or will be sent.
func (a *statusRecorder) code() int {
	if !a.wroteHeader() {
		return http.StatusOK
	}
	return a.status
}
