package clio_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/sandbox"
)

// A pause that Clio asks for applies to the runs of all replicas, whichever headers the 429 had.
func TestReserve_pauseIsSharedByReplicas(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.RateLimitedBare, sandbox.RateLimitedNoRetryAfter, sandbox.RateLimited} {
		t.Run(string(fault), func(t *testing.T) {
			h := connectedHarness(t)
			h.injectFaults(sandbox.Switch{Fault: fault})
			require.True(t, apperr.Is(h.readMatter(), apperr.ClioRateLimited))
			_, until, err := h.newReplica(nil).Reserve(t.Context(), h.user.FirmID)
			require.NoError(t, err)
			require.NotNil(t, until)
			require.True(t, until.After(noon))

			h.clio.ClearFaults()
			require.NoError(t, h.readMatter(), "a click doesn't wait")
			_, again, err := h.service.Reserve(t.Context(), h.user.FirmID)
			require.NoError(t, err)
			require.Equal(t, until.UTC(), again.UTC(), "a successful click doesn't end the pause")

			h.clock.Advance(2 * time.Minute)
			_, free, err := h.service.Reserve(t.Context(), h.user.FirmID)
			require.NoError(t, err)
			require.Nil(t, free)
		})
	}
}

// Runs leave the last five requests of a window to clicks, and don't reserve a request twice (docs/rules.md#clio-limit).
func TestReserve_leavesFiveRequestsToClicks(t *testing.T) {
	h := connectedHarness(t)
	limit := &clio.Limit{FirmID: h.user.FirmID, Remaining: 10, ResetsAt: noon.Add(time.Minute)}
	require.NoError(t, h.store.SaveLimit(t.Context(), limit))
	for range 2 { // 10, 8: then 6 are left, and two of them would leave four
		_, until, err := h.service.Reserve(t.Context(), h.user.FirmID)
		require.NoError(t, err)
		require.Nil(t, until)
	}
	_, until, err := h.service.Reserve(t.Context(), h.user.FirmID)
	require.NoError(t, err)
	require.Equal(t, noon.Add(time.Minute), until.UTC(), "the run waits for the next window")

	require.NoError(t, h.store.SaveLimit(t.Context(), &clio.Limit{FirmID: h.user.FirmID, Remaining: 9, ResetsAt: noon.Add(time.Minute)}))
	_, until, err = h.service.Reserve(t.Context(), h.user.FirmID)
	require.NoError(t, err)
	require.NotNil(t, until, "an older response for the same window doesn't add requests")
}
