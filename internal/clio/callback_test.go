package clio_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/sandbox"
)

func TestCallback_requiresProof(t *testing.T) {
	h := newHarness(t)
	otherFirm := h.signUp()
	for name, test := range map[string]struct {
		proof  func(begun clio.Authorization) clio.Proof
		proven bool
	}{
		"the session": {func(clio.Authorization) clio.Proof { return clio.Proof{SessionID: h.user.SessionID} }, true},
		"the cookie":  {func(a clio.Authorization) clio.Proof { return clio.Proof{Cookie: a.Cookie} }, true},
		"the cookie elsewhere": {func(a clio.Authorization) clio.Proof {
			return clio.Proof{SessionID: otherFirm.SessionID, Cookie: a.Cookie}
		}, true},
		"nothing":         {func(clio.Authorization) clio.Proof { return clio.Proof{} }, false},
		"another session": {func(clio.Authorization) clio.Proof { return clio.Proof{SessionID: otherFirm.SessionID} }, false},
		"another cookie":  {func(clio.Authorization) clio.Proof { return clio.Proof{Cookie: "wrong"} }, false},
	} {
		authorization, err := h.service.Connect(t.Context(), h.user, nil)
		require.NoError(t, err)
		callback := h.approve(authorization.URL, "allow", sandbox.FirstAccount)
		got := h.service.Callback(t.Context(), callback, test.proof(authorization))
		if test.proven {
			require.Equal(t, "/?clio=connected", got, name)
			continue
		}
		require.Equal(t, "/integrations/clio?clio=error", got, name)
		require.Equal(t, "/?clio=connected", h.service.Callback(t.Context(), callback, clio.Proof{Cookie: authorization.Cookie}),
			"%s: the failed attempt must not use up the authorization", name)
	}
}

func TestCallback_withoutASession(t *testing.T) {
	h := newHarness(t)
	byToken := clio.Requester{FirmID: h.user.FirmID, UserID: h.user.UserID}
	authorization, err := h.service.Connect(t.Context(), byToken, nil)
	require.NoError(t, err)
	callback := h.approve(authorization.URL, "allow", sandbox.FirstAccount)
	require.Equal(t, "/integrations/clio?clio=error", h.service.Callback(t.Context(), callback, clio.Proof{}), "an empty session is no proof")
	require.Equal(t, "/?clio=connected", h.service.Callback(t.Context(), callback, clio.Proof{Cookie: authorization.Cookie}))
}

func TestCallback_worksOnce(t *testing.T) {
	h := newHarness(t)
	authorization, err := h.service.Connect(t.Context(), h.user, nil)
	require.NoError(t, err)
	proof := clio.Proof{Cookie: authorization.Cookie}
	callback := h.approve(authorization.URL, "allow", sandbox.FirstAccount)
	require.Equal(t, "/?clio=connected", h.service.Callback(t.Context(), callback, proof))
	before := h.storedRow()

	require.Equal(t, "/integrations/clio?clio=error", h.service.Callback(t.Context(), callback, proof))
	fresh := h.approve(authorization.URL, "allow", sandbox.SecondAccount)
	require.Equal(t, "/integrations/clio?clio=error", h.service.Callback(t.Context(), fresh, proof))
	require.Equal(t, before, h.storedRow())
}

func TestCallback_worksForTenMinutes(t *testing.T) {
	for after, want := range map[time.Duration]string{
		10*time.Minute - time.Second: "/?clio=connected",
		10 * time.Minute:             "/integrations/clio?clio=error",
	} {
		t.Run(after.String(), func(t *testing.T) {
			h := newHarness(t)
			authorization, err := h.service.Connect(t.Context(), h.user, nil)
			require.NoError(t, err)
			h.clock.Advance(after)
			callback := h.approve(authorization.URL, "allow", sandbox.FirstAccount)
			require.Equal(t, want, h.service.Callback(t.Context(), callback, clio.Proof{Cookie: authorization.Cookie}))
		})
	}
}

func TestCallback_endsWithTheSession(t *testing.T) {
	h := newHarness(t)
	authorization, err := h.service.Connect(t.Context(), h.user, nil)
	require.NoError(t, err)
	callback := h.approve(authorization.URL, "allow", sandbox.FirstAccount)
	require.NoError(t, postgres.NewAccounts(h.db).RemoveSession(t.Context(), h.user.SessionID))
	require.Equal(t, "/integrations/clio?clio=error", h.service.Callback(t.Context(), callback, clio.Proof{Cookie: authorization.Cookie}))
}

func TestCallback_declined(t *testing.T) {
	h := newHarness(t)
	returnTo := "https://app.example/settings"
	authorization, err := h.service.Connect(t.Context(), h.user, &returnTo)
	require.NoError(t, err)
	callback := h.approve(authorization.URL, "decline", sandbox.FirstAccount)
	require.Equal(t, "https://app.example/settings?clio=declined",
		h.service.Callback(t.Context(), callback, clio.Proof{Cookie: authorization.Cookie}))
	require.Equal(t, clio.NotConnected, h.integration().State)
	require.Nil(t, h.integration().Problem, "declining is not a problem")
}

