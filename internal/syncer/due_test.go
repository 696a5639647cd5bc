package syncer_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/syncer"
)

// daily has runs every day at a time of a zone.
func daily(zone, clock string) *syncer.SyncSettings {
	settings := syncer.DefaultSettings("f")
	settings.AutoSyncEnabled, settings.TimeZone, settings.TimeOfDay = true, zone, clock
	return settings
}

// weekly has runs at a time of a zone on one day of the week.
func weekly(zone, clock string, day syncer.DayOfWeek) *syncer.SyncSettings {
	settings := daily(zone, clock)
	settings.Frequency, settings.DayOfWeek = syncer.Weekly, day
	return settings
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	require.NoError(t, err)
	return at
}

func TestDueTimes(t *testing.T) {
	const (
		newYork  = "America/New_York"
		london   = "Europe/London"
		lordHowe = "Australia/Lord_Howe"
		saoPaulo = "America/Sao_Paulo"
		nuuk     = "America/Nuuk"
		apia     = "Pacific/Apia"
	)
	for _, test := range []struct {
		rule     string
		settings *syncer.SyncSettings
		after    string
		due      []string // one after the other
	}{
		{"today, if the time is still ahead", daily(newYork, "06:00"), "2025-01-15T10:59:59.999999999Z", []string{"2025-01-15T11:00:00Z"}},
		{"strictly after", daily(newYork, "06:00"), "2025-01-15T11:00:00Z", []string{"2025-01-16T11:00:00Z"}},
		{"whatever zone after is in", daily(newYork, "06:00"), "2025-01-15T19:59:00+09:00", []string{"2025-01-15T11:00:00Z"}},
		{"today is the zone's, behind UTC", daily(newYork, "23:00"), "2025-01-16T03:00:00Z", []string{"2025-01-16T04:00:00Z"}},
		{"today is the zone's, ahead of UTC", daily("Pacific/Kiritimati", "00:00"), "2025-01-15T09:00:00Z", []string{"2025-01-15T10:00:00Z"}},
		{"over the end of a leap year", daily("UTC", "00:00"), "2028-12-30T12:00:00Z", []string{"2028-12-31T00:00:00Z", "2029-01-01T00:00:00Z"}},
		{"a quarter of an hour", daily("Asia/Kathmandu", "06:00"), "2025-01-15T00:00:00Z", []string{"2025-01-15T00:15:00Z"}},

		{"weekly, today", weekly(newYork, "06:00", "WEDNESDAY"), "2025-01-15T10:00:00Z", []string{"2025-01-15T11:00:00Z", "2025-01-22T11:00:00Z"}},
		{"weekly, the day before", weekly(newYork, "06:00", "TUESDAY"), "2025-01-15T10:00:00Z", []string{"2025-01-21T11:00:00Z"}},
		{"weekly, Sunday", weekly(newYork, "06:00", "SUNDAY"), "2025-01-15T10:00:00Z", []string{"2025-01-19T11:00:00Z"}},
		{"weekly, the zone's Monday is UTC's Sunday", weekly("Pacific/Auckland", "06:00", syncer.Monday), "2025-01-15T00:00:00Z", []string{"2025-01-19T17:00:00Z"}},
		{"weekly, the zone's Monday is UTC's Tuesday", weekly("Pacific/Honolulu", "20:00", syncer.Monday), "2025-01-15T00:00:00Z", []string{"2025-01-21T06:00:00Z"}},

		{"skipped: New York", daily(newYork, "02:30"), "2025-03-08T12:00:00Z", []string{"2025-03-09T07:00:00Z", "2025-03-10T06:30:00Z"}},
		{"skipped: the gap's first minute", daily(newYork, "02:00"), "2025-03-08T12:00:00Z", []string{"2025-03-09T07:00:00Z", "2025-03-10T06:00:00Z"}},
		{"skipped: the minute before the gap isn't", daily(newYork, "01:59"), "2025-03-08T12:00:00Z", []string{"2025-03-09T06:59:00Z"}},
		{"skipped: nor is the minute after", daily(newYork, "03:00"), "2025-03-08T12:00:00Z", []string{"2025-03-09T07:00:00Z", "2025-03-10T07:00:00Z"}},
		{"skipped: asked at the change itself", daily(newYork, "02:30"), "2025-03-09T07:00:00Z", []string{"2025-03-10T06:30:00Z"}},
		{"skipped: London", daily(london, "01:30"), "2025-03-29T12:00:00Z", []string{"2025-03-30T01:00:00Z", "2025-03-31T00:30:00Z"}},
		{"skipped: half an hour", daily(lordHowe, "02:15"), "2025-10-04T12:00:00Z", []string{"2025-10-04T15:30:00Z", "2025-10-05T15:15:00Z"}},
		{"skipped: two hours", daily("Antarctica/Troll", "01:30"), "2025-03-29T12:00:00Z", []string{"2025-03-30T01:00:00Z", "2025-03-30T23:30:00Z"}},
		{"skipped: midnight", daily(saoPaulo, "00:00"), "2018-11-03T12:00:00Z", []string{"2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"}},
		{"skipped: to midnight", daily("Asia/Pyongyang", "23:45"), "2018-05-04T00:00:00Z", []string{"2018-05-04T15:00:00Z", "2018-05-05T14:45:00Z"}},
		{"skipped: the day's last hour", daily(nuuk, "23:30"), "2026-03-28T12:00:00Z", []string{"2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"}},
		{"skipped: a Saturday's run early on Sunday", weekly(nuuk, "23:30", "SATURDAY"), "2026-03-28T12:00:00Z", []string{"2026-03-29T01:00:00Z", "2026-04-05T00:30:00Z"}},
		{"skipped: which is not a Sunday's", weekly(nuuk, "23:30", "SUNDAY"), "2026-03-28T12:00:00Z", []string{"2026-03-30T00:30:00Z"}},
		{"skipped: weekly", weekly(newYork, "02:30", "SUNDAY"), "2025-03-03T12:00:00Z", []string{"2025-03-09T07:00:00Z", "2025-03-16T06:30:00Z"}},

		{"repeated: New York", daily(newYork, "01:30"), "2025-11-01T12:00:00Z", []string{"2025-11-02T05:30:00Z", "2025-11-03T06:30:00Z"}},
		{"repeated: asked between the two", daily(newYork, "01:30"), "2025-11-02T06:00:00Z", []string{"2025-11-03T06:30:00Z"}},
		{"repeated: the first minute", daily(newYork, "01:00"), "2025-11-01T12:00:00Z", []string{"2025-11-02T05:00:00Z", "2025-11-03T06:00:00Z"}},
		{"repeated: the minute after isn't", daily(newYork, "02:00"), "2025-11-01T12:00:00Z", []string{"2025-11-02T07:00:00Z"}},
		{"repeated: London", daily(london, "01:30"), "2025-10-25T12:00:00Z", []string{"2025-10-26T00:30:00Z", "2025-10-27T01:30:00Z"}},
		{"repeated: half an hour", daily(lordHowe, "01:45"), "2025-04-05T00:00:00Z", []string{"2025-04-05T14:45:00Z", "2025-04-06T15:15:00Z"}},
		{"repeated: the hour before midnight", daily(saoPaulo, "23:30"), "2018-02-17T12:00:00Z", []string{"2018-02-18T01:30:00Z", "2018-02-19T02:30:00Z"}},
		{"repeated: midnight and the day before", daily("America/St_Johns", "00:00"), "2010-11-06T12:00:00Z", []string{"2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"}},
		{"repeated: nearly a day", daily("Pacific/Kwajalein", "06:00"), "1969-09-29T12:00:00Z", []string{"1969-09-29T19:00:00Z", "1969-10-01T18:00:00Z"}},

		{"no such date: Samoa", daily(apia, "06:00"), "2011-12-29T00:00:00Z", []string{"2011-12-29T16:00:00Z", "2011-12-30T16:00:00Z"}},
		{"no such date: nor a midnight of its own", daily(apia, "00:00"), "2011-12-29T00:00:00Z", []string{"2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"}},
		{"no such date: the last minute before", daily(apia, "23:59"), "2011-12-29T00:00:00Z", []string{"2011-12-29T09:59:00Z", "2011-12-30T09:59:00Z", "2011-12-31T09:59:00Z"}},
		{"no such date: a week without a Friday", weekly(apia, "06:00", "FRIDAY"), "2011-12-23T12:00:00Z", []string{"2011-12-23T16:00:00Z", "2012-01-05T16:00:00Z"}},
		{"no such date: asked when the time had passed", weekly(apia, "06:00", "FRIDAY"), "2011-12-23T16:00:00Z", []string{"2012-01-05T16:00:00Z"}},

		{"new rules: Caracas", daily("America/Caracas", "02:45"), "2016-04-30T12:00:00Z", []string{"2016-05-01T07:00:00Z", "2016-05-02T06:45:00Z"}},
		{"new rules: Kathmandu", daily("Asia/Kathmandu", "00:10"), "1985-12-30T12:00:00Z", []string{"1985-12-30T18:40:00Z", "1985-12-31T18:30:00Z", "1986-01-01T18:25:00Z"}},
		{"new rules: São Paulo gave up summer time", daily(saoPaulo, "00:30"), "2019-11-02T12:00:00Z", []string{"2019-11-03T03:30:00Z"}},
		{"far ahead: winter", daily(newYork, "06:00"), "2040-12-31T01:00:00Z", []string{"2040-12-31T11:00:00Z", "2041-01-01T11:00:00Z"}},
		{"far ahead: spring", daily(newYork, "02:30"), "2500-03-13T12:00:00Z", []string{"2500-03-14T07:00:00Z", "2500-03-15T06:30:00Z"}},
		{"far ahead: southern summer", daily(lordHowe, "02:15"), "9998-12-31T00:00:00Z", []string{"9998-12-31T15:15:00Z"}},
	} {
		t.Run(test.rule, func(t *testing.T) {
			at := moment(t, test.after)
			for _, want := range test.due {
				due := test.settings.NextDue(at)
				require.NotNil(t, due)
				require.Equal(t, want, due.Format(time.RFC3339Nano))
				at = *due
			}
		})
	}
}

