package demo

import (
	"context"
	"fmt"
	"time"
)

// The schedule that the tour chooses.
const (
	scheduleZone = "America/New_York"
	scheduleTime = "06:00"
)

// schedule has the firm's watches synced by themselves from now on, and looks at when that is next.
func (t *tour) schedule(ctx context.Context) (string, error) {
	type payload struct {
		SyncSettings struct {
			Frequency  string
			NextSyncAt *time.Time
		}
	}
	got, err := mutate[payload](ctx, t.api, `mutation($input: UpdateSyncSettingsInput!) {
		answer: updateSyncSettings(input: $input) { syncSettings { frequency nextSyncAt } userErrors { code message path } }
	}`, variables{"input": variables{"autoSyncEnabled": true, "frequency": "DAILY", "timeOfDay": scheduleTime, "timeZone": scheduleZone}})
	if err != nil {
		return "", err
	}
	settings := got.SyncSettings
	if err := expect("the frequency", "DAILY", settings.Frequency); err != nil {
		return "", err
	}
	if settings.NextSyncAt == nil {
		return "", fmt.Errorf("the next sync: expected a time, but null came")
	}
	zone, err := time.LoadLocation(scheduleZone)
	if err != nil {
		return "", fmt.Errorf("reading the time in New York: %w", err)
	}
	next := settings.NextSyncAt.In(zone)
	const longestDay = 25 * time.Hour // in autumn
	if until := time.Until(next); until <= 0 || until > longestDay {
		return "", fmt.Errorf("the next sync: expected one within a day, but %s came", next)
	}
	said := fmt.Sprintf("every day at %s in New York, the next time on %s", scheduleTime, next.Format("Monday, 2 January"))
	return said, expect("the time of day", scheduleTime, next.Format("15:04"))
}
