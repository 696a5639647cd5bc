package sandbox_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

const callback = "http://app.test/oauth/clio/callback?kept=1"

var application = sandbox.Options{ClientID: "watchkeeper", ClientSecret: "secret"}

// authorize submits the approval, and returns the query that the browser is redirected with.
func (h *harness) authorize(decision string, more ...string) url.Values {
	h.t.Helper()
	pairs := append([]string{
		"response_type", "code", "client_id", "watchkeeper", "redirect_uri", callback, "state", "s+1", "decision", decision,
	}, more...)
	got := h.postForm("/oauth/authorize", pairs...)
	require.Equal(h.t, 303, got.status, "%s", got.body)
	target, err := url.Parse(got.header.Get("Location"))
	require.NoError(h.t, err)
	require.Equal(h.t, "app.test/oauth/clio/callback", target.Host+target.Path)
	require.Equal(h.t, "1", target.Query().Get("kept"))
	require.Equal(h.t, "s+1", target.Query().Get("state"))
	return target.Query()
}

func (h *harness) exchange(code string, more ...string) response {
	h.t.Helper()
	return h.postForm("/oauth/token", append([]string{
		"grant_type", "authorization_code", "code", code, "redirect_uri", callback, "client_id", "watchkeeper", "client_secret", "secret",
	}, more...)...)
}

func (h *harness) refresh(token string, more ...string) response {
	h.t.Helper()
	return h.postForm("/oauth/token", append([]string{
		"grant_type", "refresh_token", "refresh_token", token, "client_id", "watchkeeper", "client_secret", "secret",
	}, more...)...)
}

func (a response) text(t *testing.T, key string) string {
	t.Helper()
	text, _ := a.json(t)[key].(string)
	return text
}

// statusWithToken returns the status of a request with that access token.
func (h *harness) statusWithToken(token string) int {
	h.t.Helper()
	return h.get("/api/v4/users/who_am_i.json", "Authorization", "Bearer "+token).status
}

func TestConnecting(t *testing.T) {
	h := newHarness(t, application)
	got := h.exchange(h.authorize("allow").Get("code"))
	require.Equal(t, 200, got.status)
	require.Equal(t, "bearer", got.text(t, "token_type"))
	require.Equal(t, 2592000.0, got.json(t)["expires_in"])
	require.Equal(t, 200, h.statusWithToken(got.text(t, "access_token")))

	refreshed := h.refresh(got.text(t, "refresh_token"))
	require.Equal(t, 200, refreshed.status)
	require.NotContains(t, refreshed.json(t), "refresh_token")
	require.NotEqual(t, got.text(t, "access_token"), refreshed.text(t, "access_token"))
	require.Equal(t, 200, h.statusWithToken(refreshed.text(t, "access_token")))
	require.Equal(t, 200, h.refresh(got.text(t, "refresh_token")).status, "refresh tokens stay valid")
}

func TestCodesWorkOnceForOneApplication(t *testing.T) {
	h := newHarness(t, application)
	code := h.authorize("allow").Get("code")
	refused := func(got response, status int, reason string) {
		require.Equal(t, status, got.status)
		require.Equal(t, reason, got.text(t, "error"))
	}
	refused(h.exchange(code, "redirect_uri", "http://app.test/other"), 400, "invalid_grant")
	refused(h.exchange(code, "client_secret", "wrong"), 401, "invalid_client")
	refused(h.exchange(code, "client_id", "another"), 401, "invalid_client")
	refused(h.exchange("code-unknown"), 400, "invalid_grant")
	refused(h.exchange(code, "grant_type", "password"), 400, "unsupported_grant_type")
	require.Equal(t, 200, h.exchange(code).status)
	refused(h.exchange(code), 400, "invalid_grant")
}

func TestCodesLastTenMinutes(t *testing.T) {
	h := newHarness(t, application)
	early, late := h.authorize("allow").Get("code"), h.authorize("allow").Get("code")
	h.clock.Advance(10*time.Minute - time.Second)
	require.Equal(t, 200, h.exchange(early).status)
	h.clock.Advance(time.Second)
	require.Equal(t, 400, h.exchange(late).status)
}

