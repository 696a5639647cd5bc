package clio_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/sandbox"
)

func TestConnect(t *testing.T) {
	o := newOffice(t)
	returnTo := "/settings?tab=clio#top"
	authorization, err := o.service.Connect(t.Context(), o.user, &returnTo)
	require.NoError(t, err)

	address, err := url.Parse(authorization.URL)
	require.NoError(t, err)
	require.Equal(t, o.config.BaseURL+"/oauth/authorize", address.Scheme+"://"+address.Host+address.Path)
	query := address.Query()
	state := query.Get("state")
	require.Greater(t, len(state), 20)
	query.Del("state")
	require.Equal(t, url.Values{
		"response_type":       {"code"},
		"client_id":           {appID},
		"redirect_uri":        {"https://watch.example/oauth/clio/callback"},
		"redirect_on_decline": {"true"},
	}, query)
	require.Equal(t, clio.NotConnected, o.integration().State, "until the user comes back, nothing has happened")

	came := o.approve(authorization.URL, "allow", sandbox.FirstAccount)
	require.Equal(t, state, came.State)
	require.Equal(t, "/settings?tab=clio&clio=connected#top",
		o.service.Callback(t.Context(), came, clio.Proof{SessionID: o.user.SessionID}))

	now := o.integration()
	require.Equal(t, clio.Connected, now.State)
	require.Equal(t, ident.OfFirm(ident.ClioIntegration, o.user.FirmID), now.ID())
	require.NotEmpty(t, *now.ClioUserName)
	require.NotEmpty(t, *now.ClioFirmName)
	require.Equal(t, noon, now.ConnectedAt.UTC())
	require.Nil(t, now.Problem)
	require.Nil(t, now.AccessToken, "the API's object holds no token")
	require.Nil(t, now.RefreshToken)

	require.NoError(t, o.service.RequireConnection(t.Context(), o.user.FirmID))
	require.Equal(t, "us", *o.stored().Region)
	require.Equal(t, sandbox.FirstAccount, *o.stored().AccountID)
	require.NoError(t, o.read())
}

func TestConnect_sealsTheTokens(t *testing.T) {
	o := connected(t)
	row := o.stored()
	require.True(t, o.keys.Newest(row.AccessToken))
	require.True(t, o.keys.Newest(row.RefreshToken))
	require.NotContains(t, string(row.AccessToken), "access-")
	opened, err := o.keys.Open(row.AccessToken, clio.Row{Table: "clio_integrations", ID: o.user.FirmID, Column: "access_token"})
	require.NoError(t, err)
	require.Contains(t, string(opened), "access-")
	require.Equal(t, noon.Add(30*24*time.Hour-5*time.Minute), row.TokenExpiresAt.UTC())

	other := o.signUp()
	_, err = o.store.Change(t.Context(), other.FirmID, func(row *clio.Integration) error {
		stolen := *o.stored()
		stolen.FirmID = row.FirmID
		*row = stolen
		return nil
	})
	require.NoError(t, err)
	_, err = o.service.Read(t.Context(), other.FirmID, o.matterIDs()[:1])
	require.Error(t, err, "a token moved to another firm's row opened")
}

func TestConnect_refusals(t *testing.T) {
	o := newOffice(t)
	for _, change := range []func(*clio.Config){
		func(c *clio.Config) { c.ClientID = "" },
		func(c *clio.Config) { c.ClientSecret = "" },
	} {
		bare := o.another(change)
		_, err := bare.Connect(t.Context(), o.user, nil)
		require.True(t, apperr.Is(err, apperr.ClioNotConfigured), err)
		_, err = bare.Read(t.Context(), o.user.FirmID, []int64{1})
		require.True(t, apperr.Is(err, apperr.ClioNotConfigured), err)
		row, err := bare.Integration(t.Context(), o.user.FirmID)
		require.NoError(t, err)
		require.Equal(t, clio.NotConfigured, row.State)
		require.Equal(t, ident.OfFirm(ident.ClioIntegration, o.user.FirmID), row.ID())
	}
	elsewhere := "https://evil.example/"
	_, err := o.service.Connect(t.Context(), o.user, &elsewhere)
	require.True(t, apperr.Is(err, apperr.Invalid), err)
}

func TestCallback_provesWhoBegan(t *testing.T) {
	o := newOffice(t)
	stranger := o.signUp()
	for name, test := range map[string]struct {
		proof  func(begun clio.Authorization) clio.Proof
		proven bool
	}{
		"the session": {func(clio.Authorization) clio.Proof { return clio.Proof{SessionID: o.user.SessionID} }, true},
		"the cookie":  {func(a clio.Authorization) clio.Proof { return clio.Proof{Cookie: a.Cookie} }, true},
		"the cookie elsewhere": {func(a clio.Authorization) clio.Proof {
			return clio.Proof{SessionID: stranger.SessionID, Cookie: a.Cookie}
		}, true},
		"nothing":         {func(clio.Authorization) clio.Proof { return clio.Proof{} }, false},
		"another session": {func(clio.Authorization) clio.Proof { return clio.Proof{SessionID: stranger.SessionID} }, false},
		"another cookie":  {func(clio.Authorization) clio.Proof { return clio.Proof{Cookie: "wrong"} }, false},
	} {
		authorization, err := o.service.Connect(t.Context(), o.user, nil)
		require.NoError(t, err)
		came := o.approve(authorization.URL, "allow", sandbox.FirstAccount)
		got := o.service.Callback(t.Context(), came, test.proof(authorization))
		if test.proven {
			require.Equal(t, "/?clio=connected", got, name)
			continue
		}
		require.Equal(t, "/?clio=error", got, name)
		require.Equal(t, "/?clio=connected", o.service.Callback(t.Context(), came, clio.Proof{Cookie: authorization.Cookie}),
			"%s: the stranger's attempt must not spoil the authorization", name)
	}
}

