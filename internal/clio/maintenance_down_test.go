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

// tick is how often a replica looks here.
const tick = 15 * time.Second

// Clio is down for an hour: nobody is disconnected, Clio is asked ever more seldom, and soon after it is back all is well.
func TestLookAfter_downForAnHour(t *testing.T) {
	for name, goesDown := range map[string]func(*office){
		"when a token is due": func(o *office) { o.clock.Advance(month - 5*time.Minute); o.maintain() },
		"at a click":          func(o *office) { o.clock.Advance(time.Hour); require.Error(o, o.read()) },
	} {
		t.Run(name, func(t *testing.T) {
			o := connected(t)
			o.fail(sandbox.Switch{Fault: sandbox.ServerError}, sandbox.Switch{Fault: sandbox.TokenUnavailable})
			goesDown(o)
			began, first := o.clock.Now(), o.stored()
			require.Equal(t, clio.Unreachable, first.State)
			require.Contains(t, *first.Problem, "Clio is failing")
			require.Equal(t, began, first.ProblemSince.UTC())

			o.clio.ResetRequests()
			for o.clock.Now().Before(began.Add(time.Hour)) {
				o.clock.Advance(tick)
				o.maintain()
				row := o.stored()
				require.WithinRange(t, row.MaintainAt.UTC(), o.clock.Now().Add(time.Microsecond), o.clock.Now().Add(15*time.Minute))
				row.MaintainAt = first.MaintainAt
				require.Equal(t, first, row, "something was lost while Clio was down")
			}
			require.GreaterOrEqual(t, len(o.paths()), 8, "half a minute, a minute, two, four, eight, a quarter of an hour …")
			require.LessOrEqual(t, len(o.paths()), 16, "the same, each cut in half")

			o.clio.ClearFaults()
			back := o.clock.Now()
			for o.stored().State != clio.Connected {
				require.Less(t, o.clock.Now().Sub(back), 15*time.Minute+tick)
				o.clock.Advance(tick)
				o.maintain()
			}
			row := o.stored()
			require.Nil(t, row.Problem)
			require.Nil(t, row.ProblemSince)
			require.Equal(t, row.TokenExpiresAt, row.MaintainAt)
			asked := len(o.paths())
			o.clock.Advance(time.Hour)
			o.maintain()
			require.Len(t, o.paths(), asked, "Clio is well, and asked still")
		})
	}
}

