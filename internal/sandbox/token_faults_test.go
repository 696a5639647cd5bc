package sandbox_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

func TestFaultsOfTheTokenEndpoint(t *testing.T) {
	h := newHarness(t, application)
	_, refresh := h.IssueToken(sandbox.FirstAccount)
	for fault, want := range map[sandbox.Fault]int{
		sandbox.RefreshRefused: 400, sandbox.RefreshUnauthorized: 401, sandbox.TokenUnavailable: 503,
	} {
		require.NoError(t, h.Fail(sandbox.Switch{Fault: fault, Times: 1}))
		got := h.refresh(refresh)
		require.Equal(t, want, got.status)
		if want < 500 {
			require.Equal(t, "invalid_grant", got.text(t, "error"))
		}
		require.Equal(t, 200, h.refresh(refresh).status)
	}
	require.NoError(t, h.Fail(sandbox.Switch{Fault: sandbox.ServerError, Path: "/oauth/token", Times: 1}))
	require.Equal(t, 500, h.refresh(refresh).status)
}

func TestRefreshFaultsDoNotAffectExchanges(t *testing.T) {
	h := newHarness(t, application)
	require.NoError(t, h.Fail(sandbox.Switch{Fault: sandbox.RefreshRefused, Times: 1}))
	got := h.exchange(h.authorize("allow").Get("code"))
	require.Equal(t, 200, got.status)
	require.Equal(t, 400, h.refresh(got.text(t, "refresh_token")).status)
}

func TestRotatedAndShortLivedTokens(t *testing.T) {
	h := newHarness(t, application)
	_, refresh := h.IssueToken(sandbox.FirstAccount)
	require.NoError(t, h.Fail(
		sandbox.Switch{Fault: sandbox.RefreshRotated, Times: 1}, sandbox.Switch{Fault: sandbox.TokenShortLived, Times: 1, Seconds: 30},
	))
	got := h.refresh(refresh)
	require.Equal(t, 30.0, got.json(t)["expires_in"])
	require.Equal(t, 400, h.refresh(refresh).status, "the old one was revoked")
	require.Equal(t, 200, h.refresh(got.text(t, "refresh_token")).status)
	h.clock.Advance(30 * time.Second)
	require.Equal(t, 401, h.statusWithToken(got.text(t, "access_token")))
}
