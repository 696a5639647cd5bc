package syncer_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/syncer"
	"watchkeeper/internal/syncer/duetest"
)

func TestDueTimesOfYearsAgreeWithClocks(t *testing.T) {
	for _, test := range []struct {
		zone        string
		year, years int
		clocks      []int
	}{
		// The year whose clock changes the tests of the API go through (graph).
		{"UTC", 2018, 1, []int{0, 2359}},
		{"America/New_York", 2018, 1, []int{130, 230}},
		{"Europe/London", 2018, 1, []int{130}},
		{"Australia/Lord_Howe", 2018, 1, []int{145, 215}},
		{"Pacific/Apia", 2018, 1, []int{330}}, // São Paulo's is below
		{"UTC", 2024, 1, []int{0, 2359}},
		{"America/New_York", 2025, 2, []int{0, 130, 230, 600}},
		{"America/New_York", 2040, 1, []int{130, 230}}, // beyond the listed changes, by rule
		{"America/New_York", 2006, 2, []int{230}},      // the rule changed in 2007
		{"Europe/London", 2024, 1, []int{30, 130, 600}},
		{"Europe/London", 1971, 2, []int{230}},                 // after years of summer time
		{"Australia/Lord_Howe", 2025, 1, []int{145, 215, 600}}, // half an hour
		{"America/Sao_Paulo", 2018, 2, []int{0, 30, 2330}},     // at midnight; given up in 2019
		{"Pacific/Apia", 2011, 2, []int{0, 330, 600, 2359}},    // 30 December 2011 left out
		{"Pacific/Kwajalein", 1993, 1, []int{600}},             // 21 August left out
		{"Asia/Kathmandu", 1985, 2, []int{10, 600}},            // a quarter of an hour, for good
		{"America/Nuuk", 2026, 1, []int{0, 2330}},              // the last hour of a day
		{"America/St_Johns", 2010, 2, []int{0, 1, 2330}},       // a minute after midnight
		{"Antarctica/Troll", 2025, 1, []int{130, 230}},         // two hours
		{"Asia/Pyongyang", 2018, 1, []int{0, 2345}},            // half an hour before midnight, for good
		{"Africa/Casablanca", 2026, 1, []int{230}},             // back for Ramadan
		{"Africa/Cairo", 2014, 1, []int{30, 2330}},             // four changes
	} {
		t.Run(fmt.Sprintf("%s %d", test.zone, test.year), func(t *testing.T) {
			zone, err := time.LoadLocation(test.zone)
			require.NoError(t, err)
			from := time.Date(test.year, time.January, 1, 0, 0, 0, 0, time.UTC)
			to := from.AddDate(test.years, 0, 0)
			for _, clock := range test.clocks {
				runs := duetest.ExpectedRuns(from, to, zone, clock)
				require.InDelta(t, 365*test.years, len(runs), 2)
				requireAgreement(t, test.zone, clock, from, to, runs)
			}
		})
	}
}

// requireAgreement follows the daily and the weekly schedules from one due time to the next.
func requireAgreement(t *testing.T, zone string, clock int, from, to time.Time, runs []duetest.Run) {
	t.Helper()
	text := fmt.Sprintf("%02d:%02d", clock/1_00, clock%1_00)
	var want []time.Time
	for _, run := range runs {
		want = append(want, run.Due)
	}
	require.Equal(t, want, follow(t, daily(zone, text), from, to), "daily at %s", text)

	for _, day := range []time.Weekday{time.Monday, time.Friday, time.Saturday, time.Sunday} {
		want = want[:0]
		for _, run := range runs {
			if run.Date.Weekday() == day {
				want = append(want, run.Due)
			}
		}
		require.Equal(t, want, follow(t, weekly(zone, text, dayNames[day]), from, to), "%s at %s", day, text)
	}
}

var dayNames = map[time.Weekday]syncer.DayOfWeek{
	time.Monday: "MONDAY", time.Tuesday: "TUESDAY", time.Wednesday: "WEDNESDAY", time.Thursday: "THURSDAY",
	time.Friday: "FRIDAY", time.Saturday: "SATURDAY", time.Sunday: "SUNDAY",
}

// follow returns a schedule's due times after one moment, up to another.
func follow(t require.TestingT, settings *syncer.SyncSettings, from, to time.Time) []time.Time {
	var times []time.Time
	for last := from; ; {
		due := settings.NextDue(last)
		require.NotNil(t, due)
		require.True(t, due.After(last), "%s is not after %s", due, last)
		if due.After(to) {
			return times
		}
		times = append(times, *due)
		last = *due
	}
}

