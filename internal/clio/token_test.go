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

const month = 30 * 24 * time.Hour

// refreshes counts the refreshes that Clio was asked for.
func (o *office) refreshes() int {
	count := 0
	for _, path := range o.paths() {
		if path == "/oauth/token" {
			count++
		}
	}
	return count
}

// refreshToken is the stored one, opened.
func (o *office) refreshToken() string {
	place := clio.Row{Table: "clio_integrations", ID: o.user.FirmID, Column: "refresh_token"}
	opened, err := o.keys.Open(o.stored().RefreshToken, place)
	require.NoError(o, err)
	return string(opened)
}

func TestRefresh_aheadOfExpiry(t *testing.T) {
	o := connected(t)
	o.clock.Advance(month - 5*time.Minute - time.Second)
	require.NoError(t, o.read())
	require.Zero(t, o.refreshes(), "there is time yet")

	o.clock.Advance(time.Second)
	kept := o.refreshToken()
	require.NoError(t, o.read())
	require.Equal(t, 1, o.refreshes())
	require.Equal(t, "/oauth/token", o.paths()[2], "before the token is used")
	require.Equal(t, kept, o.refreshToken(), "Clio's answer has no refresh token: the old one is kept")
	require.NoError(t, o.read())
	require.Equal(t, 1, o.refreshes())
}

func TestRefresh_ofATokenThatDoesNotLiveLong(t *testing.T) {
	o := newOffice(t)
	o.fail(sandbox.Switch{Fault: sandbox.TokenShortLived, Seconds: 60})
	require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount))
	o.clio.ResetRequests()
	o.clock.Advance(53 * time.Second)
	require.NoError(t, o.read())
	require.Zero(t, o.refreshes())
	o.clock.Advance(2 * time.Second)
	require.NoError(t, o.read())
	require.Equal(t, 1, o.refreshes())
}

func TestRefresh_rotated(t *testing.T) {
	o := connected(t)
	o.fail(sandbox.Switch{Fault: sandbox.RefreshRotated})
	first := o.refreshToken()
	for range 2 {
		o.clock.Advance(month)
		require.NoError(t, o.read())
		require.NotEqual(t, first, o.refreshToken())
	}
}

// Twenty callers on three replicas find the token used up, and Clio is asked for one.
func TestRefresh_onceForAll(t *testing.T) {
	for name, breakIt := range map[string]func(*office){
		"expired":    func(o *office) { o.clock.Advance(month) },
		"refused":    func(o *office) { o.clio.ExpireTokens() },
		"both":       func(o *office) { o.clock.Advance(month); o.clio.ExpireTokens() },
		"rotated":    func(o *office) { o.fail(sandbox.Switch{Fault: sandbox.RefreshRotated}); o.clock.Advance(month) },
		"still good": func(*office) {},
	} {
		t.Run(name, func(t *testing.T) {
			o := connected(t)
			replicas := []*clio.Service{o.service, o.another(nil), o.another(nil)}
			ids := o.matterIDs()[:1]
			breakIt(o)
			const callers = 20
			errs := make([]error, callers)
			var start, done sync.WaitGroup
			start.Add(1)
			for i := range callers {
				done.Go(func() {
					start.Wait()
					_, errs[i] = replicas[i%len(replicas)].Read(t.Context(), o.user.FirmID, ids)
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
			require.Equal(t, want, o.refreshes())
			require.Equal(t, clio.Connected, o.integration().State)
		})
	}
}

// A 403 or 404 is no refusal of the grant (RFC 6749 §5.2): somebody stands in the way, and the connection outlasts them.
func TestRefresh_inTheWay(t *testing.T) {
	o := connected(t)
	o.clock.Advance(month)
	for _, status := range []int{403, 404, 405} {
		o.answer("/oauth/token", status, "<html>")
		require.True(t, apperr.Is(o.read(), apperr.ClioUnavailable), status)
		require.NotNil(t, o.stored().AccessToken, status)
	}
	o.inTheWay(nil)
	require.NoError(t, o.read())
}

func TestRefresh_refused(t *testing.T) {
	for name, test := range map[string]struct {
		breakIt func(*office)
		word    string
	}{
		"400":                   {func(o *office) { o.fail(sandbox.Switch{Fault: sandbox.RefreshRefused}) }, "withdrawn"},
		"401":                   {func(o *office) { o.fail(sandbox.Switch{Fault: sandbox.RefreshUnauthorized}) }, "withdrawn"},
		"revoked inside Clio":   {func(o *office) { o.clio.RevokeTokens() }, "withdrawn"},
		"the wrong secret":      {func(o *office) { o.answer("/oauth/token", 401, `{"error":"invalid_client"}`) }, "CLIO_CLIENT_SECRET"},
		"an error within a 200": {func(o *office) { o.answer("/oauth/token", 200, `{"error":"invalid_grant"}`) }, "withdrawn"},
		"no refresh token at all": {func(o *office) {
			_, err := o.store.Change(o.Context(), o.user.FirmID, func(row *clio.Integration) error {
				row.RefreshToken = nil
				return nil
			})
			require.NoError(o, err)
		}, "withdrawn"},
	} {
		t.Run(name, func(t *testing.T) {
			o := connected(t)
			o.clock.Advance(month)
			test.breakIt(o)
			require.True(t, apperr.Is(o.read(), apperr.ClioNotConnected))
			row := o.stored()
			require.Equal(t, clio.NeedsReconnect, row.State)
			require.Contains(t, *row.Problem, test.word)
			require.Equal(t, noon.Add(month), row.ProblemSince.UTC())
			require.Nil(t, row.AccessToken, "a dead token is kept")
			require.Nil(t, row.RefreshToken)
			require.NotContains(t, o.paths(), "/api/v4/matters.json")
			require.NotNil(t, row.ClioFirmName, "whose connection it was is still told")
		})
	}
}

// Clio fails at the refresh, not at the reading: as long as the old token lasts, nobody notices.
func TestRefresh_fails(t *testing.T) {
	for name, breakIt := range map[string]func(*office){
		"503":           func(o *office) { o.fail(sandbox.Switch{Fault: sandbox.TokenUnavailable}) },
		"429":           func(o *office) { o.answer("/oauth/token", 429, "", "Retry-After", "30") },
		"half":          func(o *office) { o.answer("/oauth/token", 200, `{"access_token":"x`) },
		"no token":      func(o *office) { o.answer("/oauth/token", 200, `{}`) },
		"a broken line": func(o *office) { o.inTheWay(hangUp("/oauth/token")) },
	} {
		t.Run(name, func(t *testing.T) {
			o := connected(t)
			breakIt(o)
			o.clock.Advance(month - time.Minute)
			require.NoError(t, o.read())
			require.Equal(t, clio.Connected, o.integration().State)

			o.clock.Advance(time.Minute)
			err := o.read()
			if name == "429" {
				require.True(t, apperr.Is(err, apperr.ClioRateLimited), err)
				require.Equal(t, o.clock.Now().Add(30*time.Second), *apperr.From(err)[0].RetryAt)
				require.Equal(t, clio.Connected, o.integration().State)
				return
			}
			require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
			require.Equal(t, clio.Unreachable, o.integration().State)
			if name == "503" {
				require.Equal(t, 2, o.refreshes(), "one for each reading: the 401 doesn't ask again")
			}

			o.clio.ClearFaults()
			o.inTheWay(nil)
			require.NoError(t, o.read())
			require.Equal(t, clio.Connected, o.integration().State)
		})
	}
}

// hangUp breaks the connection of the requests to a path.
func hangUp(path string) func(http.ResponseWriter, *http.Request) bool {
	return func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == path {
			panic(http.ErrAbortHandler)
		}
		return false
	}
}

func TestRefresh_withoutAnExpiry(t *testing.T) {
	o := newOffice(t)
	access, refresh := o.clio.IssueToken(sandbox.FirstAccount)
	o.answer("/oauth/token", 200, `{"token_type":"bearer","access_token":"`+access+`","refresh_token":"`+refresh+`"}`)
	require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount))
	o.inTheWay(nil)
	require.Nil(t, o.stored().TokenExpiresAt)
	o.clio.ResetRequests()
	o.clock.Advance(month - time.Minute)
	require.NoError(t, o.read())
	require.Zero(t, o.refreshes())
	o.clock.Advance(time.Minute)
	require.NoError(t, o.read(), "the 401 leads to a new token")
	require.Equal(t, 1, o.refreshes())
}

