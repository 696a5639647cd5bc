package clio_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/sandbox"
)

const (
	whoAmIPath = "/api/v4/users/who_am_i.json"
	tokenPath  = "/oauth/token"
)

// maintain runs the maintenance once.
func (h *harness) maintain() {
	require.NoError(h, h.service.Maintain(h.Context()))
}

// unreachableHarness returns a connected harness whose Clio has just failed one click, and works again.
func unreachableHarness(t *testing.T) *harness {
	h := connectedHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.ServerError, Times: 1})
	require.Error(t, h.readMatter())
	require.Equal(t, clio.Unreachable, h.integration().State)
	h.clio.ResetRequests()
	return h
}

// Tokens are renewed even if nobody syncs.
func TestMaintain_renewsAheadOfExpiry(t *testing.T) {
	h := connectedHarness(t)
	kept := h.refreshToken()
	h.clock.Advance(tokenLifetime - 5*time.Minute - time.Second)
	h.maintain()
	require.Empty(t, h.paths(), "it is too early")

	for round := range 3 {
		h.clock.Advance(time.Second)
		began := h.clock.Now()
		h.clio.ResetRequests()
		for range 3 {
			h.maintain()
		}
		require.Equal(t, []string{tokenPath}, h.paths(), "round %d", round)
		row := h.storedRow()
		require.Equal(t, clio.Connected, row.State)
		require.Equal(t, began.Add(tokenLifetime-5*time.Minute), row.MaintainAt.UTC())
		require.Equal(t, kept, h.refreshToken(), "Clio returns no refresh token: the old one is kept")
		require.NoError(t, h.readMatter(), "the new token is valid")
		h.clock.Advance(tokenLifetime - 5*time.Minute - time.Second)
	}
}

func TestMaintain_shortLivedToken(t *testing.T) {
	h := newHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.TokenShortLived, Seconds: 60})
	require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount))
	h.clio.ResetRequests()
	for renewals := range 3 {
		h.clock.Advance(53 * time.Second)
		h.maintain()
		require.Equal(t, renewals, h.refreshes())
		h.clock.Advance(time.Second)
		h.maintain()
		require.Equal(t, renewals+1, h.refreshes())
	}
}

func TestMaintain_tokenWithoutExpiry(t *testing.T) {
	h := newHarness(t)
	access, refresh := h.clio.IssueToken(sandbox.FirstAccount)
	h.respondWith(tokenPath, 200, `{"token_type":"bearer","access_token":"`+access+`","refresh_token":"`+refresh+`"}`)
	require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount))
	h.intercept(nil)
	h.clio.ResetRequests()
	require.Nil(t, h.storedRow().MaintainAt)
	h.clock.Advance(12 * tokenLifetime)
	h.maintain()
	require.Empty(t, h.paths())
	require.Equal(t, clio.Connected, h.integration().State)
}

// If Clio refuses to renew, the state shows it before anybody syncs, and Clio isn't asked again.
func TestMaintain_refused(t *testing.T) {
	for name, inject := range map[string]func(*harness){
		"400":                 func(h *harness) { h.injectFaults(sandbox.Switch{Fault: sandbox.RefreshRefused}) },
		"401":                 func(h *harness) { h.injectFaults(sandbox.Switch{Fault: sandbox.RefreshUnauthorized}) },
		"revoked inside Clio": func(h *harness) { h.clio.RevokeTokens() },
	} {
		t.Run(name, func(t *testing.T) {
			h := connectedHarness(t)
			h.clock.Advance(tokenLifetime - 5*time.Minute)
			inject(h)
			h.maintain()
			require.Equal(t, []string{tokenPath}, h.paths())
			row := h.storedRow()
			require.Equal(t, clio.NeedsReconnect, row.State)
			require.Contains(t, *row.Problem, "connect Clio again")
			require.Equal(t, noon.Add(tokenLifetime-5*time.Minute), row.ProblemSince.UTC())
			require.Nil(t, row.AccessToken)
			require.Nil(t, row.MaintainAt)

			h.clio.ClearFaults()
			h.clock.Advance(12 * tokenLifetime)
			h.maintain()
			require.Len(t, h.paths(), 1, "an ended connection is still maintained")
			require.Equal(t, row, h.storedRow())
		})
	}
}

// An ended connection can be restored only with its own account (docs/rules.md#accounts), and is maintained again afterwards.
func TestMaintain_reconnecting(t *testing.T) {
	h := connectedHarness(t)
	matter := addPersonMatter(h)
	h.addLinkedWatch(h.user.FirmID, matter.ID, *matter.ClientID, nil)
	h.clio.RevokeTokens()
	h.clock.Advance(tokenLifetime)
	h.maintain()
	lost := h.storedRow()
	require.Equal(t, clio.NeedsReconnect, lost.State)

	h.clock.Advance(time.Hour)
	require.Equal(t, "/?clio=error", h.connect(sandbox.SecondAccount))
	refused := h.storedRow()
	require.Equal(t, clio.NeedsReconnect, refused.State)
	require.Contains(t, *refused.Problem, "another Clio account")
	require.Equal(t, lost.ProblemSince, refused.ProblemSince, "the problem began when the connection ended")
	require.Nil(t, refused.MaintainAt)

	require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount))
	integration := h.integration()
	require.Equal(t, clio.Connected, integration.State)
	require.Nil(t, integration.Problem)
	require.Nil(t, integration.ProblemSince)
	require.NoError(t, h.readMatter())
	h.clio.ResetRequests()
	h.clock.Advance(tokenLifetime - 5*time.Minute)
	h.maintain()
	require.Equal(t, []string{tokenPath}, h.paths())
}

func TestMaintain_disconnected(t *testing.T) {
	h := unreachableHarness(t)
	h.intercept(func(http.ResponseWriter, *http.Request) bool {
		h.intercept(nil)
		_, err := h.service.Disconnect(h.Context(), h.user.FirmID)
		return err != nil
	})
	h.clock.Advance(time.Minute)
	h.maintain()
	require.Equal(t, &clio.Integration{FirmID: h.user.FirmID, State: clio.NotConnected}, h.storedRow())
	h.clio.ResetRequests()
	h.clock.Advance(12 * tokenLifetime)
	h.maintain()
	require.Empty(t, h.paths())
}

// A connection to another region is not used, and works again when the setting is corrected.
func TestMaintain_anotherRegion(t *testing.T) {
	h := connectedHarness(t)
	h.clock.Advance(tokenLifetime)
	before := h.storedRow()
	require.NoError(t, h.newReplica(func(c *clio.Config) { c.Region = "eu" }).Maintain(t.Context()))
	require.Equal(t, before, h.storedRow())
	require.Empty(t, h.paths())
	h.maintain()
	require.Equal(t, []string{tokenPath}, h.paths())
}

func TestMaintain_withoutAnApplication(t *testing.T) {
	h := connectedHarness(t)
	h.clock.Advance(tokenLifetime)
	before := h.storedRow()
	unconfigured := h.newReplica(func(c *clio.Config) { c.ClientSecret = "" })
	require.False(t, unconfigured.Configured())
	require.NoError(t, unconfigured.Maintain(t.Context()))
	require.Equal(t, before, h.storedRow())
	require.Empty(t, h.paths())
	require.True(t, h.service.Configured())
	require.Equal(t, "us", h.service.Region())
}
