package clio_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/sandbox"
)

const tokenLifetime = 30 * 24 * time.Hour

// refreshes counts the refresh requests.
func (h *harness) refreshes() int {
	count := 0
	for _, path := range h.paths() {
		if path == "/oauth/token" {
			count++
		}
	}
	return count
}

// refreshToken returns the stored refresh token, opened.
func (h *harness) refreshToken() string {
	place := clio.Row{Table: "clio_integrations", ID: h.user.FirmID, Column: "refresh_token"}
	opened, err := h.keys.Open(h.storedRow().RefreshToken, place)
	require.NoError(h, err)
	return string(opened)
}

func TestRefresh_aheadOfExpiry(t *testing.T) {
	h := connectedHarness(t)
	h.clock.Advance(tokenLifetime - 5*time.Minute - time.Second)
	require.NoError(t, h.readMatter())
	require.Zero(t, h.refreshes(), "it is too early")

	h.clock.Advance(time.Second)
	kept := h.refreshToken()
	require.NoError(t, h.readMatter())
	require.Equal(t, 1, h.refreshes())
	require.Equal(t, "/oauth/token", h.paths()[2], "the refresh comes before the request")
	require.Equal(t, kept, h.refreshToken(), "Clio returns no refresh token: the old one is kept")
	require.NoError(t, h.readMatter())
	require.Equal(t, 1, h.refreshes())
}

func TestRefresh_shortLivedToken(t *testing.T) {
	h := newHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.TokenShortLived, Seconds: 60})
	require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount))
	h.clio.ResetRequests()
	h.clock.Advance(53 * time.Second)
	require.NoError(t, h.readMatter())
	require.Zero(t, h.refreshes())
	h.clock.Advance(2 * time.Second)
	require.NoError(t, h.readMatter())
	require.Equal(t, 1, h.refreshes())
}

func TestRefresh_rotated(t *testing.T) {
	h := connectedHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.RefreshRotated})
	first := h.refreshToken()
	for range 2 {
		h.clock.Advance(tokenLifetime)
		require.NoError(t, h.readMatter())
		require.NotEqual(t, first, h.refreshToken())
	}
}

// Twenty callers on three replicas need a new token, and Clio is asked once.
func TestRefresh_isShared(t *testing.T) {
	for name, inject := range map[string]func(*harness){
		"expired": func(h *harness) { h.clock.Advance(tokenLifetime) },
		"refused": func(h *harness) { h.clio.ExpireTokens() },
		"both":    func(h *harness) { h.clock.Advance(tokenLifetime); h.clio.ExpireTokens() },
		"rotated": func(h *harness) {
			h.injectFaults(sandbox.Switch{Fault: sandbox.RefreshRotated})
			h.clock.Advance(tokenLifetime)
		},
		"still good": func(*harness) {},
	} {
		t.Run(name, func(t *testing.T) {
			h := connectedHarness(t)
			replicas := []*clio.Service{h.service, h.newReplica(nil), h.newReplica(nil)}
			ids := h.matterIDs()[:1]
			inject(h)
			const callers = 20
			errs := make([]error, callers)
			var start, done sync.WaitGroup
			start.Add(1)
			for i := range callers {
				done.Go(func() {
					start.Wait()
					_, errs[i] = replicas[i%len(replicas)].Read(t.Context(), h.user.FirmID, ids)
				})
			}
			start.Done()
			done.Wait()
			for _, err := range errs {
				require.NoError(t, err)
			}
			want := 1
			if name == "still good" {
				want = 0
			}
			require.Equal(t, want, h.refreshes())
			require.Equal(t, clio.Connected, h.integration().State)
		})
	}
}

// A 403 or 404 doesn't refuse the grant (RFC 6749 §5.2): it comes from a proxy, and the connection is kept.
func TestRefresh_blockedByAProxy(t *testing.T) {
	h := connectedHarness(t)
	h.clock.Advance(tokenLifetime)
	for _, status := range []int{403, 404, 405} {
		h.respondWith("/oauth/token", status, "<html>")
		require.True(t, apperr.Is(h.readMatter(), apperr.ClioUnavailable), status)
		require.NotNil(t, h.storedRow().AccessToken, status)
	}
	h.intercept(nil)
	require.NoError(t, h.readMatter())
}

