package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// operations are the metrics of the API.
type operations struct {
	started  *prometheus.CounterVec
	duration *prometheus.HistogramVec
	open     prometheus.Gauge
	errors   *prometheus.CounterVec
}

func newOperations() operations {
	const subsystem = "graphql"
	return operations{
		started: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "operations_total",
			Help: "GraphQL operations that were executed. Those that were refused before are not among them.",
		}, []string{"kind"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "operation_duration_seconds",
			Help: "Duration of queries and mutations.", Buckets: prometheus.DefBuckets,
		}, []string{"kind"}),
		open: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "subscriptions",
			Help: "Subscriptions that are open.",
		}),
		errors: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "errors_total",
			Help: "Top-level errors of GraphQL responses, refusals included, by their code.",
		}, []string{"code"}),
	}
}

func (o operations) collectors() []prometheus.Collector {
	return []prometheus.Collector{o.started, o.duration, o.open, o.errors}
}

// OperationStarted counts a query, mutation or subscription; the function that it returns is called when it has ended.
func (o operations) OperationStarted(kind string) (ended func()) {
	o.started.WithLabelValues(kind).Inc()
	if kind == "subscription" {
		o.open.Inc()
		return o.open.Dec
	}
	start := time.Now()
	return func() { o.duration.WithLabelValues(kind).Observe(time.Since(start).Seconds()) }
}

// ErrorSent counts a top-level error.
func (o operations) ErrorSent(code string) {
	o.errors.WithLabelValues(code).Inc()
}
