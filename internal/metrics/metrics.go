// Package metrics has the server's metrics, and serves them to Prometheus. docs/metrics.md describes each of them.
//
// The parts of the server don't know Prometheus: each declares what it wants to tell (graph.Observer, httpd.Observer, syncer.Observer),
// and a Metrics is all of these. Labels take few values, and none that says who somebody is: neither firms nor people, and no ids.
package metrics

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// namespace begins the names of the metrics that are about Watchkeeper, not about any Go server.
const namespace = "watchkeeper"

// Metrics are one server's, in a registry of their own. Its methods may be called concurrently.
type Metrics struct {
	registry *prometheus.Registry
	requests
	operations
	runs
	clio
	clockSkew prometheus.Gauge
}

// New returns metrics of which nothing has been counted yet, besides those of Go and of the process.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: newRequests(), operations: newOperations(), runs: newRuns(), clio: newClio(),
		clockSkew: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: namespace, Name: "clock_skew_seconds",
			Help: "How far the server's clock is ahead of the database's; negative when it is behind.",
		}),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), m.clockSkew)
	m.registry.MustRegister(m.requests.collectors()...)
	m.registry.MustRegister(m.operations.collectors()...)
	m.registry.MustRegister(m.runs.collectors()...)
	m.registry.MustRegister(m.clio.collectors()...)
	return m
}

// SetClockSkew records how far the server's clock is ahead of the database's; negative when it is behind.
func (m *Metrics) SetClockSkew(ahead time.Duration) {
	m.clockSkew.Set(ahead.Seconds())
}

// Handler serves the metrics at /metrics, and nothing else. What can't be found out is left out, and logged.
func (m *Metrics) Handler(log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn), ErrorHandling: promhttp.ContinueOnError,
		MaxRequestsInFlight: maxScrapes,
	}))
	return mux
}

// maxScrapes is how many requests are answered at once: each asks the database something.
const maxScrapes = 4
