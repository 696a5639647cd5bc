package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// workOnce executes a run once, and returns how long it then waits; zero when it doesn't.
func (p *person) workOnce(runID string) time.Duration {
	p.t.Helper()
	resumeAt, err := p.syncs.Execute(p.t.Context(), runID)
	require.NoError(p.t, err)
	run := p.run(runID)
	if resumeAt == nil {
		require.Nil(p.t, run.WaitingUntil)
		return 0
	}
	require.Equal(p.t, "RUNNING", run.Status)
	require.WithinDuration(p.t, *resumeAt, *run.WaitingUntil, 0)
	return resumeAt.Sub(p.clock.Now())
}

// A manual run retries for fifteen minutes while Clio is down, and then every watch is FAILED (docs/rules.md#waiting-for-clio).
func TestClioStaysDown(t *testing.T) {
	for name, fault := range map[string]sandbox.Switch{
		"500":                       {Fault: sandbox.ServerError},
		"an answer that is cut off": {Fault: sandbox.TruncatedJSON},
		"contacts alone":            {Fault: sandbox.UnavailableEmpty, Path: "/api/v4/contacts"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			matters, _ := p.link(3)
			p.renumber("new", matters...)
			require.NoError(t, p.clio.Fail(fault))
			began := p.clock.Now()
			run := p.syncAll()
			require.Equal(t, 15*time.Minute, p.clock.Since(began))
			require.Equal(t, "FAILED", run.Status)
			require.Equal(t, "CLIO_UNAVAILABLE", run.ProblemCode)
			require.NotEmpty(t, run.Problem)
			require.Equal(t, counts{Selected: 3, Processed: 3, Failed: 3}, run.Counts)
			for _, result := range p.results(run.ID) {
				require.Equal(t, "FAILED", result.Outcome)
				require.NotEmpty(t, result.Message)
			}
			require.NotContains(t, p.ask(`{ watches { nodes { caseNumber } } }`).texts("watches.nodes.*.caseNumber"), "new")
			require.Less(t, len(p.clio.Requests()), 60, "ever less often, up to every minute")
		})
	}
}

// When Clio answers maintenance but not runs, a run's timeout still applies.
func TestClioStaysHalfDown(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(3)
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ServerError, Path: "/api/v4/contacts"}))
	id := p.begin(false)
	began := p.clock.Now()
	for wait := p.workOnce(id); wait > 0; wait = p.workOnce(id) {
		p.clock.Advance(wait)
		require.NoError(t, p.clioService.Maintain(t.Context()))
		require.LessOrEqual(t, p.clock.Since(began), 15*time.Minute)
	}
	require.Equal(t, 15*time.Minute, p.clock.Since(began))
	require.Equal(t, "CLIO_UNAVAILABLE", p.run(id).ProblemCode)
}

func TestClioIsBackInTime(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, _ := p.link(3)
	p.renumber("new", matters...)
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ServerError}))
	id := p.begin(false)
	began := p.clock.Now()
	for p.clock.Since(began) < 14*time.Minute {
		wait := p.workOnce(id)
		require.True(t, wait > 0 && wait <= time.Minute, wait)
		p.clock.Advance(wait)
	}
	p.clio.ClearFaults()
	require.Zero(t, p.workOnce(id))
	run := p.run(id)
	require.Equal(t, "SUCCEEDED", run.Status)
	require.Equal(t, 3, run.Counts.Updated)
	require.Equal(t, "CONNECTED", p.ask(`{ clioIntegration { state } }`).text("clioIntegration.state"))
}

// A run that was throttled for long still has its whole timeout when Clio is then down.
func TestAWaitForTheLimitCostsNoTimeout(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(1)
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ServerError, Times: 1}))
	id := p.begin(false)
	p.clock.Advance(p.workOnce(id))
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.RateLimited, Seconds: 1200, Times: 1}))
	require.Equal(t, 20*time.Minute, p.workOnce(id), "and a Clio that asks for a pause is up")
	p.clock.Advance(20 * time.Minute)
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ServerError, Times: 1}))
	wait := p.workOnce(id)
	require.InDelta(t, 4.4, wait.Seconds(), 0.65, "five seconds, or up to a quarter less")
	p.clock.Advance(wait)
	require.Zero(t, p.workOnce(id))
	require.Equal(t, "SUCCEEDED", p.run(id).Status)
}

// Throttled on either request, a run waits as long as Clio says, and then asks both again: one result for each watch.
func TestAThrottledRunWaits(t *testing.T) {
	for name, path := range map[string]string{"matters": "/api/v4/matters", "contacts": "/api/v4/contacts"} {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			_, watches := p.link(3)
			require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.RateLimited, Seconds: 90, Path: path, Times: 2}))
			id := p.begin(false)
			for range 2 {
				require.Equal(t, 90*time.Second, p.workOnce(id))
				asked := len(p.clio.Requests())
				p.clock.Advance(30 * time.Second)
				require.Equal(t, time.Minute, p.workOnce(id), "called too early, it waits on")
				require.Len(t, p.clio.Requests(), asked, "and Clio is left alone")
				p.clock.Advance(time.Minute)
			}
			p.clio.ResetRequests()
			require.Zero(t, p.workOnce(id))
			require.Len(t, p.clio.Requests(), 2)
			require.Equal(t, "SUCCEEDED", p.run(id).Status)
			require.ElementsMatch(t, watches, ids(p.results(id)))
		})
	}
}

// A run begins only with seven requests left in the window, and leaves five of them to single syncs, which never wait.
func TestRunsLeaveRequestsToClicks(t *testing.T) {
	p := newStage(t, func(s *setup) { s.rateLimit = 10 }).connected("ada")
	id := p.imported("1001") // two requests
	p.clock.Advance(time.Minute)
	p.sync(id) // two of ten
	run := p.begin(false)
	require.Zero(t, p.workOnce(run), "eight were left")
	run = p.begin(false)
	require.Equal(t, time.Minute, p.workOnce(run), "six are left")
	for range 3 {
		require.Empty(t, p.sync(id).at("syncWatch.userErrors"))
	}
	throttled := p.sync(id)
	require.Equal(t, "CLIO_RATE_LIMITED", throttled.text("syncWatch.userErrors.0.code"))
	require.Equal(t, "RUNNING", p.run(run).Status)
	p.clock.Advance(time.Minute)
	require.Zero(t, p.workOnce(run))
	require.Equal(t, "SUCCEEDED", p.run(run).Status)
}
