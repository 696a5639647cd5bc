package clio_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/sandbox"
)

// Every way in which Clio can fail a click, with its error code, message and connection state.
func TestFaults(t *testing.T) {
	in := func(wait time.Duration) *time.Time { at := noon.Add(wait); return &at }
	for _, test := range []struct {
		fault    sandbox.Switch
		code     apperr.Code
		wantText string
		retryAt  *time.Time
		state    clio.IntegrationState
	}{
		{sandbox.Switch{Fault: sandbox.InvalidFields}, apperr.ClioUnavailable, "400", nil, clio.Connected},
		{sandbox.Switch{Fault: sandbox.Forbidden}, apperr.ClioUnavailable, "permission", nil, clio.Connected},
		{sandbox.Switch{Fault: sandbox.NotFound}, apperr.ClioUnavailable, "404", nil, clio.Connected},
		{sandbox.Switch{Fault: sandbox.Gone}, apperr.ClioUnavailable, "version", nil, clio.Connected},
		{sandbox.Switch{Fault: sandbox.RateLimited, Seconds: 17}, apperr.ClioRateLimited, "limit", in(17 * time.Second), clio.Connected},
		{sandbox.Switch{Fault: sandbox.RateLimitedWrapped, Seconds: 9}, apperr.ClioRateLimited, "limit", in(9 * time.Second), clio.Connected},
		{sandbox.Switch{Fault: sandbox.RateLimitedNoRetryAfter}, apperr.ClioRateLimited, "limit", in(time.Minute), clio.Connected},
		{sandbox.Switch{Fault: sandbox.RateLimitedBare}, apperr.ClioRateLimited, "limit", in(time.Minute), clio.Connected},
		{sandbox.Switch{Fault: sandbox.ServerError}, apperr.ClioUnavailable, "not working", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.BadGateway}, apperr.ClioUnavailable, "not working", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.Unavailable}, apperr.ClioUnavailable, "not working", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.UnavailableEmpty}, apperr.ClioUnavailable, "not working", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.ConnectionReset}, apperr.ClioUnavailable, "in time", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.TruncatedJSON}, apperr.ClioUnavailable, "could not be read", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.WrongShape}, apperr.ClioUnavailable, "could not be read", nil, clio.Unreachable},
	} {
		t.Run(string(test.fault.Fault), func(t *testing.T) {
			h := connectedHarness(t)
			h.injectFaults(test.fault)
			err := h.readMatter()
			require.True(t, apperr.Is(err, test.code), err)
			problem := apperr.From(err)[0]
			require.Contains(t, problem.Message, test.wantText)
			require.Equal(t, test.retryAt, problem.RetryAt)
			require.Equal(t, test.state, h.integration().State)
			require.Len(t, h.paths(), 1, "nothing is retried")
		})
	}
}

func TestFaults_aRedirectIsNotFollowed(t *testing.T) {
	h := connectedHarness(t)
	h.respondWith("/api/v4/matters.json", http.StatusFound, "", "Location", h.config.BaseURL+"/api/v4/contacts.json")
	require.True(t, apperr.Is(h.readMatter(), apperr.ClioUnavailable))
	require.Empty(t, h.paths())
}

// UNREACHABLE keeps the message and the time of the first failure, and ends with the first success.
func TestUnreachable(t *testing.T) {
	h := connectedHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.ServerError, Times: 1})
	require.Error(t, h.readMatter())
	first := h.integration()
	require.Equal(t, clio.Unreachable, first.State)
	require.Equal(t, noon, first.ProblemSince.UTC())

	h.clock.Advance(time.Hour)
	h.injectFaults(sandbox.Switch{Fault: sandbox.TruncatedJSON, Times: 1})
	require.Error(t, h.readMatter())
	require.Equal(t, first, h.integration())

	h.injectFaults(sandbox.Switch{Fault: sandbox.RateLimited, Times: 1})
	require.True(t, apperr.Is(h.readMatter(), apperr.ClioRateLimited))
	require.Equal(t, first, h.integration(), "a 429 doesn't mean that Clio is down")

	require.NoError(t, h.readMatter())
	integration := h.integration()
	require.Equal(t, clio.Connected, integration.State)
	require.Nil(t, integration.Problem)
	require.Nil(t, integration.ProblemSince)
}