func TestCallback_withoutASession(t *testing.T) {
	o := newOffice(t)
	byToken := clio.Requester{FirmID: o.user.FirmID, UserID: o.user.UserID}
	authorization, err := o.service.Connect(t.Context(), byToken, nil)
	require.NoError(t, err)
	came := o.approve(authorization.URL, "allow", sandbox.FirstAccount)
	require.Equal(t, "/?clio=error", o.service.Callback(t.Context(), came, clio.Proof{}), "no session is not the same as no session")
	require.Equal(t, "/?clio=connected", o.service.Callback(t.Context(), came, clio.Proof{Cookie: authorization.Cookie}))
}

func TestCallback_worksOnce(t *testing.T) {
	o := newOffice(t)
	authorization, err := o.service.Connect(t.Context(), o.user, nil)
	require.NoError(t, err)
	proof := clio.Proof{Cookie: authorization.Cookie}
	came := o.approve(authorization.URL, "allow", sandbox.FirstAccount)
	require.Equal(t, "/?clio=connected", o.service.Callback(t.Context(), came, proof))
	before := o.stored()

	require.Equal(t, "/?clio=error", o.service.Callback(t.Context(), came, proof))
	fresh := o.approve(authorization.URL, "allow", sandbox.SecondAccount)
	require.Equal(t, "/?clio=error", o.service.Callback(t.Context(), fresh, proof))
	require.Equal(t, before, o.stored())
}

func TestCallback_worksForTenMinutes(t *testing.T) {
	for after, want := range map[time.Duration]string{
		10*time.Minute - time.Second: "/?clio=connected",
		10 * time.Minute:             "/?clio=error",
	} {
		t.Run(after.String(), func(t *testing.T) {
			o := newOffice(t)
			authorization, err := o.service.Connect(t.Context(), o.user, nil)
			require.NoError(t, err)
			o.clock.Advance(after)
			came := o.approve(authorization.URL, "allow", sandbox.FirstAccount)
			require.Equal(t, want, o.service.Callback(t.Context(), came, clio.Proof{Cookie: authorization.Cookie}))
		})
	}
}

func TestCallback_endsWithTheSession(t *testing.T) {
	o := newOffice(t)
	authorization, err := o.service.Connect(t.Context(), o.user, nil)
	require.NoError(t, err)
	came := o.approve(authorization.URL, "allow", sandbox.FirstAccount)
	require.NoError(t, postgres.NewAccounts(o.db).RemoveSession(t.Context(), o.user.SessionID))
	require.Equal(t, "/?clio=error", o.service.Callback(t.Context(), came, clio.Proof{Cookie: authorization.Cookie}))
}

func TestCallback_declined(t *testing.T) {
	o := newOffice(t)
	returnTo := "https://app.example/settings"
	authorization, err := o.service.Connect(t.Context(), o.user, &returnTo)
	require.NoError(t, err)
	came := o.approve(authorization.URL, "decline", sandbox.FirstAccount)
	require.Equal(t, "https://app.example/settings?clio=declined",
		o.service.Callback(t.Context(), came, clio.Proof{Cookie: authorization.Cookie}))
	require.Equal(t, clio.NotConnected, o.integration().State)
	require.Nil(t, o.integration().Problem, "who declines knows why")
}

