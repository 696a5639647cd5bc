package httpd_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/trace/noop"

	"watchkeeper/internal/httpd"
	"watchkeeper/internal/logging"
	"watchkeeper/internal/metrics"
	"watchkeeper/internal/tracing"
)

// What is around the API at each request, without the network: the id, the log, the metrics and the span.
func BenchmarkRequest(b *testing.B) {
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
	defer receiver.Close()
	log := slog.New(logging.NewHandler(slog.NewJSONHandler(io.Discard, nil)))
	traces, err := tracing.Start(b.Context(), receiver.URL, log)
	require.NoError(b, err)
	defer traces.Stop()
	options := newTestServer(b).Options
	options.Logger, options.Observer = log, metrics.New()
	for name, traced := range map[string]bool{"without traces": false, "with traces": true} {
		options.Tracer = noop.Tracer{}
		if traced {
			options.Tracer = traces.Tracer()
		}
		handler, err := httpd.New(options)
		require.NoError(b, err)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				request := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(query))
				request.Header.Set("Content-Type", "application/json")
				handler.ServeHTTP(httptest.NewRecorder(), request)
			}
		})
	}
}