// Connecting again while Clio is failing stores the new reason, and keeps since when Clio has been failing.
// That Clio refuses what is read isn't the connection's end, but shows until Clio answers again.
func TestForbidden_isShown(t *testing.T) {
	h := connectedHarness(t)
	h.respondWith("/api/v4/matters.json", 403, `{"error":{"type":"ForbiddenError"}}`)
	require.True(t, apperr.Is(h.readMatter(), apperr.ClioUnavailable))
	row := h.storedRow()
	require.Equal(t, clio.Connected, row.State)
	require.Contains(t, *row.Problem, "need permission")
	require.Equal(t, noon, row.ProblemSince.UTC())

	h.clock.Advance(tokenLifetime)
	h.maintain()
	require.True(t, apperr.Is(h.readMatter(), apperr.ClioUnavailable))
	require.Equal(t, noon, h.storedRow().ProblemSince.UTC(), "a renewed token doesn't mend it")
	h.intercept(nil)
	require.NoError(t, h.readMatter())
	require.Nil(t, h.storedRow().Problem)
}

func TestUnreachable_connectingFails(t *testing.T) {
	h := connectedHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.ServerError})
	require.Error(t, h.readMatter())
	before := h.storedRow()
	h.clock.Advance(time.Hour)
	require.Equal(t, "/?clio=error", h.connect(sandbox.FirstAccount))
	after := h.storedRow()
	require.NotNil(t, after.Problem)
	after.Problem = before.Problem
	require.Equal(t, before, after)

	h.clio.ClearFaults()
	require.NoError(t, h.readMatter())
	require.Nil(t, h.integration().Problem)
}

// The failure of a request doesn't restore a connection that was disconnected meanwhile.
func TestUnreachable_afterDisconnecting(t *testing.T) {
	h := connectedHarness(t)
	h.intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/api/v4/matters.json" {
			return false
		}
		_, err := h.service.Disconnect(h.Context(), h.user.FirmID)
		w.WriteHeader(http.StatusBadGateway)
		return err == nil
	})
	require.True(t, apperr.Is(h.readMatter(), apperr.ClioUnavailable))
	require.Equal(t, clio.NotConnected, h.integration().State)
	require.Nil(t, h.integration().Problem)
}

// A canceled request says nothing about Clio.
func TestFaults_callerCancels(t *testing.T) {
	h := connectedHarness(t)
	ctx, cancel := context.WithCancel(t.Context())
	h.intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		cancel()
		<-r.Context().Done()
		return true
	})
	_, err := h.service.Read(ctx, h.user.FirmID, h.matterIDs()[:1])
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, apperr.From(err))
	require.Equal(t, clio.Connected, h.integration().State)
}

// After the first 401 the token is refreshed and the request repeated once.
func TestUnauthorized_once(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.TokenExpired, sandbox.TokenGarbled} {
		t.Run(string(fault), func(t *testing.T) {
			h := connectedHarness(t)
			h.injectFaults(sandbox.Switch{Fault: fault, Times: 1})
			before := h.storedRow()
			require.NoError(t, h.readMatter())
			require.Equal(t, "/oauth/token", h.paths()[1])
			require.NotEqual(t, before.AccessToken, h.storedRow().AccessToken)
			require.Equal(t, clio.Connected, h.integration().State)
		})
	}
}

