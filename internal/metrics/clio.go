package metrics

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// clio are the metrics of the requests to Clio.
type clio struct {
	duration *prometheus.HistogramVec
}

func newClio() clio {
	return clio{duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: namespace, Subsystem: "clio", Name: "request_duration_seconds",
		Help:    "Time from a request to Clio to its response's headers, by class of status: none when there was no response.",
		Buckets: []float64{0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10},
	}, []string{"resource", "status"})}
}

func (c clio) collectors() []prometheus.Collector { return []prometheus.Collector{c.duration} }

// Transport is next, whose requests to Clio are counted.
func (c clio) Transport(next http.RoundTripper) http.RoundTripper {
	return countedTransport{next: next, duration: c.duration}
}

type countedTransport struct {
	next     http.RoundTripper
	duration *prometheus.HistogramVec
}

// RoundTrip sends the request.
func (t countedTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	start := time.Now()
	response, err := t.next.RoundTrip(request)
	status := "none"
	if err == nil {
		status = statusClass(response.StatusCode)
	}
	t.duration.WithLabelValues(clioResource(request.URL.Path), status).Observe(time.Since(start).Seconds())
	return response, err
}

// statusClass is 2xx and so on; 401, 403 and 429 are by themselves, as they mean something else each.
func statusClass(status int) string {
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusTooManyRequests:
		return strconv.Itoa(status)
	case status >= 100 && status <= 599:
		return strconv.Itoa(status/100) + "xx"
	default:
		return "other"
	}
}

// clioResources are what the server asks Clio for.
var clioResources = []string{
	"/api/v4/matters", "/api/v4/contacts", "/api/v4/practice_areas", "/api/v4/users/who_am_i", "/oauth/token", "/oauth/deauthorize",
}

// clioResource is a path's last words, of a known path.
func clioResource(path string) string {
	path = strings.TrimSuffix(path, ".json")
	if !slices.Contains(clioResources, path) {
		return "other"
	}
	return strings.TrimPrefix(strings.TrimPrefix(path, "/api/v4/"), "/")
}
