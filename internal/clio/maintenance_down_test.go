package clio_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/sandbox"
)

// interval is how often these tests run the maintenance.
const interval = 15 * time.Second

// Clio is down for an hour: nothing is disconnected, Clio is asked less and less often, and the connection recovers soon after Clio
// does.
func TestMaintain_downForAnHour(t *testing.T) {
	for name, startOutage := range map[string]func(*harness){
		"when a token is due": func(h *harness) { h.clock.Advance(tokenLifetime - 5*time.Minute); h.maintain() },
		"at a click":          func(h *harness) { h.clock.Advance(time.Hour); require.Error(h, h.readMatter()) },
	} {
		t.Run(name, func(t *testing.T) {
			h := connectedHarness(t)
			h.injectFaults(sandbox.Switch{Fault: sandbox.ServerError}, sandbox.Switch{Fault: sandbox.TokenUnavailable})
			startOutage(h)
			began, first := h.clock.Now(), h.storedRow()
			require.Equal(t, clio.Unreachable, first.State)
			require.Contains(t, *first.Problem, "Clio is not working")
			require.Equal(t, began, first.ProblemSince.UTC())

			h.clio.ResetRequests()
			for h.clock.Now().Before(began.Add(time.Hour)) {
				h.clock.Advance(interval)
				h.maintain()
				row := h.storedRow()
				require.WithinRange(t, row.MaintainAt.UTC(), h.clock.Now().Add(time.Microsecond), h.clock.Now().Add(15*time.Minute))
				row.MaintainAt = first.MaintainAt
				require.Equal(t, first, row, "the row changed while Clio was down")
			}
			require.GreaterOrEqual(t, len(h.paths()), 8, "after 0.5, 1, 2, 4, 8, 15 minutes …")
			require.LessOrEqual(t, len(h.paths()), 16, "with every wait cut in half")

			h.clio.ClearFaults()
			back := h.clock.Now()
			for h.storedRow().State != clio.Connected {
				require.Less(t, h.clock.Now().Sub(back), 15*time.Minute+interval)
				h.clock.Advance(interval)
				h.maintain()
			}
			row := h.storedRow()
			require.Nil(t, row.Problem)
			require.Nil(t, row.ProblemSince)
			require.Equal(t, row.TokenExpiresAt, row.MaintainAt)
			asked := len(h.paths())
			h.clock.Advance(time.Hour)
			h.maintain()
			require.Len(t, h.paths(), asked, "Clio is asked although it works")
		})
	}
}

