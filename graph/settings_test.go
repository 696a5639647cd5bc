package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/syncer"
)

const everySetting = `id autoSyncEnabled frequency timeOfDay dayOfWeek timeZone syncOnLogin conflictResolution nextSyncAt`

const updateSettings = `mutation($in: UpdateSyncSettingsInput!) { updateSyncSettings(input: $in) {
	syncSettings { ` + everySetting + ` } userErrors { code path message }
} }`

// set changes settings, which must succeed, and returns when the next run is then due; nil when none is.
func (p *person) set(settings vars) *time.Time {
	p.t.Helper()
	a := p.ask(updateSettings, vars{"in": settings})
	require.Empty(p.t, a.at("updateSyncSettings.userErrors"))
	return read[*time.Time](a, "updateSyncSettings.syncSettings.nextSyncAt")
}

// nextSync returns when the next run is due, on which settings and status must agree; nil when none is.
func (p *person) nextSync() *time.Time {
	p.t.Helper()
	a := p.ask(`{ syncSettings { nextSyncAt } syncStatus { nextSyncAt } }`)
	require.Equal(p.t, a.at("syncSettings.nextSyncAt"), a.at("syncStatus.nextSyncAt"))
	return read[*time.Time](a, "syncSettings.nextSyncAt")
}

func at(text string) *time.Time {
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return &moment
}

func TestTheDefaultSettings(t *testing.T) {
	p := newStage(t).signUp("ada")
	settings := p.ask(`{ syncSettings { ` + everySetting + ` } }`).at("syncSettings").(map[string]any)
	require.Equal(t, map[string]any{"id": settings["id"], "autoSyncEnabled": false, "frequency": "DAILY", "timeOfDay": "06:00", "dayOfWeek": "MONDAY",
		"timeZone": "America/New_York", "syncOnLogin": false, "conflictResolution": "KEEP_LOCAL", "nextSyncAt": nil}, settings)
}

func TestSettingsAreChangedAndKept(t *testing.T) {
	p := newStage(t).signUp("ada")
	a := p.ask(updateSettings, vars{"in": vars{
		"frequency": "WEEKLY", "dayOfWeek": "SUNDAY", "timeOfDay": " 23:59\u200b", "timeZone": " Australia/Lord_Howe ", "syncOnLogin": true,
	}})
	require.Empty(t, a.at("updateSyncSettings.userErrors"))
	settings := a.at("updateSyncSettings.syncSettings").(map[string]any)
	require.Equal(t, map[string]any{"id": settings["id"], "autoSyncEnabled": false, "frequency": "WEEKLY", "timeOfDay": "23:59", "dayOfWeek": "SUNDAY",
		"timeZone": "Australia/Lord_Howe", "syncOnLogin": true, "conflictResolution": "KEEP_LOCAL", "nextSyncAt": nil}, settings,
		"cleaned, and what is absent is left alone")

	for _, bad := range []vars{
		{"timeOfDay": "24:00"}, {"timeOfDay": "6:00"}, {"timeOfDay": "06:60"}, {"timeOfDay": "06:00:00"}, {"timeOfDay": ""}, {"timeOfDay": "6 am"},
		{"timeZone": "Local"}, {"timeZone": "localtime"}, {"timeZone": "right/UTC"}, {"timeZone": "posix/UTC"}, {"timeZone": "posixrules"},
		{"timeZone": ""}, {"timeZone": "Mars/Base"}, {"timeZone": "../etc/passwd"}, {"timeZone": "/etc/localtime"}, {"timeZone": "America"}, {"timeZone": "EST+5"},
		{"autoSyncEnabled": nil}, {"frequency": nil}, {"timeOfDay": nil}, {"dayOfWeek": nil}, {"timeZone": nil}, {"syncOnLogin": nil}, {"conflictResolution": nil},
	} {
		b := p.ask(updateSettings, vars{"in": bad})
		require.Equal(t, []string{"INVALID"}, b.texts("updateSyncSettings.userErrors.*.code"), bad)
		for field := range bad {
			require.Equal(t, []any{"input", field}, b.at("updateSyncSettings.userErrors.0.path"))
		}
		require.Nil(t, b.at("updateSyncSettings.syncSettings"))
	}
	all := p.ask(updateSettings, vars{"in": vars{"timeOfDay": "x", "timeZone": "y", "frequency": nil, "syncOnLogin": false}})
	require.ElementsMatch(t, []string{"frequency", "timeOfDay", "timeZone"}, all.texts("updateSyncSettings.userErrors.*.path.1"), "all problems at once")
	now := p.ask(`query($id: ID!) { node(id: $id) { ... on SyncSettings { `+everySetting+` } } }`, vars{"id": settings["id"]})
	require.Equal(t, settings, now.at("node"), "what is refused changes nothing")
}

