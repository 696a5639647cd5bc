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

// schedule turns on a daily sync and checks when the next one is.
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
		return "", fmt.Errorf("the next sync: expected a time, got null")
	}
	zone, err := time.LoadLocation(scheduleZone)
	if err != nil {
		return "", fmt.Errorf("loading the time zone of New York: %w", err)
	}
	next := settings.NextSyncAt.In(zone)
	const longestDay = 25 * time.Hour // in autumn
	if until := time.Until(next); until <= 0 || until > longestDay {
		return "", fmt.Errorf("the next sync: expected one within a day, got %s", next)
	}
	text := fmt.Sprintf("every day at %s in New York, next on %s", scheduleTime, next.Format("Monday, 2 January"))
	return text, expect("the time of day", scheduleTime, next.Format("15:04"))
}