// drawZone draws a zone of one of the kinds that there are.
func drawZone(t *rapid.T) *time.Location {
	zone, err := time.LoadLocation(rapid.SampledFrom([]string{
		"UTC", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "America/St_Johns", "America/Nuuk", "America/Havana",
		"America/Caracas", "Europe/London", "Europe/Istanbul", "Africa/Cairo", "Africa/Casablanca", "Asia/Kathmandu", "Asia/Tehran",
		"Asia/Beirut", "Asia/Gaza", "Asia/Pyongyang", "Asia/Amman", "Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Auckland",
		"Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Kwajalein", "Pacific/Honolulu",
	}).Draw(t, "zone"))
	require.NoError(t, err)
	return zone
}

// drawMoment draws a moment from 1973 to 2099, half of the time within three days of a change of the zone's clocks.
func drawMoment(t *rapid.T, zone *time.Location) time.Time {
	at := time.Unix(rapid.Int64Range(100_000_000, 4_100_000_000).Draw(t, "second"), 0).In(zone)
	if change, _ := at.ZoneBounds(); !change.IsZero() && rapid.Bool().Draw(t, "near a change") {
		at = change.Add(time.Duration(rapid.IntRange(-3*24*60, 3*24*60).Draw(t, "minutes from it")) * time.Minute)
	}
	return at.UTC()
}

// drawSchedule draws a daily or weekly schedule in the zone.
func drawSchedule(t *rapid.T, zone *time.Location) *syncer.SyncSettings {
	minute := rapid.IntRange(0, 24*60-1).Draw(t, "minute of the day")
	clock := fmt.Sprintf("%02d:%02d", minute/60, minute%60)
	if day := rapid.IntRange(-7, 6).Draw(t, "day"); day >= 0 {
		return weekly(zone.String(), clock, dayNames[time.Weekday(day)])
	}
	return daily(zone.String(), clock)
}

// nominal returns the date that a run due then belongs to (its midnight, as UTC), and that date with the time of day as
// shown prints it. A clock that shows less than the time of day has passed it, and midnight.
func nominal(t require.TestingT, settings *syncer.SyncSettings, due time.Time, zone *time.Location) (time.Time, int) {
	var hour, minute int
	_, err := fmt.Sscanf(settings.TimeOfDay, "%d:%d", &hour, &minute)
	require.NoError(t, err)
	year, month, day := due.In(zone).Date()
	date := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if duetest.Shown(due, zone)%1_00_00 < hour*1_00+minute {
		date = date.AddDate(0, 0, -1)
	}
	return date, duetest.Shown(date, time.UTC) + hour*1_00 + minute
}

func TestDueTimeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := drawZone(t)
		settings, after := drawSchedule(t, zone), drawMoment(t, zone)
		due := *settings.NextDue(after)
		require.True(t, due.After(after), "strictly after")
		require.Equal(t, time.UTC, due.Location())

		later := after.Add(time.Duration(rapid.Int64Range(0, int64(10*24*time.Hour)).Draw(t, "later")))
		if later.Before(due) {
			require.Equal(t, due, *settings.NextDue(later), "the same until it has come")
		} else {
			require.True(t, settings.NextDue(later).After(due), "never backwards")
		}

		date, local := nominal(t, settings, due, zone)
		if settings.Frequency == syncer.Weekly {
			require.Equal(t, settings.DayOfWeek, dayNames[date.Weekday()])
		}
		require.GreaterOrEqual(t, duetest.Shown(due, zone), local, "not before its time")
		for minute := 1; minute <= 26*60; minute++ {
			require.Less(t, duetest.Shown(due.Add(-time.Duration(minute)*time.Minute), zone), local, "nor after it was first shown")
		}
	})
}

// A daily schedule has one run for each date that the zone's clocks show.
func TestDueTimesVisitEachDateOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := drawZone(t)
		settings, from := drawSchedule(t, zone), drawMoment(t, zone)
		settings.Frequency = syncer.Daily
		var visited, shownDates []int
		times := follow(t, settings, from, from.AddDate(0, 0, 12))
		for _, due := range times {
			date, _ := nominal(t, settings, due, zone)
			visited = append(visited, duetest.Shown(date, time.UTC)/1_00_00)
		}
		for at := times[0].AddDate(0, 0, -2); at.Before(from.AddDate(0, 0, 14)); at = at.Add(15 * time.Minute) {
			date := duetest.Shown(at, zone) / 1_00_00
			isNew := len(shownDates) == 0 || date > shownDates[len(shownDates)-1]
			if isNew && date >= visited[0] && date <= visited[len(visited)-1] {
				shownDates = append(shownDates, date)
			}
		}
		require.Equal(t, shownDates, visited)
	})
}
