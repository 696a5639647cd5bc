package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// requireLost checks everything that shows that a connection has to be renewed.
func (p *person) requireLost(why string) {
	p.t.Helper()
	a := p.ask(`{ clioIntegration { state problem problemSince } syncStatus { clioIntegration { state problem problemSince } } }`)
	require.Equal(p.t, "NEEDS_RECONNECT", a.text("clioIntegration.state"))
	require.Contains(p.t, a.text("clioIntegration.problem"), why)
	require.NotNil(p.t, a.at("clioIntegration.problemSince"))
	require.Equal(p.t, a.at("clioIntegration"), a.at("syncStatus.clioIntegration"))
	require.Nil(p.t, p.nextSync(), "nothing is scheduled")
	require.Zero(p.t, p.startDue())
}

// While the connection has to be renewed nothing is scheduled; renewing it starts one run, however many were missed (docs/rules.md#due-times).
func TestALostConnectionPausesTheSchedule(t *testing.T) {
	p := newStage(t).connected("ada")
	_, watches := p.link(1)
	due := p.daily()
	p.clio.RevokeTokens()
	require.Equal(t, "CLIO_NOT_CONNECTED", p.sync(watches[0]).text("syncWatch.userErrors.0.code"))
	p.requireLost("connect Clio again")
	p.until(due.Add(3*day + 5*time.Minute))
	p.requireLost("connect Clio again")
	p.set(vars{"conflictResolution": "ASK"})
	p.requireLost("connect Clio again")

	require.Equal(t, "/?clio=error", p.connect(sandbox.SecondAccount))
	p.requireLost("another Clio account")
	require.Equal(t, "/?clio=connected", p.connect(sandbox.FirstAccount))
	require.Equal(t, due, *p.nextSync(), "which is past, and so")
	require.Equal(t, 1, p.startDue(), "it is caught up")
	require.Zero(t, p.startDue(), "once")
	p.work()
	runs := p.runsOf("SCHEDULE")
	require.Len(t, runs, 1)
	require.Equal(t, "SUCCEEDED", runs[0].Status)
	require.Equal(t, due.Add(4*day), *p.nextSync())
}

// A connection that is renewed before anything fell due has nothing to catch up.
func TestALostConnectionThatIsRenewedInTime(t *testing.T) {
	p := newStage(t).connected("ada")
	_, watches := p.link(1)
	due := p.daily()
	p.clio.RevokeTokens()
	p.sync(watches[0])
	p.requireLost("connect Clio again")
	require.Equal(t, "/?clio=connected", p.connect(sandbox.FirstAccount))
	require.Zero(t, p.startDue())
	require.Equal(t, due, *p.nextSync())
}

// A scheduled run that finds the connection lost fails, and renewing the connection starts one in its place.
func TestAScheduledRunThatFindsTheConnectionLost(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(130)
	due := p.daily()
	p.clio.RevokeTokens()
	p.until(due.Add(5 * time.Minute))
	require.Equal(t, 1, p.startDue())
	p.work()
	failed := p.runsOf("SCHEDULE")
	require.Len(t, failed, 1, "the round is over")
	require.Equal(t, "FAILED", failed[0].Status)
	require.Equal(t, "CLIO_NOT_CONNECTED", failed[0].ProblemCode)
	p.requireLost("connect Clio again")
	p.clock.Advance(2 * time.Hour)
	require.Equal(t, "/?clio=connected", p.connect(sandbox.FirstAccount))
	require.Equal(t, 1, p.startDue())
	p.work()
	runs := p.runsOf("SCHEDULE")
	require.Len(t, runs, 3, "a round of its own, to its end")
	require.Equal(t, []string{"SUCCEEDED", "SUCCEEDED"}, []string{runs[0].Status, runs[1].Status})
	require.Zero(t, runs[0].Remaining)
	require.Equal(t, due.Add(day), *p.nextSync(), "and it was that day's")
	require.Zero(t, p.startDue())
}

// A run that failed because Clio was down counts as that day's: none is started when Clio is back.
func TestAScheduledRunThatClioDidNotAnswer(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(1)
	due := p.daily()
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ServerError}))
	p.until(due.Add(5 * time.Minute))
	require.Equal(t, 1, p.startDue())
	p.work()
	require.Equal(t, "CLIO_UNAVAILABLE", p.newestRun().ProblemCode)
	p.clio.ClearFaults()
	require.Zero(t, p.startDue())
	require.Equal(t, due.Add(day), *p.nextSync())
}
