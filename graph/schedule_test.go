package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

const day = 24 * time.Hour

// daily schedules a sync every day at 13:00 UTC, and returns the next due time.
func (p *person) daily() time.Time {
	p.t.Helper()
	return *p.set(vars{"autoSyncEnabled": true, "frequency": "DAILY", "timeZone": "UTC", "timeOfDay": "13:00"})
}

// until moves the clock to a time.
func (s *stage) until(at time.Time) { s.clock.Advance(at.Sub(s.clock.Now())) }

// runsOf returns the firm's runs of a trigger, newest first.
func (p *person) runsOf(trigger string) []aRun {
	p.t.Helper()
	a := p.ask(`query($t: [SyncTrigger!]) { syncRuns(first: 100, filter: {triggers: $t}) { nodes { ...r } } }`+everythingOfARun, vars{"t": []string{trigger}})
	return read[[]aRun](a, "syncRuns.nodes")
}

// A scheduled round starts within five minutes after its nominal time, checks every linked watch, and the next is due a day later.
func TestAScheduledRoundStartsByItself(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, _ := p.link(130)
	p.renumber("new", matters...)
	due := p.daily()
	p.until(due.Add(-time.Second))
	require.Zero(t, p.startDue(), "not ahead of its time")
	p.until(due.Add(5 * time.Minute))
	require.Equal(t, due, *p.nextSync())
	require.Equal(t, 1, p.startDue())
	require.Zero(t, p.startDue(), "once")
	require.Equal(t, due.Add(day), *p.nextSync())
	p.work()
	runs := p.runsOf("SCHEDULE")
	require.Len(t, runs, 2)
	for i, run := range runs {
		require.Equal(t, "SUCCEEDED", run.Status)
		require.Empty(t, run.RequestedBy.Name, "the schedule")
		require.Equal(t, []int{30, 100}[i], run.Counts.Updated)
		require.Equal(t, runs[0].RoundID, run.RoundID)
	}
	require.Len(t, p.clio.Requests(), 4)
}

// A scheduled run that falls due during a manual run begins when that run ends, however it ends (docs/rules.md#runs).
func TestWhatFallsDueDuringARunBeginsWhenItEnds(t *testing.T) {
	for name, end := range map[string]func(p *person, run string){
		"executed": func(p *person, run string) { p.execute(run) },
		"canceled": func(p *person, run string) { p.mutate("cancelSyncRun", run); p.startDue() },
		"given up": func(p *person, run string) { require.NoError(p.t, p.syncs.Fail(p.t.Context(), run, nil)) },
	} {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			p.link(2)
			due := p.daily()
			manual := p.begin(false)
			p.until(due.Add(5 * time.Minute))
			require.Zero(t, p.startDue())
			require.Equal(t, due, *p.nextSync(), "it is still to come")
			dry := p.begin(true)
			require.Empty(t, p.runsOf("SCHEDULE"))
			end(p, manual)
			require.Len(t, p.runsOf("SCHEDULE"), 1, "at once, and a dry run delays nothing")
			require.Equal(t, due.Add(day), *p.nextSync())
			p.execute(dry)
			p.work()
			require.Zero(t, p.startDue())
			require.Len(t, p.runsOf("SCHEDULE"), 1)
		})
	}
}

// However long no server ran, and whichever replica is first, missed due times are caught up with one run (docs/rules.md#due-times).
func TestAWeekOfDowntimeIsCaughtUpOnce(t *testing.T) {
	s := newStage(t)
	replicas := []func() int{s.startDue}
	for range 3 {
		replica := s.replica()
		replicas = append(replicas, func() int { return s.startDueOf(replica) })
	}
	daily, weekly, logins := s.connected("ada"), s.connected("bob"), s.connected("cy")
	due := daily.daily()
	weekly.set(vars{"autoSyncEnabled": true, "frequency": "WEEKLY", "dayOfWeek": "FRIDAY", "timeZone": "UTC", "timeOfDay": "13:00"})
	logins.set(vars{"syncOnLogin": true})
	s.until(due.Add(7*day - 2*time.Hour))
	require.Equal(t, 2, sum(inParallel(replicas)))
	for _, p := range []*person{daily, weekly} {
		require.Len(t, p.runsOf("SCHEDULE"), 1)
	}
	require.Equal(t, due.Add(7*day), *daily.nextSync(), "today's is still to come")
	require.Equal(t, due.Add(11*day), *weekly.nextSync(), "Friday's, not a week after the day of catching up")
	require.Zero(t, sum(inParallel(replicas)))
}

// A canceled scheduled round counts as that day's: no other begins.
func TestACanceledScheduledRoundIsThatDays(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(1)
	due := p.daily()
	p.until(due.Add(5 * time.Minute))
	require.Equal(t, 1, p.startDue())
	p.mutate("cancelSyncRun", p.newestRun().ID)
	require.Zero(t, p.startDue())
	require.Equal(t, due.Add(day), *p.nextSync())
}

// A scheduled run survives an hour without Clio, and the firm stays connected (docs/rules.md#waiting-for-clio).
func TestAScheduledRunOutlastsAnHour(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, _ := p.link(3)
	p.renumber("new", matters...)
	due := p.daily()
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ServerError}))
	p.until(due.Add(5 * time.Minute))
	began := p.clock.Now()
	require.Equal(t, 1, p.startDue())
	run := p.newestRun().ID
	for p.clock.Since(began) < time.Hour {
		wait := p.workOnce(run)
		require.Positive(t, wait)
		a := p.ask(`{ syncStatus { nextSyncAt currentRun { status waitingUntil } clioIntegration { state problem problemSince } } }`)
		require.Equal(t, "UNREACHABLE", a.text("syncStatus.clioIntegration.state"))
		require.NotEmpty(t, a.text("syncStatus.clioIntegration.problem"))
		require.Equal(t, began, *read[*time.Time](a, "syncStatus.clioIntegration.problemSince"))
		require.Equal(t, due.Add(day), *read[*time.Time](a, "syncStatus.nextSyncAt"), "a failing Clio doesn't pause the schedule")
		p.clock.Advance(wait)
	}
	require.Less(t, len(p.clio.Requests()), 80, "ever less often, up to every minute")
	p.clio.ClearFaults()
	require.Zero(t, p.workOnce(run))
	require.Equal(t, "SUCCEEDED", p.run(run).Status)
	require.Equal(t, 3, p.run(run).Counts.Updated)
	require.Equal(t, "CONNECTED", p.ask(`{ clioIntegration { state problem } }`).text("clioIntegration.state"))
}

// Checking when nothing is due is one statement, and starting what is due costs the same few however many firms there are.
func TestStartingWhatIsDueCostsAFixedNumberOfStatements(t *testing.T) {
	s := newStage(t)
	var firms []*person
	for _, name := range []string{"ada", "bob", "cy", "dee", "eve"} {
		p := s.connected(name)
		p.link(2)
		firms = append(firms, p)
	}
	s.sql.Reset()
	require.Zero(t, s.startDue())
	require.Equal(t, 1, s.sql.Count())
	for _, count := range []int{1, 5} {
		var due time.Time
		for _, p := range firms[:count] {
			p.set(vars{"autoSyncEnabled": false})
			due = p.daily()
		}
		s.until(due.Add(5 * time.Minute))
		s.sql.Reset()
		require.Equal(t, count, s.startDue())
		require.Equal(t, 7, s.sql.Count(), "the check, the transaction's statements, and one that River sends by itself")
		for _, p := range firms[:count] {
			p.mutate("cancelSyncRun", p.newestRun().ID)
		}
	}
}