func TestAnyApplicationMayConnectWithoutAClientID(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	code := h.authorize("allow", "client_id", "anything").Get("code")
	require.Equal(t, 400, h.exchange(code, "client_id", "something else").status, "the code was issued to another application")
	got := h.exchange(code, "client_id", "anything", "client_secret", "whatever")
	require.Equal(t, 200, got.status)
	require.Equal(t, 400, h.refresh(got.text(t, "refresh_token"), "client_id", "something else").status)
	require.Equal(t, 200, h.refresh(got.text(t, "refresh_token"), "client_id", "anything").status)
}

func TestDeclining(t *testing.T) {
	h := newHarness(t, application)
	require.Equal(t, "access_denied", h.authorize("decline", "redirect_on_decline", "true").Get("error"))
	page := h.postForm("/oauth/authorize", "response_type", "code", "client_id", "watchkeeper", "redirect_uri", callback, "decision", "decline")
	require.Equal(t, 200, page.status)
	require.Contains(t, string(page.body), "Access was declined")
}

func TestApprovalPage(t *testing.T) {
	h := newHarness(t, application)
	query := url.Values{
		"response_type": {"code"}, "client_id": {"watchkeeper"}, "redirect_uri": {callback}, "state": {`"><script>`},
		"redirect_on_decline": {"true"},
	}
	got := h.get("/oauth/authorize?" + query.Encode())
	require.Equal(t, 200, got.status)
	page := string(got.body)
	for _, text := range []string{"Lee Park", "Alder &amp; Finch LLP", "Dana Whitfield", "Brook Legal Group", "Allow", "Decline",
		`name="state" value="&#34;&gt;&lt;script&gt;"`, `name="redirect_on_decline" value="true"`,
		`value="` + strconv.FormatInt(sandbox.SecondAccount, 10) + `"`} {
		require.Contains(t, page, text)
	}
	require.Equal(t, 1, strings.Count(page, " checked"))
	require.NotRegexp(t, `(src|href)=`, page, "the page loads nothing from elsewhere")
}

func TestInvalidAuthorizationRequests(t *testing.T) {
	h := newHarness(t, application)
	good := map[string]string{"response_type": "code", "client_id": "watchkeeper", "redirect_uri": callback, "decision": "allow"}
	for name, value := range map[string]string{
		"response_type": "token", "client_id": "another", "redirect_uri": "/relative", "decision": "maybe", "account": "77",
	} {
		pairs := []string{name, value}
		for key, usual := range good {
			if key != name {
				pairs = append(pairs, key, usual)
			}
		}
		require.Equal(t, 400, h.postForm("/oauth/authorize", pairs...).status, name)
	}
	require.Equal(t, 400, h.get("/oauth/authorize?response_type=code").status)
}

func TestTokensExpireAndAreRevoked(t *testing.T) {
	h := newHarness(t, application)
	access, refresh := h.IssueToken(sandbox.FirstAccount)
	h.ExpireTokens()
	require.Equal(t, 401, h.statusWithToken(access))
	access = h.refresh(refresh).text(t, "access_token")
	require.Equal(t, 200, h.statusWithToken(access))
	h.clock.Advance(30 * 24 * time.Hour)
	require.Equal(t, 401, h.statusWithToken(access), "after 30 days")
	require.Equal(t, 200, h.refresh(refresh).status)
	h.RevokeTokens()
	require.Equal(t, "invalid_grant", h.refresh(refresh).text(t, "error"))
}

func TestDeauthorizing(t *testing.T) {
	h := newHarness(t, application)
	access, refresh := h.IssueToken(sandbox.FirstAccount)
	require.Equal(t, 200, h.send("POST", "/oauth/deauthorize", "", "Authorization", "Bearer "+access).status)
	require.Equal(t, 401, h.statusWithToken(access))
	require.Equal(t, 400, h.refresh(refresh).status)
	require.Equal(t, 401, h.postForm("/oauth/deauthorize", "token", access).status)

	access, _ = h.IssueToken(sandbox.FirstAccount)
	require.Equal(t, 200, h.postForm("/oauth/deauthorize", "token", access).status)
	require.Equal(t, 401, h.statusWithToken(access))
	require.Equal(t, 200, h.statusWithToken(h.token), "other grants stay valid")
}