// After a click has failed, the connection recovers although nobody syncs.
func TestMaintain_recovers(t *testing.T) {
	for name, prepare := range map[string]func(*harness){
		"who_am_i succeeds":     func(*harness) {},
		"who_am_i is refused":   func(h *harness) { h.injectFaults(sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/users"}) },
		"the token has expired": func(h *harness) { h.clio.ExpireTokens() },
	} {
		t.Run(name, func(t *testing.T) {
			h := unreachableHarness(t)
			prepare(h)
			h.clock.Advance(30*time.Second - time.Microsecond)
			h.maintain()
			require.Empty(t, h.paths(), "it is too early to ask again")
			h.clock.Advance(time.Microsecond)
			h.maintain()
			require.Contains(t, h.paths(), whoAmIPath)
			integration := h.integration()
			require.Equal(t, clio.Connected, integration.State)
			require.Nil(t, integration.Problem)
		})
	}
}

// After a click has found that Clio works again, or that access has ended, no maintenance is due.
func TestMaintain_afterAClick(t *testing.T) {
	for state, inject := range map[clio.IntegrationState]func(*harness){
		clio.Connected:      func(*harness) {},
		clio.NeedsReconnect: func(h *harness) { h.clio.RevokeTokens() },
	} {
		t.Run(string(state), func(t *testing.T) {
			h := unreachableHarness(t)
			inject(h)
			_ = h.readMatter() // the result is tested elsewhere
			row := h.storedRow()
			require.Equal(t, state, row.State)
			require.Equal(t, row.TokenExpiresAt, row.MaintainAt)
			h.clio.ResetRequests()
			h.clock.Advance(time.Hour)
			h.maintain()
			require.Empty(t, h.paths())
		})
	}
}

// A failed refresh makes the connection UNREACHABLE although the old token is still valid: it soon won't be.
func TestMaintain_onlyTheTokenEndpointFails(t *testing.T) {
	for name, inject := range map[string]func(*harness){
		"503":           func(h *harness) { h.injectFaults(sandbox.Switch{Fault: sandbox.TokenUnavailable}) },
		"half":          func(h *harness) { h.respondWith(tokenPath, 200, `{"access_token":"x`) },
		"a broken line": func(h *harness) { h.intercept(abortRequests(tokenPath)) },
	} {
		t.Run(name, func(t *testing.T) {
			h := connectedHarness(t)
			inject(h)
			h.clock.Advance(tokenLifetime - 5*time.Minute)
			h.maintain()
			row := h.storedRow()
			require.Equal(t, clio.Unreachable, row.State)
			require.Equal(t, h.clock.Now(), row.ProblemSince.UTC())
			require.NotContains(t, h.paths(), whoAmIPath)

			h.clio.ClearFaults()
			h.intercept(nil)
			h.clock.Advance(time.Minute)
			h.maintain()
			require.Equal(t, clio.Connected, h.integration().State)
		})
	}
}

// A refresh that a proxy blocks is also tried less and less often.
func TestMaintain_blockedByAProxy(t *testing.T) {
	h := connectedHarness(t)
	asked := 0
	h.intercept(func(w http.ResponseWriter, _ *http.Request) bool {
		asked++
		http.Error(w, "no way", http.StatusForbidden)
		return true
	})
	for h.clock.Advance(tokenLifetime - 5*time.Minute); h.clock.Now().Before(noon.Add(tokenLifetime)); h.clock.Advance(interval) {
		h.maintain()
	}
	require.GreaterOrEqual(t, asked, 4)
	require.LessOrEqual(t, asked, 11)
	require.Equal(t, clio.Connected, h.integration().State)
	require.Contains(t, h.log.String(), "maintaining a clio connection failed")
}

// A click refreshes the token, but its request fails: maintenance is still due soon.
func TestMaintain_afterAFailedClick(t *testing.T) {
	h := unreachableHarness(t)
	h.clio.ExpireTokens()
	h.clock.Advance(10 * time.Minute)
	h.intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasPrefix(r.URL.Path, "/api/") && h.refreshes() > 0 {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}
		return false
	})
	require.Error(t, h.readMatter())
	require.Equal(t, clio.Unreachable, h.integration().State)
	require.Equal(t, 1, h.refreshes())
	h.intercept(nil)
	h.clock.Advance(15 * time.Minute)
	h.maintain()
	require.Equal(t, clio.Connected, h.integration().State)
}

// A pause that Clio asks for is not a failure, and maintenance waits for its end.
func TestMaintain_aPause(t *testing.T) {
	for name, test := range map[string]struct {
		start func(*testing.T) *harness
		path  string
		state clio.IntegrationState
	}{
		"at the refresh": {connectedHarness, tokenPath, clio.Connected},
		"at the probe":   {unreachableHarness, whoAmIPath, clio.Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			h := test.start(t)
			h.clock.Advance(tokenLifetime - 5*time.Minute)
			h.respondWith(test.path, http.StatusTooManyRequests, "", "Retry-After", "3000")
			h.maintain()
			end := h.clock.Now().Add(50 * time.Minute)
			require.Equal(t, test.state, h.integration().State)
			require.Equal(t, end, h.storedRow().MaintainAt.UTC())

			h.intercept(nil)
			h.clio.ResetRequests()
			h.clock.Advance(50*time.Minute - time.Second)
			h.maintain()
			require.Empty(t, h.paths())
			h.clock.Advance(time.Second)
			h.maintain()
			require.NotEmpty(t, h.paths())
			require.Equal(t, clio.Connected, h.integration().State)
		})
	}
}

// A server that stops during a request leaves the state alone, and the connection is due again when the lease ends.
func TestMaintain_stops(t *testing.T) {
	for name, test := range map[string]struct {
		start func(*testing.T) *harness
		path  string
	}{
		"at the refresh": {connectedHarness, tokenPath},
		"at the probe":   {unreachableHarness, whoAmIPath},
	} {
		t.Run(name, func(t *testing.T) {
			h := test.start(t)
			h.clock.Advance(time.Minute)
			if test.path == tokenPath {
				h.clock.Advance(tokenLifetime)
			}
			before := h.storedRow()
			ctx, stop := context.WithCancel(t.Context())
			h.intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path == test.path {
					stop()
					w.WriteHeader(http.StatusBadGateway)
					return true
				}
				return false
			})
			require.ErrorIs(t, h.service.Maintain(ctx), context.Canceled)
			after := h.storedRow()
			require.Equal(t, h.clock.Now().Add(clio.MaintenanceLease), after.MaintainAt.UTC())
			after.MaintainAt = before.MaintainAt
			after.RefreshingUntil = nil // the refresh itself isn't canceled, and may not have ended yet
			require.Equal(t, before, after)
		})
	}
}
