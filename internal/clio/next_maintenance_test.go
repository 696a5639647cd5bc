package clio_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/clio"
)

func TestNextMaintenance(t *testing.T) {
	at := func(from time.Duration) *time.Time { at := noon.Add(from); return &at }
	const s, m, h = time.Second, time.Minute, time.Hour
	for name, test := range map[string]struct {
		state       clio.IntegrationState
		since, good *time.Time
		least, most *time.Time // with a jitter of 0 and of 1
	}{
		"never connected":            {clio.NotConnected, at(-h), nil, nil, nil},
		"ended":                      {clio.NeedsReconnect, at(-h), at(-h), nil, nil},
		"healthy":                    {clio.Connected, nil, at(9 * h), at(9 * h), at(9 * h)},
		"healthy, with a problem":    {clio.Connected, at(-h), at(9 * h), at(9 * h), at(9 * h)},
		"healthy, without an expiry": {clio.Connected, nil, nil, nil, nil},
		"just due":                   {clio.Connected, nil, at(0), at(15 * s), at(30 * s)},
		"due for a minute":           {clio.Connected, nil, at(-m), at(30 * s), at(m)},
		"due for a day":              {clio.Connected, nil, at(-24 * h), at(m * 15 / 2), at(15 * m)},

		"just failing":                {clio.Unreachable, at(0), at(9 * h), at(15 * s), at(30 * s)},
		"failing, without an expiry":  {clio.Unreachable, at(-m), nil, at(30 * s), at(m)},
		"failing for ten minutes":     {clio.Unreachable, at(-10 * m), at(9 * h), at(5 * m), at(10 * m)},
		"failing for a day":           {clio.Unreachable, at(-24 * h), at(9 * h), at(m * 15 / 2), at(15 * m)},
		"failing, due before":         {clio.Unreachable, at(-m), at(-4 * m), at(2 * m), at(4 * m)},
		"failing, due since":          {clio.Unreachable, at(-4 * m), at(-m), at(2 * m), at(4 * m)},
		"failing, unknown since when": {clio.Unreachable, nil, nil, at(15 * s), at(30 * s)},
		"failing since the future":    {clio.Unreachable, at(2 * s), nil, at(15 * s), at(30 * s)},
	} {
		row := clio.Integration{State: test.state, ProblemSince: test.since, TokenExpiresAt: test.good}
		require.Equal(t, test.least, row.NextMaintenance(noon, 0), name)
		require.Equal(t, test.most, row.NextMaintenance(noon, 1), name)
	}
}

// An unhealthy connection is checked again after 15 seconds to 15 minutes, and after no longer than the problem has lasted.
func TestNextMaintenance_unhealthy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ago := func(label string) *time.Time {
			at := noon.Add(-time.Duration(rapid.Int64Range(-int64(time.Minute), int64(1000*time.Hour)).Draw(t, label)))
			return rapid.SampledFrom([]*time.Time{nil, &at}).Draw(t, label+" known")
		}
		row := clio.Integration{State: clio.Unreachable, ProblemSince: ago("since"), TokenExpiresAt: ago("good")}
		shares := rapid.Float64Range(0, 1)
		one, other := shares.Draw(t, "jitter"), shares.Draw(t, "other jitter")
		wait := row.NextMaintenance(noon, one).Sub(noon)
		require.GreaterOrEqual(t, wait, 15*time.Second)
		require.LessOrEqual(t, wait, 15*time.Minute)
		lasted := time.Duration(0)
		for _, began := range []*time.Time{row.ProblemSince, row.TokenExpiresAt} {
			if began != nil {
				lasted = max(lasted, noon.Sub(*began))
			}
		}
		require.LessOrEqual(t, wait, max(lasted, 30*time.Second))
		require.GreaterOrEqual(t, wait, min(lasted, 15*time.Minute)/2-time.Microsecond)
		if one <= other {
			require.LessOrEqual(t, wait, row.NextMaintenance(noon, other).Sub(noon))
		}
		require.Equal(t, wait, wait.Truncate(time.Microsecond), "in the database's precision")
	})
}