// A click met a Clio that failed for a moment: nobody syncs, and the connection mends by itself.
func TestLookAfter_mends(t *testing.T) {
	for name, prepare := range map[string]func(*office){
		"Clio tells who we are": func(*office) {},
		"Clio may not be asked": func(o *office) { o.fail(sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/users"}) },
		"the token has ended":   func(o *office) { o.clio.ExpireTokens() },
	} {
		t.Run(name, func(t *testing.T) {
			o := unreachable(t)
			prepare(o)
			o.clock.Advance(30*time.Second - time.Microsecond)
			o.maintain()
			require.Empty(t, o.paths(), "so soon Clio won't be back")
			o.clock.Advance(time.Microsecond)
			o.maintain()
			require.Contains(t, o.paths(), whoAmIPath)
			now := o.integration()
			require.Equal(t, clio.Connected, now.State)
			require.Nil(t, now.Problem)
		})
	}
}

// A click that finds Clio back, or the access ended, leaves nothing to look after.
func TestLookAfter_afterAClick(t *testing.T) {
	for state, breakIt := range map[clio.IntegrationState]func(*office){
		clio.Connected:      func(*office) {},
		clio.NeedsReconnect: func(o *office) { o.clio.RevokeTokens() },
	} {
		t.Run(string(state), func(t *testing.T) {
			o := unreachable(t)
			breakIt(o)
			_ = o.read() // what it brings is tested elsewhere
			row := o.stored()
			require.Equal(t, state, row.State)
			require.Equal(t, row.TokenExpiresAt, row.MaintainAt)
			o.clio.ResetRequests()
			o.clock.Advance(time.Hour)
			o.maintain()
			require.Empty(t, o.paths())
		})
	}
}

// That Clio can't renew a token makes the connection UNREACHABLE while the old token still does: it won't for long.
func TestLookAfter_onlyTheTokenEndpointFails(t *testing.T) {
	for name, breakIt := range map[string]func(*office){
		"503":           func(o *office) { o.fail(sandbox.Switch{Fault: sandbox.TokenUnavailable}) },
		"half":          func(o *office) { o.answer(tokenPath, 200, `{"access_token":"x`) },
		"a broken line": func(o *office) { o.inTheWay(hangUp(tokenPath)) },
	} {
		t.Run(name, func(t *testing.T) {
			o := connected(t)
			breakIt(o)
			o.clock.Advance(month - 5*time.Minute)
			o.maintain()
			row := o.stored()
			require.Equal(t, clio.Unreachable, row.State)
			require.Equal(t, o.clock.Now(), row.ProblemSince.UTC())
			require.NotContains(t, o.paths(), whoAmIPath)

			o.clio.ClearFaults()
			o.inTheWay(nil)
			o.clock.Advance(time.Minute)
			o.maintain()
			require.Equal(t, clio.Connected, o.integration().State)
		})
	}
}

// A refresh that meets neither a refusal nor a failure, but somebody in the way, is tried ever more seldom too.
func TestLookAfter_inTheWay(t *testing.T) {
	o := connected(t)
	asked := 0
	o.inTheWay(func(w http.ResponseWriter, _ *http.Request) bool {
		asked++
		http.Error(w, "no way", http.StatusForbidden)
		return true
	})
	for o.clock.Advance(month - 5*time.Minute); o.clock.Now().Before(noon.Add(month)); o.clock.Advance(tick) {
		o.maintain()
	}
	require.GreaterOrEqual(t, asked, 4)
	require.LessOrEqual(t, asked, 11)
	require.Equal(t, clio.Connected, o.integration().State)
	require.Contains(t, o.log.String(), "looking after a connection")
}

// A click renews the token, and then Clio fails it as before: the connection is still looked after soon.
func TestLookAfter_afterAClickInTrouble(t *testing.T) {
	o := unreachable(t)
	o.clio.ExpireTokens()
	o.clock.Advance(10 * time.Minute)
	o.inTheWay(func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasPrefix(r.URL.Path, "/api/") && o.refreshes() > 0 {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}
		return false
	})
	require.Error(t, o.read())
	require.Equal(t, clio.Unreachable, o.integration().State)
	require.Equal(t, 1, o.refreshes())
	o.inTheWay(nil)
	o.clock.Advance(15 * time.Minute)
	o.maintain()
	require.Equal(t, clio.Connected, o.integration().State)
}

// A pause that Clio asks for is no failure, and is kept.
func TestLookAfter_aPause(t *testing.T) {
	for name, test := range map[string]struct {
		office func(*testing.T) *office
		path   string
		state  clio.IntegrationState
	}{
		"at renewing":             {connected, tokenPath, clio.Connected},
		"at asking how it stands": {unreachable, whoAmIPath, clio.Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			o := test.office(t)
			o.clock.Advance(month - 5*time.Minute)
			o.answer(test.path, http.StatusTooManyRequests, "", "Retry-After", "3000")
			o.maintain()
			end := o.clock.Now().Add(50 * time.Minute)
			require.Equal(t, test.state, o.integration().State)
			require.Equal(t, end, o.stored().MaintainAt.UTC())

			o.inTheWay(nil)
			o.clio.ResetRequests()
			o.clock.Advance(50*time.Minute - time.Second)
			o.maintain()
			require.Empty(t, o.paths())
			o.clock.Advance(time.Second)
			o.maintain()
			require.NotEmpty(t, o.paths())
			require.Equal(t, clio.Connected, o.integration().State)
		})
	}
}

// A server that stops while Clio thinks has learned nothing: the state is left alone, and others have the connection when the
// lease is over.
func TestLookAfter_stops(t *testing.T) {
	for name, test := range map[string]struct {
		office func(*testing.T) *office
		path   string
	}{
		"at renewing":             {connected, tokenPath},
		"at asking how it stands": {unreachable, whoAmIPath},
	} {
		t.Run(name, func(t *testing.T) {
			o := test.office(t)
			o.clock.Advance(time.Minute)
			if test.path == tokenPath {
				o.clock.Advance(month)
			}
			before := o.stored()
			ctx, stop := context.WithCancel(t.Context())
			o.inTheWay(func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path == test.path {
					stop()
					w.WriteHeader(http.StatusBadGateway)
					return true
				}
				return false
			})
			require.ErrorIs(t, o.service.Maintain(ctx), context.Canceled)
			after := o.stored()
			require.Equal(t, o.clock.Now().Add(clio.UpkeepLease), after.MaintainAt.UTC())
			after.MaintainAt = before.MaintainAt
			require.Equal(t, before, after)
		})
	}
}