// Whatever goes wrong between the user's consent and the connection: the browser hears of it, the integration says why,
// and a connection that the firm has goes on.
func TestCallback_failures(t *testing.T) {
	const whoAmI = "/api/v4/users/who_am_i.json"
	garbled := func(path, body string) func(*office) {
		return func(o *office) { o.answer(path, http.StatusOK, body) }
	}
	fault := func(sw sandbox.Switch) func(*office) {
		return func(o *office) { o.fail(sw) }
	}
	for name, test := range map[string]struct {
		breakIt func(*office)
		word    string
	}{
		"the code is refused":        {func(o *office) { o.answer("/oauth/token", 400, `{"error":"invalid_grant"}`) }, "did not confirm"},
		"the application is refused": {func(o *office) { o.answer("/oauth/token", 401, `{"error":"invalid_client"}`) }, "CLIO_CLIENT_SECRET"},
		"a refusal in a 200":         {garbled("/oauth/token", `{"error":"invalid_grant"}`), "did not confirm"},
		"the token endpoint is down": {fault(sandbox.Switch{Fault: sandbox.TokenUnavailable}), "failing"},
		"no token in the answer":     {garbled("/oauth/token", `{"token_type":"bearer"}`), "could not be read"},
		"half an answer":             {garbled("/oauth/token", `{"access_tok`), "could not be read"},
		"a redirect":                 {func(o *office) { o.answer("/oauth/token", 302, "", "Location", "https://evil.example/") }, "302"},
		"who_am_i is down":           {fault(sandbox.Switch{Fault: sandbox.ServerError, Path: whoAmI}), "failing"},
		"who_am_i is throttled":      {fault(sandbox.Switch{Fault: sandbox.RateLimited, Path: whoAmI}), "pause"},
		"who_am_i is garbled":        {fault(sandbox.Switch{Fault: sandbox.TruncatedJSON, Path: whoAmI}), "could not be read"},
		"who_am_i without data":      {garbled(whoAmI, `{}`), "could not be read"},
		"a connection that breaks":   {fault(sandbox.Switch{Fault: sandbox.ConnectionReset, Path: whoAmI}), "in time"},
		"the new token is refused":   {fault(sandbox.Switch{Fault: sandbox.TokenExpired, Path: whoAmI}), "401"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			test.breakIt(o)
			require.Equal(t, "/?clio=error", o.connect(sandbox.FirstAccount))
			never := o.integration()
			require.Equal(t, clio.NotConnected, never.State)
			require.Contains(t, *never.Problem, test.word)
			require.Equal(t, noon, never.ProblemSince.UTC())

			o.clio.ClearFaults()
			o.inTheWay(nil)
			require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount))
			require.Nil(t, o.integration().Problem, "success ends the problem")
			before := o.stored()

			test.breakIt(o)
			o.clock.Advance(time.Minute)
			require.Equal(t, "/?clio=error", o.connect(sandbox.FirstAccount))
			after := o.stored()
			require.Contains(t, *after.Problem, test.word)
			after.Problem, after.ProblemSince = nil, nil
			require.Equal(t, before, after, "the connection that was there has changed")
		})
	}
}

func TestCallback_brokenOff(t *testing.T) {
	o := newOffice(t)
	for _, came := range []clio.CallbackQuery{{Error: "server_error"}, {}, {Error: "<script>", Code: "x"}} {
		authorization, err := o.service.Connect(t.Context(), o.user, nil)
		require.NoError(t, err)
		came.State = o.approve(authorization.URL, "allow", sandbox.FirstAccount).State
		require.Equal(t, "/?clio=error", o.service.Callback(t.Context(), came, clio.Proof{Cookie: authorization.Cookie}))
		require.Contains(t, *o.integration().Problem, "Connect again")
	}
	require.NotContains(t, o.log.String(), "script")
}

func TestCallback_nameUnknown(t *testing.T) {
	o := newOffice(t)
	o.fail(sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/users"})
	require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount))
	now := o.integration()
	require.Equal(t, clio.Connected, now.State)
	require.Nil(t, now.ClioUserName)
	require.Nil(t, now.ClioFirmName)
	require.NoError(t, o.service.RequireConnection(t.Context(), o.user.FirmID))
	require.Nil(t, o.stored().AccountID)
}

func TestCallback_namesThatCannotBeStored(t *testing.T) {
	o := newOffice(t)
	o.answer("/api/v4/users/who_am_i.json", http.StatusOK,
		`{"data":{"id":1,"name":"\u0000","first_name":"Lee\u0000 ","last_name":"Park\u0007","account":{"id":9,"name":"\u0000"}}}`)
	require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount))
	require.Equal(t, "Lee Park", *o.integration().ClioUserName)
	require.Nil(t, o.integration().ClioFirmName)
}

func TestDisconnect(t *testing.T) {
	o := connected(t)
	access, err := o.keys.Open(o.stored().AccessToken,
		clio.Row{Table: "clio_integrations", ID: o.user.FirmID, Column: "access_token"})
	require.NoError(t, err)
	for range 2 { // a second time is no error
		row, err := o.service.Disconnect(t.Context(), o.user.FirmID)
		require.NoError(t, err)
		require.Equal(t, clio.NotConnected, row.State)
	}
	require.Equal(t, &clio.Integration{FirmID: o.user.FirmID, State: clio.NotConnected}, o.stored(), "something was kept")
	require.Equal(t, []string{"/oauth/deauthorize"}, o.paths(), "Clio is told once")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.config.BaseURL+"/api/v4/matters.json", nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+string(access))
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusUnauthorized, response.StatusCode, "the token still opens Clio")
	require.True(t, apperr.Is(o.read(), apperr.ClioNotConnected))
}

func TestDisconnect_whenClioFails(t *testing.T) {
	o := connected(t)
	o.answer("/oauth/deauthorize", http.StatusServiceUnavailable, "<html>")
	row, err := o.service.Disconnect(t.Context(), o.user.FirmID)
	require.NoError(t, err)
	require.Equal(t, clio.NotConnected, row.State)
	require.Nil(t, o.stored().AccessToken)
	require.True(t, strings.Contains(o.log.String(), "ending the access"))
}
