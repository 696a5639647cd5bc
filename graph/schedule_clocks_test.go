package graph_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/syncer/duetest"
)

// scheduledFirm is a firm with a schedule, and when its runs are due by a calculation that shares nothing with ours.
type scheduledFirm struct {
	*person
	id      string
	nominal []time.Time
	due     int // how many of them are past
}

// scheduleTimes are the zones of these firms, and the times of day of their daily and weekly schedules. In 2018 the clocks of all
// but UTC were changed twice; São Paulo's at midnight, Lord Howe's by half an hour.
var scheduleTimes = map[string][2]string{
	"America/New_York": {"02:30", "01:30"}, "Europe/London": {"01:30", "01:30"}, "Australia/Lord_Howe": {"02:15", "01:45"},
	"America/Sao_Paulo": {"00:00", "23:30"}, "Pacific/Apia": {"03:30", "03:30"}, "UTC": {"00:00", "23:59"},
}

// The weeks of a year around each change of clocks: each run starts at its nominal time or within five minutes after it, none is left
// out and none comes twice. The rest of the year is compared with the same calculation in internal/syncer, without a database.
func TestSchedulesAroundEachChangeOfClocks(t *testing.T) {
	t.Parallel()
	changes := 0
	for _, span := range spansOf2018(t) {
		changes += len(span.zones)
		t.Run(span.from.Format(time.DateOnly), func(t *testing.T) {
			s := newStage(t, func(s *setup) { s.now = span.from })
			var firms []*scheduledFirm
			for _, zone := range append(span.zones, "UTC") {
				times := scheduleTimes[zone]
				firms = append(firms, s.scheduled(zone, times[0], false, span.to), s.scheduled(zone, times[1], true, span.to))
			}
			s.followSchedules(firms)
		})
	}
	require.Equal(t, 2*(len(scheduleTimes)-1), changes, "each change is in one of the spans")
}

// span is a time in which the clocks of some zones are changed, once each.
type span struct {
	from, to time.Time
	zones    []string
}

// spansOf2018 have four days before each change, and eight after it: its own Sunday and the next one.
func spansOf2018(t *testing.T) []span {
	t.Helper()
	newYear := time.Date(2018, time.January, 1, 0, 0, 0, 0, time.UTC)
	var all []span
	for zone := range scheduleTimes {
		location, err := time.LoadLocation(zone)
		require.NoError(t, err)
		_, change := newYear.In(location).ZoneBounds()
		for ; !change.IsZero() && change.Year() == newYear.Year(); _, change = change.ZoneBounds() {
			day := change.UTC().Truncate(24 * time.Hour)
			all = append(all, span{from: day.AddDate(0, 0, -4), to: day.AddDate(0, 0, 9), zones: []string{zone}})
		}
	}
	slices.SortFunc(all, func(a, b span) int { return a.from.Compare(b.from) })
	merged := all[:1]
	for _, next := range all[1:] {
		last := &merged[len(merged)-1]
		if next.from.After(last.to) {
			merged = append(merged, next)
			continue
		}
		last.to, last.zones = next.to, append(last.zones, next.zones...)
	}
	return merged
}

// followSchedules goes from one due time to the next, and compares.
func (s *stage) followSchedules(firms []*scheduledFirm) {
	s.t.Helper()
	started := map[string]int{}
	for _, step := range steps(firms) {
		s.until(step)
		s.startDue()
		s.endStarted(started)
		for _, f := range firms {
			f.check(step, started[f.id])
		}
	}
	for _, f := range firms {
		require.Len(s.t, f.nominal, f.due)
		require.NotEmpty(s.t, f.nominal)
	}
}

// scheduled makes a firm with a schedule, daily or on Sundays, when clocks are changed.
func (s *stage) scheduled(zone, timeOfDay string, weekly bool, end time.Time) *scheduledFirm {
	s.t.Helper()
	name := strings.NewReplacer("/", "_", ":", "").Replace(zone + timeOfDay)
	settings := vars{"autoSyncEnabled": true, "frequency": "DAILY", "timeZone": zone, "timeOfDay": timeOfDay}
	if weekly {
		name, settings["frequency"], settings["dayOfWeek"] = name+"weekly", "WEEKLY", "SUNDAY"
	}
	f := &scheduledFirm{person: s.connected(name)}
	f.id = f.ask(`{ viewer { firm { id } } }`).text("viewer.firm.id")
	location, err := time.LoadLocation(zone)
	require.NoError(s.t, err)
	clock, err := time.Parse("15:04", timeOfDay)
	require.NoError(s.t, err)
	for _, run := range duetest.ExpectedRuns(s.clock.Now(), end, location, clock.Hour()*100+clock.Minute()) {
		if !weekly || run.Date.Weekday() == time.Sunday {
			f.nominal = append(f.nominal, run.Due)
		}
	}
	require.Equal(s.t, f.nominal[0], *f.set(settings))
	return f
}

// steps are the moments at which to look: a second ahead of every nominal time, and five minutes after it.
func steps(firms []*scheduledFirm) []time.Time {
	var all []time.Time
	for _, f := range firms {
		for _, nominal := range f.nominal {
			all = append(all, nominal.Add(-time.Second), nominal.Add(5*time.Minute))
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}

// endStarted ends the runs that were started, and counts them for their firms.
func (s *stage) endStarted(counts map[string]int) {
	s.t.Helper()
	rows, err := s.db.Pool().Query(pgtest.AcrossFirms(s.t.Context()), `UPDATE sync_runs SET status = 'SUCCEEDED', finished_at = created_at
		WHERE trigger = 'SCHEDULE' AND status = 'QUEUED' RETURNING firm_id`)
	require.NoError(s.t, err)
	defer rows.Close()
	for rows.Next() {
		var firmID string
		require.NoError(s.t, rows.Scan(&firmID))
		counts[firmID]++
	}
	require.NoError(s.t, rows.Err())
}

// check compares how many runs there were by now, and when the next is due, with the calculation.
func (f *scheduledFirm) check(now time.Time, started int) {
	f.t.Helper()
	for f.due < len(f.nominal) && !f.nominal[f.due].Add(5*time.Minute).After(now) {
		f.due++
	}
	if started == f.due+1 && f.due < len(f.nominal) && !f.nominal[f.due].After(now) {
		return // one that may have started already
	}
	require.Equal(f.t, f.due, started, "%s at %s", f.email, now)
	const often = 3 // enough to ask what the API says, and not to be signed out for idling
	if f.due%often == 0 && f.due < len(f.nominal) && f.nominal[f.due].Add(-time.Second).Equal(now) {
		require.Equal(f.t, f.nominal[f.due], *f.nextSync())
	}
}