// The one who asked first for a new token leaves: the others get theirs.
func TestRefresh_outlivesTheCaller(t *testing.T) {
	o := connected(t)
	o.clock.Advance(month)
	ctx, leave := context.WithCancel(t.Context())
	o.inTheWay(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/oauth/token" {
			leave()
		}
		return false
	})
	_, err := o.service.Read(ctx, o.user.FirmID, o.matterIDs()[:1])
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, o.read())
	require.Equal(t, 1, o.refreshes(), "the token that was got is the one that is used")
}

// While an old request is under way the firm connects anew: the old token's end isn't the new connection's.
func TestUnauthorized_afterReconnecting(t *testing.T) {
	o := connected(t)
	o.fail(sandbox.Switch{Fault: sandbox.TokenExpired, Path: "/api/v4/matters"})
	reads := 0
	o.inTheWay(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/api/v4/matters.json" {
			if reads++; reads == 2 {
				o.inTheWay(nil)
				require.Equal(o, "/?clio=connected", o.connect(sandbox.FirstAccount))
			}
		}
		return false
	})
	require.True(t, apperr.Is(o.read(), apperr.ClioUnavailable))
	require.Equal(t, clio.Connected, o.integration().State)
	o.clio.ClearFaults()
	require.NoError(t, o.read())
}

func TestTimeout(t *testing.T) {
	require.Equal(t, 10*time.Second, clio.RequestTimeout)
	require.Equal(t, 20*time.Second, clio.OperationTimeout)
	o := connected(t)
	waits := &impatient{}
	service := clio.NewService(o.config, o.store, o.keys, o.clock, o.logger(), waits)
	_, err := service.Read(t.Context(), o.user.FirmID, o.matterIDs()[:1])
	require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
	require.Contains(t, apperr.From(err)[0].Message, "in time")
	require.Equal(t, clio.Unreachable, o.integration().State)
	require.InDelta(t, 10, waits.timeout.Seconds(), 1)
}

// impatient lets every request run into its time limit, without the waiting.
type impatient struct{ timeout time.Duration }

func (i *impatient) RoundTrip(r *http.Request) (*http.Response, error) {
	deadline, _ := r.Context().Deadline()
	i.timeout = time.Until(deadline)
	return nil, context.DeadlineExceeded
}
