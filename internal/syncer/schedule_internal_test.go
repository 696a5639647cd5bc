package syncer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/merge"
)

const user = "user_01kas5c7e20000000000000001"

// Whatever happens, in any order: no round is started early or twice for the same reason, what is due is started by the next replica
// that checks, and StartAt says when that is.
func TestScheduleProperties(t *testing.T) {
	start := time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		s, now := DefaultSettings("firm_01kas5c7e20000000000000001"), start
		started := map[time.Time]bool{}
		t.Repeat(map[string]func(*rapid.T){
			"time passes": func(t *rapid.T) {
				now = now.Add(time.Duration(rapid.Int64Range(0, int64(50*time.Hour)).Draw(t, "for")))
			},
			"the schedule is changed": func(t *rapid.T) {
				s.AutoSyncEnabled = rapid.Bool().Draw(t, "on")
				s.Frequency = rapid.SampledFrom([]SyncFrequency{Daily, Weekly, Manual}).Draw(t, "frequency")
				s.StartAfresh(now)
				require.True(t, s.NextSyncAt == nil || s.NextSyncAt.After(now), "afresh is after now")
				require.Equal(t, s.AutoSyncEnabled && s.Frequency != Manual, s.NextSyncAt != nil)
			},
			"logins are to have a sync, or not": func(t *rapid.T) {
				s.SyncOnLogin = rapid.Bool().Draw(t, "wanted")
			},
			"somebody logs in": func(t *rapid.T) {
				before := s.LoggedInAt
				s.login(user, now)
				require.Equal(t, s.SyncOnLogin && (before == nil || now.Sub(*before) >= 15*time.Minute), s.LoggedInAt != before)
			},
			"a replica checks": func(t *rapid.T) {
				planned, nominal, login := s.StartAt, s.NextSyncAt, s.LoginByID
				run := s.claimDue(now)
				require.Equal(t, planned != nil && !planned.After(now), run != nil, "StartAt says whether anything is due")
				if run == nil {
					require.Equal(t, nominal, s.NextSyncAt)
					return
				}
				if run.Trigger == TriggerSchedule {
					require.False(t, started[*nominal], "once for the same time")
					started[*nominal] = true
					require.False(t, now.Before(*nominal), "not before it")
					require.True(t, s.NextSyncAt.After(now), "and not again before the next")
				} else {
					require.Equal(t, login, run.RequestedByID)
				}
				require.Nil(t, s.LoginByID)
				require.True(t, login == nil || s.LoggedInAt.Equal(now), "the pause between logins begins now")
				require.Nil(t, s.claimDue(now))
			},
			"": func(t *rapid.T) {
				if s.NextSyncAt != nil {
					require.False(t, s.StartAt.After(s.NextSyncAt.Add(5*time.Minute)), "within five minutes")
				}
			},
		})
	})
}

func TestChangesOfTheSchedule(t *testing.T) {
	set := func(change func(*SyncSettings)) schedule {
		s := DefaultSettings("firm")
		s.AutoSyncEnabled = true
		change(s)
		return s.schedule()
	}
	same := set(func(*SyncSettings) {})
	for name, change := range map[string]func(*SyncSettings){
		"off": func(s *SyncSettings) { s.AutoSyncEnabled = false }, "manual": func(s *SyncSettings) { s.Frequency = Manual },
		"weekly": func(s *SyncSettings) { s.Frequency = Weekly }, "time": func(s *SyncSettings) { s.TimeOfDay = "06:01" },
		"zone": func(s *SyncSettings) { s.TimeZone = "UTC" },
	} {
		require.NotEqual(t, same, set(change), name)
	}
	for name, change := range map[string]func(*SyncSettings){
		"the day of a daily schedule": func(s *SyncSettings) { s.DayOfWeek = "FRIDAY" }, "login": func(s *SyncSettings) { s.SyncOnLogin = true },
		"policy": func(s *SyncSettings) { s.ConflictResolution = merge.Ask },
	} {
		require.Equal(t, same, set(change), name)
	}
	weekly := func(s *SyncSettings) { s.Frequency = Weekly }
	require.NotEqual(t, set(weekly), set(func(s *SyncSettings) { s.Frequency, s.DayOfWeek = Weekly, "FRIDAY" }))
	off := func(s *SyncSettings) { s.AutoSyncEnabled = false }
	require.Equal(t, set(off), set(func(s *SyncSettings) { s.AutoSyncEnabled, s.TimeOfDay = false, "07:00" }), "off is off")
}

// Only a scheduled run that lost its connection is caught up, and only while the connection is lost and something is scheduled.
func TestCatchUpAfterReconnecting(t *testing.T) {
	now := time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	lost, down := ProblemNotConnected, ProblemUnavailable
	run := func(trigger SyncTrigger, problem *SyncProblem) *SyncRun {
		return &SyncRun{Trigger: trigger, Status: RunFailed, ProblemCode: problem, CreatedAt: now}
	}
	require.True(t, run(TriggerSchedule, &lost).needsCatchUp())
	require.False(t, run(TriggerSchedule, &down).needsCatchUp())
	require.False(t, run(TriggerSchedule, nil).needsCatchUp())
	require.False(t, run(TriggerManual, &lost).needsCatchUp())
	require.False(t, run(TriggerLogin, &lost).needsCatchUp())

	settings := func() *SyncSettings {
		s := DefaultSettings("firm_01kas5c7e20000000000000001")
		s.AutoSyncEnabled = true
		s.StartAfresh(now)
		return s
	}
	s := settings()
	s.CatchUp(run(TriggerSchedule, &lost))
	require.Equal(t, now.Add(-StartDelay(s.FirmID)).Truncate(time.Minute), *s.NextSyncAt, "the nominal time that it had")
	require.False(t, s.StartAt.After(now), "due at once")
	s, same := settings(), settings()
	s.Connected, same.Connected = true, true
	s.CatchUp(run(TriggerSchedule, &lost))
	require.Equal(t, same, s, "reconnected in between")
	s = DefaultSettings("firm")
	s.CatchUp(run(TriggerSchedule, &lost))
	require.Nil(t, s.StartAt, "switched off in between")
}

// While Clio is down the waits grow up to a minute, and the last try is when the run's retryTimeout ends, whatever the jitter.
func TestRetriesWhileClioIsDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		since := time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
		run := &SyncRun{Trigger: rapid.SampledFrom([]SyncTrigger{TriggerManual, TriggerSchedule, TriggerLogin}).Draw(t, "trigger")}
		end := since.Add(map[SyncTrigger]time.Duration{TriggerManual: 15 * time.Minute, TriggerSchedule: 2 * time.Hour, TriggerLogin: 2 * time.Hour}[run.Trigger])
		tries := 0
		for now := since; ; tries++ {
			at, inTime := run.nextTry(since, now, rapid.Float64Range(0, 1).Draw(t, "chance"))
			require.Equal(t, now.Before(end), inTime)
			if !inTime {
				require.Equal(t, end, now, "the last try is at the very end")
				break
			}
			wait := at.Sub(now)
			require.LessOrEqual(t, wait, time.Minute)
			require.True(t, at.Equal(end) || wait >= 3749*time.Millisecond, wait)
			require.True(t, at.Equal(end) || now.Sub(since) < time.Minute || wait >= 44999*time.Millisecond, wait)
			now = at
		}
		require.LessOrEqual(t, tries, 20+int(end.Sub(since)/(45*time.Second)))
	})
}
