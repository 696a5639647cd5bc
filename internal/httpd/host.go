package httpd

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"watchkeeper/internal/apperr"
)

// checkHost refuses requests for names that aren't ours. A page elsewhere can give its own name our address (DNS rebinding), and would
// then be of the same origin as what it reads. It can't do so with addresses, nor with localhost.
func checkHost(publicURL string, allowed []string, next http.Handler) http.Handler {
	names := []string{"localhost"}
	for _, origin := range append([]string{publicURL}, allowed...) {
		if parsed, err := url.Parse(origin); err == nil {
			names = append(names, strings.ToLower(parsed.Hostname()))
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := hostname(r.Host)
		if _, err := netip.ParseAddr(name); err != nil && !slices.Contains(names, name) {
			writeError(w, http.StatusMisdirectedRequest, apperr.BadUserInput,
				"This server doesn't go by that name. Use PUBLIC_URL, or have the proxy pass on the Host header.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// hostname is a Host header's, without port, brackets and the root's dot, in lower case.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
}
