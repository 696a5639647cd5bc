package metrics

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// requests are the metrics of HTTP requests.
type requests struct {
	duration *prometheus.HistogramVec
}

func newRequests() requests {
	return requests{duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "http_request_duration_seconds",
		Help:    "Duration of HTTP requests; of streams, the time from opening to end.",
		Buckets: prometheus.DefBuckets,
	}, []string{"route", "code"})}
}

func (r requests) collectors() []prometheus.Collector { return []prometheus.Collector{r.duration} }

// RequestEnded counts a request to one of the server's routes.
func (r requests) RequestEnded(route string, status int, took time.Duration) {
	r.duration.WithLabelValues(route, strconv.Itoa(status)).Observe(took.Seconds())
}