// The second 401 ends the connection.
func TestUnauthorized_twice(t *testing.T) {
	h := connectedHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.TokenExpired})
	require.True(t, apperr.Is(h.readMatter(), apperr.ClioNotConnected))
	require.Equal(t, []string{"/api/v4/matters.json", "/oauth/token", "/api/v4/matters.json"}, h.paths())
	integration := h.integration()
	require.Equal(t, clio.NeedsReconnect, integration.State)
	require.Contains(t, *integration.Problem, "connect Clio again")
	require.Equal(t, noon, integration.ProblemSince.UTC())

	h.clio.ClearFaults()
	err := h.readMatter()
	require.True(t, apperr.Is(err, apperr.ClioNotConnected))
	require.Equal(t, *integration.Problem, apperr.From(err)[0].Message, "the error says why")
	require.Len(t, h.paths(), 3, "Clio isn't asked again")

	require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount))
	require.NoError(t, h.readMatter())
	require.Nil(t, h.integration().Problem)
}

func TestNotConnected(t *testing.T) {
	h := newHarness(t)
	require.True(t, apperr.Is(h.readMatter(), apperr.ClioNotConnected))
	require.True(t, apperr.Is(h.service.RequireConnection(t.Context(), h.user.FirmID), apperr.ClioNotConnected))
	_, err := h.service.Browse(t.Context(), h.user.FirmID, record.MatterQuery{Limit: 1})
	require.True(t, apperr.Is(err, apperr.ClioNotConnected))
	_, err = h.service.PracticeAreas(t.Context(), h.user.FirmID)
	require.True(t, apperr.Is(err, apperr.ClioNotConnected))
}

// A connection belongs to its region: a server set to another region doesn't send the token there.
func TestRegion_changed(t *testing.T) {
	h := connectedHarness(t)
	moved := h.newReplica(func(c *clio.Config) { c.Region = "eu" })
	row, err := moved.Integration(t.Context(), h.user.FirmID)
	require.NoError(t, err)
	require.Equal(t, clio.NeedsReconnect, row.State)
	require.Contains(t, *row.Problem, "region")
	_, err = moved.Read(t.Context(), h.user.FirmID, []int64{1})
	require.True(t, apperr.Is(err, apperr.ClioNotConnected))
	_, err = moved.Disconnect(t.Context(), h.user.FirmID)
	require.NoError(t, err)
	require.Empty(t, h.paths())
}

// Search texts, tokens and secrets don't appear in logs and messages.
func TestFaults_containNoSecrets(t *testing.T) {
	h := connectedHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.ConnectionReset}, sandbox.Switch{Fault: sandbox.TokenUnavailable})
	_, err := h.service.Browse(t.Context(), h.user.FirmID, record.MatterQuery{Search: "Zebedee", Limit: 1})
	require.Error(t, err)
	h.clio.ClearFaults()
	h.injectFaults(sandbox.Switch{Fault: sandbox.TokenExpired}, sandbox.Switch{Fault: sandbox.TokenUnavailable})
	_, second := h.service.Browse(t.Context(), h.user.FirmID, record.MatterQuery{Search: "Zebedee", Limit: 1})
	require.Error(t, second)
	output := h.log.String() + err.Error() + second.Error()
	require.Contains(t, output, "clio is failing")
	for _, secret := range []string{"Zebedee", "access-", "refresh-", appSecret} {
		require.NotContains(t, output, secret)
	}
}

// The firm connects again during a request: the 401 for the old token doesn't end the new connection.
func TestUnauthorized_afterReconnecting(t *testing.T) {
	h := connectedHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.TokenExpired, Path: "/api/v4/matters"})
	reads := 0
	h.intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/api/v4/matters.json" {
			if reads++; reads == 2 {
				h.intercept(nil)
				require.Equal(h, "/?clio=connected", h.connect(sandbox.FirstAccount))
			}
		}
		return false
	})
	require.True(t, apperr.Is(h.readMatter(), apperr.ClioUnavailable))
	require.Equal(t, clio.Connected, h.integration().State)
	h.clio.ClearFaults()
	require.NoError(t, h.readMatter())
}