func TestRefresh_refused(t *testing.T) {
	for name, test := range map[string]struct {
		inject   func(*harness)
		wantText string
	}{
		"400":                   {func(h *harness) { h.injectFaults(sandbox.Switch{Fault: sandbox.RefreshRefused}) }, "withdrawn"},
		"401":                   {func(h *harness) { h.injectFaults(sandbox.Switch{Fault: sandbox.RefreshUnauthorized}) }, "withdrawn"},
		"revoked inside Clio":   {func(h *harness) { h.clio.RevokeTokens() }, "withdrawn"},
		"an error within a 200": {func(h *harness) { h.respondWith("/oauth/token", 200, `{"error":"invalid_grant"}`) }, "withdrawn"},
		"no refresh token at all": {func(h *harness) {
			_, err := h.store.Change(h.Context(), h.user.FirmID, func(row *clio.Integration) error {
				row.RefreshToken = nil
				return nil
			})
			require.NoError(h, err)
		}, "withdrawn"},
	} {
		t.Run(name, func(t *testing.T) {
			h := connectedHarness(t)
			h.clock.Advance(tokenLifetime)
			test.inject(h)
			require.True(t, apperr.Is(h.readMatter(), apperr.ClioNotConnected))
			row := h.storedRow()
			require.Equal(t, clio.NeedsReconnect, row.State)
			require.Contains(t, *row.Problem, test.wantText)
			require.Equal(t, noon.Add(tokenLifetime), row.ProblemSince.UTC())
			require.Nil(t, row.AccessToken, "an invalid token is kept")
			require.Nil(t, row.RefreshToken)
			require.NotContains(t, h.paths(), "/api/v4/matters.json")
			require.NotNil(t, row.ClioFirmName, "the names are still shown")
		})
	}
}

// What the operator has to put right ends no connection, and mends itself.
func TestRefresh_refusesTheApplication(t *testing.T) {
	for name, test := range map[string]struct {
		status   int
		body     string
		wantText string
	}{
		"the wrong secret":       {401, `{"error":"invalid_client"}`, "CLIO_CLIENT_SECRET"},
		"the wrong secret, 400":  {400, `{"error":"invalid_client"}`, "CLIO_CLIENT_SECRET"},
		"a grant that isn't its": {400, `{"error":"unauthorized_client"}`, "HTTP status 400"},
		"a proxy's 400":          {400, `<html>Bad Request</html>`, "HTTP status 400"},
		"a proxy's 401":          {401, ``, "HTTP status 401"},
	} {
		t.Run(name, func(t *testing.T) {
			h := connectedHarness(t)
			h.clock.Advance(tokenLifetime)
			h.respondWith("/oauth/token", test.status, test.body)
			require.True(t, apperr.Is(h.readMatter(), apperr.ClioUnavailable))
			row := h.storedRow()
			require.Equal(t, clio.Unreachable, row.State)
			require.Contains(t, *row.Problem, test.wantText)
			require.NotNil(t, row.RefreshToken)

			h.intercept(nil)
			require.NoError(t, h.readMatter())
			require.Nil(t, h.storedRow().Problem)
		})
	}
}

// Clio is asked outside any transaction: the row can be read and changed meanwhile, and what was changed isn't overwritten.
func TestRefresh_locksNothing(t *testing.T) {
	h := connectedHarness(t)
	h.clock.Advance(tokenLifetime)
	h.duringRefresh(func() {
		_, err := h.store.Change(h.Context(), h.user.FirmID, func(*clio.Integration) error { return nil })
		require.NoError(h, err)
		_, err = h.service.Disconnect(h.Context(), h.user.FirmID)
		require.NoError(h, err)
	})
	require.True(t, apperr.Is(h.readMatter(), apperr.ClioNotConnected))
	require.Equal(t, clio.NotConnected, h.storedRow().State)
	require.Nil(t, h.storedRow().AccessToken)
}

