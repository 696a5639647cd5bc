package httpd_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/httpd"
)

func TestAuthentication(t *testing.T) {
	const cookie, bearer = "Cookie", "Authorization"
	for _, test := range []struct {
		name       string
		headers    []string
		wantViewer string
	}{
		{"nothing", nil, "nobody"},
		{"a bearer token", []string{bearer, "Bearer " + goodToken}, "user_1"},
		{"a scheme in another case", []string{bearer, "bearer  " + goodToken}, "user_1"},
		{"the cookie", []string{cookie, cookieName + "=" + goodToken}, "user_1"},
		{"an unknown token", []string{bearer, "Bearer wks_gone"}, "nobody"},
		{"an unknown cookie", []string{cookie, cookieName + "=wks_gone"}, "nobody"},
		{"a bearer token takes precedence", []string{bearer, "Bearer wks_gone", cookie, cookieName + "=" + goodToken}, "nobody"},
		{"a malformed header", []string{bearer, "Bearer"}, "nobody"},
		{"another scheme beside the cookie", []string{bearer, "Basic xyz", cookie, cookieName + "=" + goodToken}, "user_1"},
		{"a cookie without the prefix of https", []string{cookie, "watchkeeper_session=" + goodToken}, "nobody"},
		{"the cookie from an allowed page", []string{cookie, cookieName + "=" + goodToken, "Origin", allowedOrigin}, "user_1"},
		{"the cookie from another page", []string{cookie, cookieName + "=" + goodToken, "Origin", otherOrigin}, "nobody"},
		{"a bearer token from another page", []string{bearer, "Bearer " + goodToken, "Origin", otherOrigin}, "user_1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			response := newTestServer(t).send(t, "GET", "/graphql", "", test.headers...)
			require.Equal(t, test.wantViewer, readBody(t, response))
		})
	}
}

func TestAuthenticationFails(t *testing.T) {
	s := newTestServer(t)
	response := s.send(t, "POST", "/graphql", query, append(jsonHeader, "Authorization", "Bearer "+brokenToken)...)
	require.Equal(t, http.StatusServiceUnavailable, response.StatusCode)
	require.JSONEq(t, `{"errors":[{
		"message":"The server can't check your sign-in at the moment. Try again later.","extensions":{"code":"INTERNAL","requestId":"`+
		response.Header.Get("X-Request-Id")+`"}}]}`, readBody(t, response))
	require.Contains(t, s.log.String(), "connection refused")
}

func TestCookies(t *testing.T) {
	for _, test := range []struct {
		name, publicURL string
		set             func(*httpd.Cookies, context.Context)
		want            string
	}{
		{"a session over https", ownOrigin, func(c *httpd.Cookies, ctx context.Context) { c.SetSession(ctx, "wks_1") },
			"__Host-watchkeeper_session=wks_1; Path=/; Max-Age=7776000; HttpOnly; Secure; SameSite=Lax"},
		{"a session over http", "http://localhost:8080", func(c *httpd.Cookies, ctx context.Context) { c.SetSession(ctx, "wks_1") },
			"watchkeeper_session=wks_1; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"},
		{"a session's end", ownOrigin, func(c *httpd.Cookies, ctx context.Context) { c.ClearSession(ctx) },
			"__Host-watchkeeper_session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"},
		{"an authorization", ownOrigin, func(c *httpd.Cookies, ctx context.Context) { c.SetAuthorization(ctx, "s") },
			"watchkeeper_authorization=s; Path=/oauth/clio/callback; Max-Age=600; HttpOnly; Secure; SameSite=Lax"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newTestServer(t)
			cookies := httpd.NewCookies(test.publicURL)
			s.GraphQL = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { test.set(cookies, r.Context()) })
			response := s.send(t, "POST", "/graphql", query, jsonHeader...)
			require.Equal(t, []string{test.want}, response.Header.Values("Set-Cookie"))
		})
	}
	require.NotPanics(t, func() { httpd.NewCookies(ownOrigin).SetSession(t.Context(), "wks_1") }, "outside a request")
}

func TestCallback(t *testing.T) {
	s, connector := newTestServer(t), &fakeConnector{}
	s.Clio = connector
	response := s.send(t, "GET", "/oauth/clio/callback?state=st&code=co&error=er", "",
		"Cookie", cookieName+"="+goodToken, "Cookie", "watchkeeper_authorization=secret")
	require.Equal(t, http.StatusSeeOther, response.StatusCode)
	require.Equal(t, "/settings?clio=connected", response.Header.Get("Location"))
	require.Equal(t, clio.CallbackQuery{State: "st", Code: "co", Error: "er"}, connector.query)
	require.Equal(t, clio.Proof{SessionID: "session_1", Cookie: "secret"}, connector.proof)
}

func TestCallbackWithoutCookies(t *testing.T) {
	s, connector := newTestServer(t), &fakeConnector{}
	s.Clio = connector
	s.send(t, "GET", "/oauth/clio/callback?state=st", "")
	require.Equal(t, clio.CallbackQuery{State: "st"}, connector.query)
	require.Zero(t, connector.proof)
}
