package syncer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var noon = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

// ended is a run over all watches that ended at noon with some of its round left.
func ended(change func(*SyncRun)) *SyncRun {
	run := newRun("firm", nil, TriggerManual, ScopeAll, false, noon.Add(-time.Minute))
	run.Status, run.FinishedAt, run.Remaining = RunSucceeded, new(noon), 7
	if change != nil {
		change(run)
	}
	return run
}

// because sets why a run failed.
func because(code SyncProblem) func(*SyncRun) {
	return func(run *SyncRun) { run.Status, run.ProblemCode = RunFailed, &code }
}

// A manual run continues the manual round that ended within the hour with some watches left; otherwise it begins one (docs/rules.md#rounds).
func TestRoundsOfANewRun(t *testing.T) {
	for name, c := range map[string]struct {
		last      *SyncRun
		trigger   SyncTrigger
		after     time.Duration
		continues bool
	}{
		"none before":            {nil, TriggerManual, 0, false},
		"some left":              {ended(nil), TriggerManual, time.Hour, true},
		"more than an hour ago":  {ended(nil), TriggerManual, time.Hour + 1, false},
		"none left":              {ended(func(r *SyncRun) { r.Remaining = 0 }), TriggerManual, 0, false},
		"canceled":               {ended(func(r *SyncRun) { r.Status = RunCanceled }), TriggerManual, 0, false},
		"Clio was down":          {ended(because(ProblemUnavailable)), TriggerManual, 0, false},
		"Clio's limit":           {ended(because(ProblemRateLimited)), TriggerManual, 0, false},
		"a fault of the server":  {ended(because(ProblemInternal)), TriggerManual, 0, true},
		"a scheduled run":        {ended(nil), TriggerSchedule, 0, false},
		"a run after a login":    {ended(nil), TriggerLogin, 0, false},
		"one that hasn't ended":  {ended(func(r *SyncRun) { r.Status, r.FinishedAt = RunRunning, nil }), TriggerManual, 0, false},
		"partial, and some left": {ended(func(r *SyncRun) { r.Status = RunPartial }), TriggerManual, 0, true},
	} {
		run := newRun("firm", nil, c.trigger, ScopeAll, false, noon.Add(c.after))
		want := []string{run.RoundID}
		if c.continues {
			want = []string{c.last.RoundID, run.RoundID}
		}
		require.Equal(t, want, run.Rounds(c.last), name)
	}
}

// A dry run chooses the watches of the round that a writing run would continue, and stays in its own.
func TestChoosingFromARound(t *testing.T) {
	wet := newRun("firm", nil, TriggerManual, ScopeAll, false, noon)
	dry := newRun("firm", nil, TriggerManual, ScopeAll, true, noon)
	own := dry.RoundID
	chosen := Chosen{RoundID: "round", WatchIDs: []string{"a", "b"}, MatterIDs: []int64{1, 2}, Left: 5}
	for _, run := range []*SyncRun{wet, dry} {
		require.NoError(t, run.Choose(chosen, noon))
		require.Equal(t, 2, run.Counts.Selected)
		require.Equal(t, 3, run.Remaining)
		require.Equal(t, RunQueued, run.Status)
	}
	require.Equal(t, "round", wet.RoundID)
	require.Equal(t, own, dry.RoundID)

	none := newRun("firm", nil, TriggerManual, ScopeAll, false, noon)
	require.NoError(t, none.Choose(Chosen{RoundID: none.RoundID}, noon))
	require.Equal(t, RunSucceeded, none.Status)
	require.Equal(t, ProblemNothingLinked, *none.ProblemCode)
}

// What follows a finished run: the next of a round that continues automatically, or a schedule that has to catch up.
func TestFollowUp(t *testing.T) {
	by := func(trigger SyncTrigger, change func(*SyncRun)) *SyncRun {
		return ended(func(run *SyncRun) {
			run.Trigger = trigger
			if change != nil {
				change(run)
			}
		})
	}
	for name, c := range map[string]struct {
		run           *SyncRun
		next, catchUp bool
	}{
		"manual":                     {by(TriggerManual, nil), false, false},
		"scheduled":                  {by(TriggerSchedule, nil), true, false},
		"after a login":              {by(TriggerLogin, nil), true, false},
		"scheduled, none left":       {by(TriggerSchedule, func(r *SyncRun) { r.Remaining = 0 }), false, false},
		"scheduled, one watch":       {by(TriggerSchedule, func(r *SyncRun) { r.Scope = ScopeWatch }), false, false},
		"scheduled, Clio was down":   {by(TriggerSchedule, because(ProblemUnavailable)), false, false},
		"scheduled, a fault of ours": {by(TriggerSchedule, because(ProblemInternal)), true, false},
		"scheduled, not connected":   {by(TriggerSchedule, because(ProblemNotConnected)), false, true},
		"login, not connected":       {by(TriggerLogin, because(ProblemNotConnected)), false, false},
		"manual, not connected":      {by(TriggerManual, because(ProblemNotConnected)), false, false},
	} {
		follows := c.run.FollowUp()
		require.Equal(t, c.catchUp, follows.CatchUp, name)
		require.Equal(t, c.next, follows.Next != nil, name)
		if c.next {
			require.Equal(t, c.run.RoundID, follows.Next.RoundID, name)
			require.Equal(t, c.run.Trigger, follows.Next.Trigger, name)
			require.NotEqual(t, c.run.ID, follows.Next.ID, name)
		}
	}
}

// A connection that is lost pauses the schedule, one that is renewed catches up, and one that is new starts it afresh.
func TestSchedulesFollowTheConnection(t *testing.T) {
	settings := DefaultSettings("firm_01kas5c7e20000000000000001")
	settings.AutoSyncEnabled, settings.TimeZone, settings.SyncOnLogin, settings.Connected = true, "UTC", true, true
	settings.StartAfresh(noon)
	due := *settings.NextSyncAt
	settings.login("user", noon)
	require.Equal(t, noon, *settings.StartAt)

	settings.SetConnected(false, nil)
	require.Nil(t, settings.LoginByID, "no login waits for a sync that can't start")
	require.Equal(t, due, *settings.NextSyncAt)

	settings.SetConnected(true, nil)
	require.Equal(t, due, *settings.NextSyncAt, "what became due in between is caught up")

	settings.SetConnected(false, nil)
	settings.SetConnected(true, new(noon.AddDate(0, 0, 5)))
	require.Equal(t, due.AddDate(0, 0, 5), *settings.NextSyncAt)
}
