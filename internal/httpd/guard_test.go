package httpd_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/httpd"
)

func TestCrossOriginRequests(t *testing.T) {
	const withCookie, withBearer = cookieName + "=" + goodToken, "Bearer " + goodToken
	for _, test := range []struct {
		name    string
		headers []string
		status  int
		body    string
	}{
		{"our own page", []string{"Cookie", withCookie, "Origin", ownOrigin, "Sec-Fetch-Site", "same-origin"}, 200, "user_1" + query},
		{"no browser", []string{"Cookie", withCookie}, 200, "user_1" + query},
		{"an allowed page", []string{"Cookie", withCookie, "Origin", allowedOrigin, "Sec-Fetch-Site", "same-site"}, 200, "user_1" + query},
		{"another page of the site", []string{"Cookie", withCookie, "Origin", "https://blog.example.com", "Sec-Fetch-Site", "same-site"}, 403, ""},
		{"another site", []string{"Cookie", withCookie, "Origin", otherOrigin, "Sec-Fetch-Site", "cross-site"}, 403, ""},
		{"another site in an old browser", []string{"Cookie", withCookie, "Origin", otherOrigin}, 403, ""},
		{"a page without an origin", []string{"Cookie", withCookie, "Origin", "null", "Sec-Fetch-Site", "cross-site"}, 403, ""},
		{"another site with a bearer token", []string{"Authorization", withBearer, "Origin", otherOrigin, "Sec-Fetch-Site", "cross-site"}, 200, "user_1" + query},
		{"another site, signed out", []string{"Origin", otherOrigin, "Sec-Fetch-Site", "cross-site"}, 200, "nobody" + query},
	} {
		t.Run(test.name, func(t *testing.T) {
			response := newTestServer(t).send(t, "POST", "/graphql", query, append(jsonHeader, test.headers...)...)
			require.Equal(t, test.status, response.StatusCode)
			if test.status == http.StatusForbidden {
				require.Contains(t, readBody(t, response), `"extensions":{"code":"FORBIDDEN","requestId":"`+response.Header.Get("X-Request-Id"))
				return
			}
			require.Equal(t, test.body, readBody(t, response))
		})
	}
}

// A WebSocket from another page is refused even with a bearer token: browsers send no preflight for WebSockets.
func TestWebSocketOrigins(t *testing.T) {
	for origin, status := range map[string]int{"": 200, ownOrigin: 200, allowedOrigin: 200, otherOrigin: 403, "null": 403} {
		for _, proof := range [][]string{nil, {"Cookie", cookieName + "=" + goodToken}, {"Authorization", "Bearer " + goodToken}} {
			s := newTestServer(t)
			asked := false
			s.GraphQL = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true })
			headers := append([]string{"Upgrade", "websocket", "Connection", "Upgrade"}, proof...)
			if origin != "" {
				headers = append(headers, "Origin", origin)
			}
			response := s.send(t, "GET", "/graphql", "", headers...)
			require.Equal(t, status, response.StatusCode, origin)
			require.Equal(t, status == http.StatusOK, asked, origin)
			if status == http.StatusForbidden {
				require.Contains(t, readBody(t, response), `"extensions":{"code":"FORBIDDEN","requestId":"`+response.Header.Get("X-Request-Id"))
			}
		}
	}
}

func TestCORSHeaders(t *testing.T) {
	for _, test := range []struct{ name, origin, allow, credentials string }{
		{"an allowed page, with the cookie", allowedOrigin, allowedOrigin, "true"},
		{"any other, without", otherOrigin, "*", ""},
		{"no page", "", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, method := range []string{"GET", "OPTIONS"} {
				header := newTestServer(t).send(t, method, "/graphql", "", "Origin", test.origin).Header
				require.Equal(t, test.allow, header.Get("Access-Control-Allow-Origin"))
				require.Equal(t, test.credentials, header.Get("Access-Control-Allow-Credentials"))
				require.Contains(t, header.Values("Vary"), "Origin")
			}
		})
	}
}

func TestPreflight(t *testing.T) {
	response := newTestServer(t).send(t, "OPTIONS", "/graphql", "",
		"Origin", otherOrigin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type")
	require.Equal(t, http.StatusNoContent, response.StatusCode)
	require.Equal(t, "Authorization, Content-Type, Idempotency-Key", response.Header.Get("Access-Control-Allow-Headers"))
	require.Equal(t, "GET, POST", response.Header.Get("Access-Control-Allow-Methods"))
}

func TestInvalidAllowedOrigin(t *testing.T) {
	s := newTestServer(t)
	s.AllowedOrigins = []string{"console.example.com"}
	_, err := httpd.New(s.Options)
	require.Error(t, err)
}