// A replica that dies while it renews a token is taken over from when its lease ends.
func TestRefresh_takesOverALease(t *testing.T) {
	h := connectedHarness(t)
	h.clock.Advance(tokenLifetime)
	until := h.clock.Now().Add(time.Second)
	_, err := h.store.Change(t.Context(), h.user.FirmID, func(row *clio.Integration) error {
		row.RefreshingUntil = &until
		return nil
	})
	require.NoError(t, err)
	read := make(chan error)
	go func() { read <- h.readMatter() }()
	select {
	case err := <-read:
		require.Fail(t, "the lease is another's", err)
	case <-time.After(100 * time.Millisecond): // real time, as the wait for a lease is
	}
	h.clock.Advance(time.Second)
	require.NoError(t, <-read)
	require.Equal(t, 1, h.refreshes())
	require.Nil(t, h.storedRow().RefreshingUntil)
}

// Clio fails at the refresh only: as long as the old token is valid, reading works.
func TestRefresh_fails(t *testing.T) {
	for name, inject := range map[string]func(*harness){
		"503":           func(h *harness) { h.injectFaults(sandbox.Switch{Fault: sandbox.TokenUnavailable}) },
		"429":           func(h *harness) { h.respondWith("/oauth/token", 429, "", "Retry-After", "30") },
		"half":          func(h *harness) { h.respondWith("/oauth/token", 200, `{"access_token":"x`) },
		"no token":      func(h *harness) { h.respondWith("/oauth/token", 200, `{}`) },
		"a broken line": func(h *harness) { h.intercept(abortRequests("/oauth/token")) },
	} {
		t.Run(name, func(t *testing.T) {
			h := connectedHarness(t)
			inject(h)
			h.clock.Advance(tokenLifetime - time.Minute)
			require.NoError(t, h.readMatter())
			require.Equal(t, clio.Connected, h.integration().State)

			h.clock.Advance(time.Minute)
			err := h.readMatter()
			if name == "429" {
				require.True(t, apperr.Is(err, apperr.ClioRateLimited), err)
				require.Equal(t, h.clock.Now().Add(30*time.Second), *apperr.From(err)[0].RetryAt)
				require.Equal(t, clio.Connected, h.integration().State)
				return
			}
			require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
			require.Equal(t, clio.Unreachable, h.integration().State)
			if name == "503" {
				require.Equal(t, 2, h.refreshes(), "one per read: a 401 doesn't refresh again")
			}

			h.clio.ClearFaults()
			h.intercept(nil)
			require.NoError(t, h.readMatter())
			require.Equal(t, clio.Connected, h.integration().State)
		})
	}
}

// abortRequests closes the connection of requests to a path.
func abortRequests(path string) func(http.ResponseWriter, *http.Request) bool {
	return func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == path {
			panic(http.ErrAbortHandler)
		}
		return false
	}
}

func TestRefresh_withoutAnExpiry(t *testing.T) {
	h := newHarness(t)
	access, refresh := h.clio.IssueToken(sandbox.FirstAccount)
	h.respondWith("/oauth/token", 200, `{"token_type":"bearer","access_token":"`+access+`","refresh_token":"`+refresh+`"}`)
	require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount))
	h.intercept(nil)
	require.Nil(t, h.storedRow().TokenExpiresAt)
	h.clio.ResetRequests()
	h.clock.Advance(tokenLifetime - time.Minute)
	require.NoError(t, h.readMatter())
	require.Zero(t, h.refreshes())
	h.clock.Advance(time.Minute)
	require.NoError(t, h.readMatter(), "a 401 leads to a new token")
	require.Equal(t, 1, h.refreshes())
}

// A refresh isn't canceled with its first caller.
func TestRefresh_outlivesTheCaller(t *testing.T) {
	h := connectedHarness(t)
	h.clock.Advance(tokenLifetime)
	ctx, cancel := context.WithCancel(t.Context())
	h.intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/oauth/token" {
			cancel()
		}
		return false
	})
	_, err := h.service.Read(ctx, h.user.FirmID, h.matterIDs()[:1])
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, h.readMatter())
	require.Equal(t, 1, h.refreshes(), "the new token was not lost")
}
