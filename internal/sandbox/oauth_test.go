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

// authorize decides as a script would, and returns where the browser is sent.
func (b *bench) authorize(decision string, more ...string) url.Values {
	b.t.Helper()
	pairs := append([]string{
		"response_type", "code", "client_id", "watchkeeper", "redirect_uri", callback, "state", "s+1", "decision", decision,
	}, more...)
	got := b.form("/oauth/authorize", pairs...)
	require.Equal(b.t, 303, got.status, "%s", got.body)
	target, err := url.Parse(got.header.Get("Location"))
	require.NoError(b.t, err)
	require.Equal(b.t, "app.test/oauth/clio/callback", target.Host+target.Path)
	require.Equal(b.t, "1", target.Query().Get("kept"))
	require.Equal(b.t, "s+1", target.Query().Get("state"))
	return target.Query()
}

func (b *bench) exchange(code string, more ...string) answer {
	b.t.Helper()
	return b.form("/oauth/token", append([]string{
		"grant_type", "authorization_code", "code", code, "redirect_uri", callback, "client_id", "watchkeeper", "client_secret", "secret",
	}, more...)...)
}

func (b *bench) refresh(token string, more ...string) answer {
	b.t.Helper()
	return b.form("/oauth/token", append([]string{
		"grant_type", "refresh_token", "refresh_token", token, "client_id", "watchkeeper", "client_secret", "secret",
	}, more...)...)
}

func (a answer) text(t *testing.T, key string) string {
	t.Helper()
	text, _ := a.json(t)[key].(string)
	return text
}

func (b *bench) as(token string) int {
	b.t.Helper()
	return b.get("/api/v4/users/who_am_i.json", "Authorization", "Bearer "+token).status
}

func TestConnecting(t *testing.T) {
	b := newBench(t, application)
	got := b.exchange(b.authorize("allow").Get("code"))
	require.Equal(t, 200, got.status)
	require.Equal(t, "bearer", got.text(t, "token_type"))
	require.Equal(t, 2592000.0, got.json(t)["expires_in"])
	require.Equal(t, 200, b.as(got.text(t, "access_token")))

	refreshed := b.refresh(got.text(t, "refresh_token"))
	require.Equal(t, 200, refreshed.status)
	require.NotContains(t, refreshed.json(t), "refresh_token")
	require.NotEqual(t, got.text(t, "access_token"), refreshed.text(t, "access_token"))
	require.Equal(t, 200, b.as(refreshed.text(t, "access_token")))
	require.Equal(t, 200, b.refresh(got.text(t, "refresh_token")).status, "refresh tokens last")
}

func TestCodesAreForOneUseAndOneApplication(t *testing.T) {
	b := newBench(t, application)
	code := b.authorize("allow").Get("code")
	refused := func(got answer, status int, reason string) {
		require.Equal(t, status, got.status)
		require.Equal(t, reason, got.text(t, "error"))
	}
	refused(b.exchange(code, "redirect_uri", "http://app.test/other"), 400, "invalid_grant")
	refused(b.exchange(code, "client_secret", "wrong"), 401, "invalid_client")
	refused(b.exchange(code, "client_id", "another"), 401, "invalid_client")
	refused(b.exchange("code-unknown"), 400, "invalid_grant")
	refused(b.exchange(code, "grant_type", "password"), 400, "unsupported_grant_type")
	require.Equal(t, 200, b.exchange(code).status)
	refused(b.exchange(code), 400, "invalid_grant")
}

func TestCodesLastTenMinutes(t *testing.T) {
	b := newBench(t, application)
	early, late := b.authorize("allow").Get("code"), b.authorize("allow").Get("code")
	b.clock.Advance(10*time.Minute - time.Second)
	require.Equal(t, 200, b.exchange(early).status)
	b.clock.Advance(time.Second)
	require.Equal(t, 400, b.exchange(late).status)
}

func TestAnyApplicationMayConnectWhereNoneIsGiven(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	code := b.authorize("allow", "client_id", "anything").Get("code")
	require.Equal(t, 400, b.exchange(code, "client_id", "something else").status, "a code stays with its application")
	got := b.exchange(code, "client_id", "anything", "client_secret", "whatever")
	require.Equal(t, 200, got.status)
	require.Equal(t, 400, b.refresh(got.text(t, "refresh_token"), "client_id", "something else").status)
	require.Equal(t, 200, b.refresh(got.text(t, "refresh_token"), "client_id", "anything").status)
}

func TestDeclining(t *testing.T) {
	b := newBench(t, application)
	require.Equal(t, "access_denied", b.authorize("decline", "redirect_on_decline", "true").Get("error"))
	page := b.form("/oauth/authorize", "response_type", "code", "client_id", "watchkeeper", "redirect_uri", callback, "decision", "decline")
	require.Equal(t, 200, page.status)
	require.Contains(t, string(page.body), "Access was declined")
}

func TestTheApprovalPage(t *testing.T) {
	b := newBench(t, application)
	query := url.Values{
		"response_type": {"code"}, "client_id": {"watchkeeper"}, "redirect_uri": {callback}, "state": {`"><script>`},
		"redirect_on_decline": {"true"},
	}
	got := b.get("/oauth/authorize?" + query.Encode())
	require.Equal(t, 200, got.status)
	page := string(got.body)
	for _, text := range []string{"Lee Park", "Alder &amp; Finch LLP", "Dana Whitfield", "Brook Legal Group", "Allow", "Decline",
		`name="state" value="&#34;&gt;&lt;script&gt;"`, `name="redirect_on_decline" value="true"`,
		`value="` + strconv.FormatInt(sandbox.SecondAccount, 10) + `"`} {
		require.Contains(t, page, text)
	}
	require.Equal(t, 1, strings.Count(page, " checked"))
	require.NotRegexp(t, `(src|href)=`, page, "nothing is fetched from elsewhere")
}

func TestRequestsForApprovalThatMakeNoSense(t *testing.T) {
	b := newBench(t, application)
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
		require.Equal(t, 400, b.form("/oauth/authorize", pairs...).status, name)
	}
	require.Equal(t, 400, b.get("/oauth/authorize?response_type=code").status)
}

func TestTheEndOfTokens(t *testing.T) {
	b := newBench(t, application)
	access, refresh := b.IssueToken(sandbox.FirstAccount)
	b.ExpireTokens()
	require.Equal(t, 401, b.as(access))
	access = b.refresh(refresh).text(t, "access_token")
	require.Equal(t, 200, b.as(access))
	b.clock.Advance(30 * 24 * time.Hour)
	require.Equal(t, 401, b.as(access), "after 30 days")
	require.Equal(t, 200, b.refresh(refresh).status)
	b.RevokeTokens()
	require.Equal(t, "invalid_grant", b.refresh(refresh).text(t, "error"))
}

func TestDeauthorizing(t *testing.T) {
	b := newBench(t, application)
	access, refresh := b.IssueToken(sandbox.FirstAccount)
	require.Equal(t, 200, b.send("POST", "/oauth/deauthorize", "", "Authorization", "Bearer "+access).status)
	require.Equal(t, 401, b.as(access))
	require.Equal(t, 400, b.refresh(refresh).status)
	require.Equal(t, 401, b.form("/oauth/deauthorize", "token", access).status)

	access, _ = b.IssueToken(sandbox.FirstAccount)
	require.Equal(t, 200, b.form("/oauth/deauthorize", "token", access).status)
	require.Equal(t, 401, b.as(access))
	require.Equal(t, 200, b.as(b.token), "other grants go on")
}
