// Package duetest works out when scheduled runs are due by reading the zone's clock every minute, as a person would: tests compare
// the schedule with it. It shares no code with what it checks.
package duetest

import "time"

// Shown is what the zone's clock shows at a moment, in a form that sorts: 202511020130.
func Shown(at time.Time, zone *time.Location) int {
	local := at.In(zone)
	year, month, day := local.Date()
	return (year*1_00_00+int(month)*1_00+day)*1_00_00 + local.Hour()*1_00 + local.Minute()
}

// Run is a run: the date that it belongs to, and when it is due.
type Run struct {
	Date time.Time // its midnight, as UTC
	Due  time.Time
}

// ExpectedRuns returns the runs of a daily schedule at a time of day (1345 for 13:45) that are due after from and not after to. It reads
// the zone's clock every minute: a run is due as soon as the clock shows its date and time, or more. A date that the clock never
// showed has no run.
func ExpectedRuns(from, to time.Time, zone *time.Location, clock int) []Run {
	var runs []Run
	seen := map[int]bool{}
	year, month, day := from.In(zone).Date()
	date := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	awaited := Shown(date, time.UTC) + clock
	for at := from; !at.After(to); at = at.Add(time.Minute) {
		now := Shown(at, zone)
		seen[now/1_00_00] = true
		for ; awaited <= now; awaited = Shown(date, time.UTC) + clock {
			if seen[awaited/1_00_00] && at.After(from) {
				runs = append(runs, Run{date, at})
			}
			date = date.AddDate(0, 0, 1)
		}
	}
	return runs
}