func TestDueTimesOfNoSchedule(t *testing.T) {
	for name, spoil := range map[string]func(*syncer.SyncSettings){
		"auto-sync is off":      func(s *syncer.SyncSettings) { s.AutoSyncEnabled = false },
		"manual":                func(s *syncer.SyncSettings) { s.Frequency = syncer.Manual },
		"unknown zone":          func(s *syncer.SyncSettings) { s.TimeZone = "America/Atlantis" },
		"no zone":               func(s *syncer.SyncSettings) { s.TimeZone = "" },
		"the machine's zone":    func(s *syncer.SyncSettings) { s.TimeZone = "Local" },
		"no time of day":        func(s *syncer.SyncSettings) { s.TimeOfDay = "24:00" },
		"an hour of one digit":  func(s *syncer.SyncSettings) { s.TimeOfDay = "6:00" },
		"no day of the week":    func(s *syncer.SyncSettings) { s.Frequency, s.DayOfWeek = syncer.Weekly, "PAYDAY" },
		"no frequency whatever": func(s *syncer.SyncSettings) { s.Frequency = "" },
	} {
		t.Run(name, func(t *testing.T) {
			settings := daily("America/New_York", "06:00")
			require.NotNil(t, settings.NextDue(asked))
			spoil(settings)
			require.Nil(t, settings.NextDue(asked))
		})
	}
	require.Nil(t, syncer.DefaultSettings("f").NextDue(asked), "a firm that chose nothing")
}

// Replicas of two versions must agree on when a firm starts.
func TestDueStartDelayNeverChanges(t *testing.T) {
	require.Equal(t, 34_205*time.Millisecond, syncer.StartDelay("firm_01kas5c7e20000000000000001"))
	require.Equal(t, 68_711*time.Millisecond, syncer.StartDelay("firm_01kas5c7e20000000000000002"))
}

func TestDueStartDelaysAreSpreadEvenly(t *testing.T) {
	const firms, seconds = 28_500, 285
	started := make([]int, seconds)
	for n := range firms {
		delay := syncer.StartDelay(fmt.Sprintf("firm_01kas5c7e2%016d", n))
		require.GreaterOrEqual(t, delay, time.Duration(0))
		require.Less(t, delay, seconds*time.Second)
		started[delay/time.Second]++
	}
	for second, count := range started {
		require.InDelta(t, firms/seconds, count, 40, "second %d", second) // four standard deviations
	}
}
