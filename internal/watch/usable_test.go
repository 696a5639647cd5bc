package watch_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/civil"
	"watchkeeper/internal/watch"
)

func TestNameProblem(t *testing.T) {
	t.Parallel()
	const (
		noLetter    = "must contain a letter"
		unreadable  = "must not contain unreadable characters"
		tooLong     = "must not be longer than 200 characters"
		placeholder = "must be a name, not a placeholder such as n/a"
	)
	for name, want := range map[string]string{
		"Ana": "", "O'Brien": "", "Ng": "", "X": "", "김": "", "Élodie 2nd": "", "None Such": "", "Unknown-Smith": "",
		"": noLetter, "-": noLetter, "42": noLetter, "?!": noLetter, "🕊": noLetter, "\uFFFD": noLetter,
		"An\uFFFDa":              unreadable,
		strings.Repeat("é", 200): "",
		strings.Repeat("é", 201): tooLong,
		"n/a":                    placeholder, "N/A": placeholder, "None": placeholder, "UNKNOWN": placeholder, "Tbd": placeholder,
	} {
		require.Equal(t, want, watch.NameProblem(name), "%q", name)
	}
}

func TestBirthDateProblem(t *testing.T) {
	t.Parallel()
	today := civil.Date{Year: 2026, Month: time.November, Day: 23}
	for text, want := range map[string]string{
		"1961-04-09": "", "1800-01-01": "", "2026-11-23": "",
		"2026-11-24": "must not be in the future", "2027-01-01": "must not be in the future",
		"1799-12-31": "must not be before 1800",
	} {
		date, err := civil.Parse(text)
		require.NoError(t, err)
		require.Equal(t, want, watch.BirthDateProblem(date, today), text)
	}
}

func TestIsPlaceholder(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"n/a", "N/A", "none", "None", "unknown", "UNKNOWN", "tbd", "TBD", "-"} {
		require.True(t, watch.IsPlaceholder(text), "%q", text)
	}
	for _, text := range []string{"", "na", "None Such", "unknown city", "--", "n / a", "."} {
		require.False(t, watch.IsPlaceholder(text), "%q", text)
	}
}
