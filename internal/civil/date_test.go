package civil_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/civil"
)

func TestInvalidDates(t *testing.T) {
	for _, text := range []string{
		"", "2025-02-30", "2025-2-3", "0000-01-01", "25-02-03", "2025-02-03T00:00:00Z", "2025/02/03", " 2025-02-03", "10000-01-01", "-0001-01-01",
	} {
		_, err := civil.Parse(text)
		require.Error(t, err, text)
		require.True(t, apperr.Is(new(civil.Date).UnmarshalGQL(text), apperr.BadUserInput), text)
	}
	require.True(t, apperr.Is(new(civil.Date).UnmarshalGQL(5), apperr.BadUserInput))
}

// A date is preserved, whatever the time zone of a clock or a driver.
func TestDatesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(0, 3_600_000).Draw(t, "day")
		at := time.Date(1, time.January, 1+day, 20, 0, 0, 0, time.FixedZone("far west", -12*60*60))
		date := civil.Of(at)

		parsed, err := civil.Parse(date.String())
		require.NoError(t, err)
		require.Equal(t, date, parsed)

		value, err := date.Value()
		require.NoError(t, err)
		var scanned civil.Date
		require.NoError(t, scanned.Scan(value))
		require.Equal(t, date, scanned)

		var written strings.Builder
		date.MarshalGQL(&written)
		require.Equal(t, `"`+date.String()+`"`, written.String())
	})
}

func TestDatesCompareByDay(t *testing.T) {
	earlier, later := civil.Date{Year: 2024, Month: 12, Day: 31}, civil.Date{Year: 2025, Month: 1, Day: 1}
	require.Negative(t, earlier.Compare(later))
	require.Positive(t, later.Compare(earlier))
	require.Zero(t, later.Compare(later))
	require.Positive(t, civil.Date{Year: 2025, Month: 2, Day: 1}.Compare(civil.Date{Year: 2025, Month: 1, Day: 31}))
	require.Error(t, new(civil.Date).Scan(7))
}
