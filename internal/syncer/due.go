package syncer

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"time"
	_ "time/tzdata" // the zones, for machines that have no files of them
)

// startSpread is how long after its nominal time a scheduled run is started at most. It starts within five minutes (contract,
// nextSyncAt), and the rest is for finding what is due, and for the queue.
const startSpread = 4*time.Minute + 45*time.Second

// NextDue returns the first nominal time of a scheduled run strictly after the given moment, in UTC (docs/rules.md#due-times).
// It is nil where nothing is scheduled: auto-sync is off, the frequency is Manual, or a value is one that
// UpdateSettings refuses, such as an unknown zone.
//
// A run belongs to the date it is scheduled on, in the firm's zone. A time that spring skips runs at the first minute
// after the gap, even past midnight; one that autumn repeats runs at its first occurrence. A date that the zone left
// out, as Samoa did 30 December 2011, has no run.
func (s *SyncSettings) NextDue(after time.Time) *time.Time {
	zone := zone(s.TimeZone)
	if !s.AutoSyncEnabled || zone == nil || !isTimeOfDay(s.TimeOfDay) {
		return nil
	}
	clock, err := time.Parse("15:04", s.TimeOfDay)
	if err != nil {
		return nil
	}

	// The runs of earlier dates are past. Three weeks have three of each weekday: one may be past, one left out.
	year, month, today := after.In(zone).Date()
	for day := today; day < today+3*7; day++ {
		midnight := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		if !s.scheduledOn(midnight.Weekday()) || !hasDate(midnight, zone) {
			continue
		}
		nominal := time.Date(year, month, day, clock.Hour(), clock.Minute(), 0, 0, time.UTC)
		if due := firstShown(nominal, zone); due.After(after) {
			return &due
		}
	}
	return nil
}

func (s *SyncSettings) scheduledOn(day time.Weekday) bool {
	switch s.Frequency {
	case Daily:
		return true
	case Weekly:
		return strings.EqualFold(day.String(), string(s.DayOfWeek))
	default:
		return false
	}
}

// hasDate reports whether the zone's clocks ever show the date that begins at midnight, a local time written as UTC.
func hasDate(midnight time.Time, zone *time.Location) bool {
	return firstShown(midnight, zone).In(zone).Day() == midnight.Day()
}

// firstShown returns, in UTC, the first moment at which the zone's clocks show local or, where they skip it, more.
// local is written as UTC.
func firstShown(local time.Time, zone *time.Location) time.Time {
	// No zone ever changed its clocks twice within two days, so these are the only offsets that may hold at local.
	const day = 24 * time.Hour
	before, later := offset(local.Add(-day), zone), offset(local.Add(day), zone)

	at := local.Add(-before)
	if offset(at, zone) == before {
		return at // the first, where there are two
	}
	if at := local.Add(-later); offset(at, zone) == later {
		return at
	}
	change, _ := at.In(zone).ZoneBounds()
	return change.UTC()
}

// offset returns how far the zone's clocks are ahead of UTC at a moment.
func offset(at time.Time, zone *time.Location) time.Duration {
	_, seconds := at.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

// StartDelay returns how long after its nominal time a firm's scheduled run starts, in whole milliseconds from 0 to
// under startSpread (docs/rules.md#due-times). It is the same on every replica and in every version, and spreads the firms
// evenly.
func StartDelay(firmID string) time.Duration {
	sum := sha256.Sum256([]byte(firmID))
	return time.Duration(binary.BigEndian.Uint64(sum[:])%uint64(startSpread/time.Millisecond)) * time.Millisecond
}