// Whatever goes wrong after the user's consent: the browser gets clio=error, the integration says why, and an existing
// connection is unchanged.
func TestCallback_failures(t *testing.T) {
	const whoAmI = "/api/v4/users/who_am_i.json"
	garbled := func(path, body string) func(*harness) {
		return func(h *harness) { h.respondWith(path, http.StatusOK, body) }
	}
	fault := func(sw sandbox.Switch) func(*harness) {
		return func(h *harness) { h.injectFaults(sw) }
	}
	for name, test := range map[string]struct {
		inject   func(*harness)
		wantText string
	}{
		"the code is refused":        {func(h *harness) { h.respondWith("/oauth/token", 400, `{"error":"invalid_grant"}`) }, "did not confirm"},
		"the application is refused": {func(h *harness) { h.respondWith("/oauth/token", 401, `{"error":"invalid_client"}`) }, "CLIO_CLIENT_SECRET"},
		"a refusal in a 200":         {garbled("/oauth/token", `{"error":"invalid_grant"}`), "did not confirm"},
		"the token endpoint is down": {fault(sandbox.Switch{Fault: sandbox.TokenUnavailable}), "not working"},
		"no token in the answer":     {garbled("/oauth/token", `{"token_type":"bearer"}`), "could not be read"},
		"half an answer":             {garbled("/oauth/token", `{"access_tok`), "could not be read"},
		"a redirect":                 {func(h *harness) { h.respondWith("/oauth/token", 302, "", "Location", "https://evil.example/") }, "302"},
		"who_am_i is down":           {fault(sandbox.Switch{Fault: sandbox.ServerError, Path: whoAmI}), "not working"},
		"who_am_i is throttled":      {fault(sandbox.Switch{Fault: sandbox.RateLimited, Path: whoAmI}), "limit"},
		"who_am_i is garbled":        {fault(sandbox.Switch{Fault: sandbox.TruncatedJSON, Path: whoAmI}), "could not be read"},
		"who_am_i without data":      {garbled(whoAmI, `{}`), "could not be read"},
		"a connection that breaks":   {fault(sandbox.Switch{Fault: sandbox.ConnectionReset, Path: whoAmI}), "in time"},
		"the new token is refused":   {fault(sandbox.Switch{Fault: sandbox.TokenExpired, Path: whoAmI}), "401"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			test.inject(h)
			require.Equal(t, "/?clio=error", h.connect(sandbox.FirstAccount))
			failed := h.integration()
			require.Equal(t, clio.NotConnected, failed.State)
			require.Contains(t, *failed.Problem, test.wantText)
			require.Equal(t, noon, failed.ProblemSince.UTC())

			h.clio.ClearFaults()
			h.intercept(nil)
			require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount))
			require.Nil(t, h.integration().Problem, "success clears the problem")
			before := h.storedRow()

			test.inject(h)
			h.clock.Advance(time.Minute)
			require.Equal(t, "/?clio=error", h.connect(sandbox.FirstAccount))
			after := h.storedRow()
			require.Contains(t, *after.Problem, test.wantText)
			after.Problem, after.ProblemSince = nil, nil
			require.Equal(t, before, after, "the existing connection was changed")
		})
	}
}

func TestCallback_withoutACode(t *testing.T) {
	h := newHarness(t)
	for _, callback := range []clio.CallbackQuery{{Error: "server_error"}, {}, {Error: "<script>", Code: "x"}} {
		authorization, err := h.service.Connect(t.Context(), h.user, nil)
		require.NoError(t, err)
		callback.State = h.approve(authorization.URL, "allow", sandbox.FirstAccount).State
		require.Equal(t, "/?clio=error", h.service.Callback(t.Context(), callback, clio.Proof{Cookie: authorization.Cookie}))
		require.Contains(t, *h.integration().Problem, "Connect again")
	}
	require.NotContains(t, h.log.String(), "script")
}

func TestCallback_identityRefused(t *testing.T) {
	h := newHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/users"})
	require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount))
	integration := h.integration()
	require.Equal(t, clio.Connected, integration.State)
	require.Nil(t, integration.ClioUserName)
	require.Nil(t, integration.ClioFirmName)
	require.NoError(t, h.service.RequireConnection(t.Context(), h.user.FirmID))
	require.Nil(t, h.storedRow().AccountID)
}

func TestCallback_namesThatCannotBeStored(t *testing.T) {
	h := newHarness(t)
	h.respondWith("/api/v4/users/who_am_i.json", http.StatusOK,
		`{"data":{"id":1,"name":"\u0000","first_name":"Lee\u0000 ","last_name":"Park\u0007","account":{"id":9,"name":"\u0000"}}}`)
	require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount))
	require.Equal(t, "Lee Park", *h.integration().ClioUserName)
	require.Nil(t, h.integration().ClioFirmName)
}
