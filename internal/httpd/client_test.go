package httpd_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/httpd"
)

func TestTheClientsAddress(t *testing.T) {
	for name, test := range map[string]struct {
		peer      string
		forwarded []string
		expected  string
	}{
		"a peer":                        {"192.0.2.1:1234", nil, "192.0.2.1"},
		"a peer's own claim":            {"192.0.2.1:1234", []string{"198.51.100.1"}, "192.0.2.1"},
		"a proxy without the header":    {"10.0.0.1:1234", nil, "10.0.0.1"},
		"a proxy":                       {"10.0.0.1:1234", []string{"198.51.100.1"}, "198.51.100.1"},
		"a client's claim to a proxy":   {"10.0.0.1:1234", []string{"203.0.113.9, 198.51.100.1"}, "198.51.100.1"},
		"two proxies":                   {"10.0.0.1:1234", []string{"203.0.113.9, 198.51.100.1", "10.9.9.9"}, "198.51.100.1"},
		"only proxies":                  {"10.0.0.1:1234", []string{"10.0.0.2"}, "10.0.0.2"},
		"no address in the header":      {"10.0.0.1:1234", []string{"198.51.100.1, unknown"}, "10.0.0.1"},
		"IPv6 counts by network":        {"[2001:db8:1:2:3:4:5:6]:1234", nil, "2001:db8:1:2::/64"},
		"IPv4 written as IPv6":          {"[::ffff:192.0.2.1]:1234", nil, "192.0.2.1"},
		"a Unix socket":                 {"@", nil, "unknown"},
		"a single trusted IPv6 address": {"[2001:db8::1]:1234", []string{"198.51.100.1"}, "198.51.100.1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newTestServer(t)
			s.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::1/128")}
			s.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.WriteString(w, account.ClientFrom(r.Context()).Address)
			})
			handler, err := httpd.New(s.Options)
			require.NoError(t, err)
			request := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(query))
			request.Host, request.RemoteAddr = "watch.example.com", test.peer
			request.Header.Set("Content-Type", "application/json")
			request.Header["X-Forwarded-For"] = test.forwarded
			recorder := httptest.NewRecorder()
			handler.ServeHTTP(recorder, request)
			require.Equal(t, test.expected, recorder.Body.String())
		})
	}
}

// A page of another site can give its own name this server's address.
func TestOtherNamesAreRefused(t *testing.T) {
	s := newTestServer(t)
	for host, status := range map[string]int{
		"watch.example.com": 200, "WATCH.example.com.:443": 200, "console.example.com": 200, "localhost:8080": 200, "127.0.0.1:8080": 200,
		"[::1]:8080": 200, "evil.example": 421, "watch.example.com.evil.example": 421, "": 421,
	} {
		handler, err := httpd.New(s.Options)
		require.NoError(t, err)
		for _, path := range []string{"/graphql", "/oauth/clio/callback", "/watches", "/assets/index.js", "/graphiql", "/healthz"} {
			request := httptest.NewRequest(http.MethodGet, path, nil)
			request.Host = host
			recorder := httptest.NewRecorder()
			handler.ServeHTTP(recorder, request)
			if path == "/healthz" {
				require.Equal(t, 200, recorder.Code, "probes go by any name")
			} else {
				require.Equal(t, status == 421, recorder.Code == 421, "%s%s: %d", host, path, recorder.Code)
			}
		}
	}
}