// Noon UTC on Monday, 23 November 2026, is seven in the morning in New York.
func TestChangedSettingsMoveTheNextSyncAtOnce(t *testing.T) {
	p := newStage(t).connected("ada")
	require.Nil(t, p.nextSync())
	for _, step := range []struct {
		why  string
		set  vars
		next *time.Time
	}{
		{"today's six o'clock is past", vars{"autoSyncEnabled": true}, at("2026-11-24T11:00:00Z")},
		{"today's eight o'clock isn't", vars{"timeOfDay": "08:00"}, at("2026-11-23T13:00:00Z")},
		{"the first occurrence after now, not now", vars{"timeOfDay": "07:00"}, at("2026-11-24T12:00:00Z")},
		{"in another zone", vars{"timeZone": "Asia/Kathmandu"}, at("2026-11-24T01:15:00Z")},
		{"weekly, on Monday, which is over there", vars{"frequency": "WEEKLY"}, at("2026-11-30T01:15:00Z")},
		{"on another day", vars{"dayOfWeek": "FRIDAY"}, at("2026-11-27T01:15:00Z")},
		{"never", vars{"frequency": "MANUAL"}, nil},
		{"daily again, all at once", vars{"frequency": "DAILY", "timeZone": "UTC", "timeOfDay": "12:01"}, at("2026-11-23T12:01:00Z")},
		{"switched off", vars{"autoSyncEnabled": false}, nil},
	} {
		require.Equal(t, step.next, p.set(step.set), step.why)
		require.Equal(t, step.next, p.nextSync(), step.why)
	}
}

// What is due, or about to start, stays so when another setting changes, or the same value is set again.
func TestOtherSettingsLeaveTheScheduleAlone(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(1)
	due := p.set(vars{"autoSyncEnabled": true, "timeZone": "UTC", "timeOfDay": "13:00"})
	p.clock.Advance(due.Sub(p.clock.Now()) + time.Millisecond) // and before the firm's offset
	for _, same := range []vars{
		{"conflictResolution": "ASK"}, {"syncOnLogin": true}, {"dayOfWeek": "SUNDAY"}, {"timeOfDay": "13:00"}, {"autoSyncEnabled": true, "frequency": "DAILY"}, {},
	} {
		require.Equal(t, due, p.set(same), same)
	}
	p.clock.Advance(5 * time.Minute)
	require.Equal(t, 1, p.startDue())
	require.Equal(t, "ASK", p.newestRun().ConflictResolution)
	require.Equal(t, due.Add(24*time.Hour), *p.nextSync())
}

// A front end that follows the status is notified when the next due time changes.
func TestFollowersAreNotifiedOfAChangedSchedule(t *testing.T) {
	for name, over := range transports {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			status := over(p, `subscription { syncStatus { nextSyncAt } }`, nil)
			first, ok := status.next()
			require.True(t, ok)
			require.Nil(t, first.at("syncStatus.nextSyncAt"))
			p.runClock(sessionWaits + readerWaits)
			next := p.set(vars{"autoSyncEnabled": true})
			changed, ok := status.next()
			require.True(t, ok)
			require.Equal(t, next, read[*time.Time](changed, "syncStatus.nextSyncAt"))
		})
	}
}

// A connection that maintenance is checking isn't reported until it works again.
func TestFollowersDontSeeMaintenance(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	status := p.overEvents(`subscription { syncStatus { clioIntegration { state problemSince } } }`, nil)
	p.runClock(sessionWaits + readerWaits)
	next := func() string {
		a, ok := status.next()
		require.True(t, ok)
		return a.text("syncStatus.clioIntegration.state")
	}
	require.Equal(t, "CONNECTED", next())
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ServerError}))
	p.sync(id)
	require.Equal(t, "UNREACHABLE", next())
	for range 5 {
		p.clock.Advance(20 * time.Minute)
		require.NoError(t, p.clioService.Maintain(t.Context()))
	}
	p.clio.ClearFaults()
	p.clock.Advance(20 * time.Minute)
	require.NoError(t, p.clioService.Maintain(t.Context()))
	require.Equal(t, "CONNECTED", next())
}

// Without a connection the schedule still has its next time, but nothing starts; once connected, it continues from there.
func TestAScheduleWithoutAConnection(t *testing.T) {
	p := newStage(t).signUp("ada")
	next := p.set(vars{"autoSyncEnabled": true})
	require.Equal(t, at("2026-11-24T11:00:00Z"), next)
	p.clock.Advance(24 * time.Hour)
	require.Equal(t, at("2026-11-25T11:00:00Z"), p.nextSync(), "never one that is past")
	require.Zero(t, p.startDue())
	require.Equal(t, "/?clio=connected", p.connect(sandbox.FirstAccount))
	require.Zero(t, p.startDue(), "there is nothing to catch up")
	require.Equal(t, at("2026-11-25T11:00:00Z"), p.nextSync())
	p.clock.Advance(24 * time.Hour)
	require.Equal(t, 1, p.startDue())
	p.work()
	require.Equal(t, "NOTHING_LINKED", p.newestRun().ProblemCode)
	require.Equal(t, p.clock.Now(), *p.newestRun().FinishedAt)

	p.ask(`mutation { disconnectClio { userErrors { code } } }`)
	p.clock.Advance(24 * time.Hour)
	require.Zero(t, p.startDue())
	require.Equal(t, at("2026-11-27T11:00:00Z"), p.nextSync())
	require.Equal(t, "/?clio=connected", p.connect(sandbox.FirstAccount))
	require.Zero(t, p.startDue(), "it was given up on purpose")
	require.Equal(t, at("2026-11-27T11:00:00Z"), p.nextSync())
}

// startDue starts what is due, as each replica does every few seconds, and returns for how many firms.
func (s *stage) startDue() int {
	s.t.Helper()
	return s.startDueOf(s.syncs)
}

func (s *stage) startDueOf(replica *syncer.Service) int {
	s.t.Helper()
	started, err := replica.StartDue(s.t.Context())
	require.NoError(s.t, err)
	return started
}

// newestRun returns the run that was started last.
func (p *person) newestRun() aRun {
	p.t.Helper()
	return read[aRun](p.ask(`{ syncRuns(first: 1) { nodes { ...r } } }`+everythingOfARun), "syncRuns.nodes.0")
}
