package graph_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// scrape reads the metrics as Prometheus does: the value of each by its name and labels.
func (s *stage) scrape() map[string]float64 {
	s.t.Helper()
	recorder := httptest.NewRecorder()
	request := httptest.NewRequestWithContext(s.t.Context(), http.MethodGet, "/metrics", nil)
	s.metrics.Handler(slog.New(slog.NewTextHandler(logOutput(), nil))).ServeHTTP(recorder, request)
	require.Equal(s.t, http.StatusOK, recorder.Code)
	values := map[string]float64{}
	for line := range strings.Lines(recorder.Body.String()) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		at := strings.LastIndex(line, " ")
		value, err := strconv.ParseFloat(strings.TrimSpace(line[at:]), 64)
		require.NoError(s.t, err, line)
		values[line[:at]] = value
	}
	return values
}

func TestMetricsOfRuns(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(3)
	p.renumber("R-1", matters[0])
	require.NoError(t, p.clio.DeleteMatter(matters[1]))
	p.dryRun()
	p.syncAll()
	p.ask(`mutation($id: ID!) { syncWatch(id: $id) { userErrors { code } } }`, vars{"id": watches[2]})
	canceled := p.begin(false)
	require.Empty(t, p.mutate("cancelSyncRun", canceled))
	require.Empty(t, p.mutate("cancelSyncRun", canceled))
	for name, value := range map[string]float64{
		`watchkeeper_runs_total{dry_run="true",scope="all",status="succeeded",trigger="manual"}`:    1,
		`watchkeeper_runs_total{dry_run="false",scope="all",status="succeeded",trigger="manual"}`:   1,
		`watchkeeper_runs_total{dry_run="false",scope="watch",status="succeeded",trigger="manual"}`: 1,
		`watchkeeper_runs_total{dry_run="false",scope="all",status="canceled",trigger="manual"}`:    1,
		`watchkeeper_run_duration_seconds_count{scope="all",trigger="manual"}`:                      3,
		`watchkeeper_watch_results_total{dry_run="true",outcome="updated"}`:                         1,
		`watchkeeper_watch_results_total{dry_run="false",outcome="updated"}`:                        1,
		`watchkeeper_watch_results_total{dry_run="false",outcome="missing"}`:                        1,
		`watchkeeper_watch_results_total{dry_run="false",outcome="unchanged"}`:                      2,
		`watchkeeper_field_decisions_total{decision="updated",dry_run="false"}`:                     1,
		`watchkeeper_clio_request_duration_seconds_count{resource="matters",status="2xx"}`:          4,
		`watchkeeper_clio_request_duration_seconds_count{resource="oauth/token",status="2xx"}`:      1,
	} {
		require.Equal(t, value, p.scrape()[name], name)
	}
	require.Positive(t, p.scrape()["watchkeeper_queue_oldest_due_seconds"], "no worker has begun the jobs: the test itself executed the runs")
}

func TestMetricsOfWaits(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(1)
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.RateLimited, Times: 1}))
	p.syncAll()
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ServerError, Times: 1}))
	p.syncAll()
	found := p.scrape()
	require.EqualValues(t, 1, found[`watchkeeper_run_wait_seconds_count{reason="limit"}`])
	require.EqualValues(t, 1, found[`watchkeeper_run_wait_seconds_count{reason="down"}`])
	require.EqualValues(t, 1, found[`watchkeeper_clio_request_duration_seconds_count{resource="matters",status="429"}`])
	require.EqualValues(t, 1, found[`watchkeeper_clio_request_duration_seconds_count{resource="matters",status="5xx"}`])
}

// A run by the schedule chooses its watches when it begins, and ends then where there are none; one by a click ends at once.
func TestMetricsOfRunsWithoutWatches(t *testing.T) {
	p := newStage(t).connected("ada")
	due := p.daily()
	p.until(due.Add(5 * time.Minute))
	require.Equal(t, 1, p.startDue())
	p.work()
	p.begin(false)
	for _, trigger := range []string{"schedule", "manual"} {
		require.EqualValues(t, 1, p.scrape()[`watchkeeper_runs_total{dry_run="false",scope="all",status="succeeded",trigger="`+trigger+`"}`], trigger)
	}
}

func TestMetricsOfTheAPI(t *testing.T) {
	p := newStage(t).signUp("ada")
	p.ask(`{ viewer { user { id } } }`)
	require.Equal(t, "UNAUTHENTICATED", p.nobody().try(`{ watches { totalCount } }`).code())
	require.Equal(t, "GRAPHQL_VALIDATION_FAILED", p.try(`{ nothing }`).code())
	require.Equal(t, "QUERY_TOO_COMPLEX", p.try(`{ watches { nodes { `+strings.Repeat("id ", 251)+` } } }`).code())
	found := p.scrape()
	for name, value := range map[string]float64{
		`watchkeeper_graphql_operations_total{kind="mutation"}`:                 1,
		`watchkeeper_graphql_operations_total{kind="query"}`:                    2,
		`watchkeeper_graphql_operation_duration_seconds_count{kind="query"}`:    2,
		`watchkeeper_graphql_errors_total{code="UNAUTHENTICATED"}`:              1,
		`watchkeeper_graphql_errors_total{code="GRAPHQL_VALIDATION_FAILED"}`:    1,
		`watchkeeper_graphql_errors_total{code="QUERY_TOO_COMPLEX"}`:            1,
		`http_request_duration_seconds_count{code="200",route="POST /graphql"}`: 5,
	} {
		require.Equal(t, value, found[name], name)
	}
	require.Positive(t, found[`watchkeeper_db_connections_max`])
	require.Positive(t, found[`watchkeeper_db_acquires_total`])
	require.Contains(t, found, `watchkeeper_db_connections{state="in_use"}`)
	require.Positive(t, found["go_goroutines"])
	p.metrics.SetClockSkew(-1500 * time.Millisecond)
	require.EqualValues(t, -1.5, p.scrape()["watchkeeper_clock_skew_seconds"])
}
