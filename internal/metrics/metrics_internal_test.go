package metrics

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"
)

// unreachable is a database that doesn't answer.
type unreachable struct{ pool *pgxpool.Pool }

func newUnreachable(t *testing.T) unreachable {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), "postgres://nobody@127.0.0.1:1/nothing")
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	return unreachable{pool}
}

func (u unreachable) Pool() *pgxpool.Pool { return u.pool }

func (unreachable) Waiting() int { return 0 }

func (unreachable) QueueAge(context.Context) (time.Duration, error) {
	return 0, errors.New("connection refused")
}

// described are the names of all metrics that the server can have, but for those of Go and of the process.
func described(m *Metrics) []string {
	descriptions := make(chan *prometheus.Desc)
	go func() {
		m.registry.Describe(descriptions)
		close(descriptions)
	}()
	var names []string
	name := regexp.MustCompile(`fqName: "([^"]+)"`)
	for one := range descriptions {
		if found := name.FindStringSubmatch(one.String())[1]; !strings.HasPrefix(found, "go_") && !strings.HasPrefix(found, "process_") {
			names = append(names, found)
		}
	}
	return names
}

func TestEachMetricIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/metrics.md")
	require.NoError(t, err)
	m := New()
	m.ObserveDatabase(newUnreachable(t))
	names := described(m)
	require.Greater(t, len(names), 15)
	for _, name := range names {
		require.Contains(t, string(page), "\n| `"+name+"` | ", "docs/metrics.md has no row for it")
	}
	documented := regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\|").FindAllStringSubmatch(string(page), -1)
	require.Len(t, documented, len(names), "docs/metrics.md describes one that there isn't")
}

func TestNamesFollowPrometheusConventions(t *testing.T) {
	m := New()
	m.OperationStarted("query")()
	m.ErrorSent("INTERNAL")
	m.RequestEnded("GET /healthz", http.StatusOK, time.Second)
	problems, err := testutil.GatherAndLint(m.registry)
	require.NoError(t, err)
	require.Empty(t, problems)
}

func TestADatabaseThatDoesntAnswerLeavesTheOtherMetrics(t *testing.T) {
	m := New()
	m.ObserveDatabase(newUnreachable(t))
	var log strings.Builder
	recorder := httptest.NewRecorder()
	m.Handler(slog.New(slog.NewTextHandler(&log, nil))).ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	body, err := io.ReadAll(recorder.Result().Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, recorder.Code)
	require.NotContains(t, string(body), "watchkeeper_queue_oldest_due_seconds")
	require.Contains(t, string(body), "watchkeeper_db_connections_max")
	require.Contains(t, log.String(), "connection refused")
}

func TestRequestsToClioHaveFewLabels(t *testing.T) {
	m := New()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api/v4/contacts.json":
			w.WriteHeader(http.StatusForbidden)
		case "/api/v4/matters.json":
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	client := http.Client{Transport: m.Transport(http.DefaultTransport)}
	ask := func(path string) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
		require.NoError(t, err)
		if response, err := client.Do(request); err == nil {
			require.NoError(t, response.Body.Close())
		}
	}
	for _, path := range []string{"/api/v4/contacts.json?query=Quill", "/api/v4/matters.json", "/oauth/token", "/secret/of/somebody"} {
		ask(path)
	}
	server.Close()
	ask("/oauth/token")
	gathered, err := m.registry.Gather()
	require.NoError(t, err)
	counts := map[string]uint64{}
	for _, family := range gathered {
		if family.GetName() == "watchkeeper_clio_request_duration_seconds" {
			for _, metric := range family.GetMetric() {
				counts[metric.GetLabel()[0].GetValue()+" "+metric.GetLabel()[1].GetValue()] = metric.GetHistogram().GetSampleCount()
			}
		}
	}
	require.Equal(t, map[string]uint64{"contacts 403": 1, "matters 5xx": 1, "oauth/token 2xx": 1, "other 2xx": 1, "oauth/token none": 1}, counts)
}
