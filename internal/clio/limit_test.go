package clio_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/sandbox"
)

// A pause that Clio asks for holds for the runs of all replicas, whichever headers it came with.
func TestAPauseIsSharedByReplicas(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.RateLimitedBare, sandbox.RateLimitedNoRetryAfter, sandbox.RateLimited} {
		t.Run(string(fault), func(t *testing.T) {
			o := connected(t)
			o.fail(sandbox.Switch{Fault: fault})
			require.True(t, apperr.Is(o.read(), apperr.ClioRateLimited))
			until, err := o.another(nil).Reserve(t.Context(), o.user.FirmID)
			require.NoError(t, err)
			require.NotNil(t, until)
			require.True(t, until.After(noon))

			o.clio.ClearFaults()
			require.NoError(t, o.read(), "a click asks all the same")
			again, err := o.service.Reserve(t.Context(), o.user.FirmID)
			require.NoError(t, err)
			require.Equal(t, until.UTC(), again.UTC(), "and its answer doesn't end the pause")

			o.clock.Advance(2 * time.Minute)
			free, err := o.service.Reserve(t.Context(), o.user.FirmID)
			require.NoError(t, err)
			require.Nil(t, free)
		})
	}
}

// Runs leave the last five requests of a window to clicks, and take no requests twice (docs/rules.md#clio-limit).
func TestRunsLeaveFiveRequestsToClicks(t *testing.T) {
	o := connected(t)
	limit := &clio.Limit{FirmID: o.user.FirmID, Remaining: 10, ResetsAt: noon.Add(time.Minute)}
	require.NoError(t, o.store.NoteLimit(t.Context(), limit))
	for range 2 { // 10, 8: then 6 are left, and two of them would leave four
		until, err := o.service.Reserve(t.Context(), o.user.FirmID)
		require.NoError(t, err)
		require.Nil(t, until)
	}
	until, err := o.service.Reserve(t.Context(), o.user.FirmID)
	require.NoError(t, err)
	require.Equal(t, noon.Add(time.Minute), until.UTC(), "the run waits for the window to reopen")

	require.NoError(t, o.store.NoteLimit(t.Context(), &clio.Limit{FirmID: o.user.FirmID, Remaining: 9, ResetsAt: noon.Add(time.Minute)}))
	until, err = o.service.Reserve(t.Context(), o.user.FirmID)
	require.NoError(t, err)
	require.NotNil(t, until, "what an older answer said of the same window doesn't give requests back")
}
