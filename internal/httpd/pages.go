package httpd

import (
	"net/http"
	"strings"
)

// contentSecurityPolicy lets responses load nothing: pages have policies of their own.
const contentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// transportSecurity makes browsers use https for a year. It says nothing of subdomains, which may be somebody else's.
const transportSecurity = "max-age=31536000"

// securityHeaders sets the security headers of every response: Strict-Transport-Security where browsers reach the server by https. No page
// tells another server its address, nor this one, whose proxy may log it: invitations and password resets have a token there.
func securityHeaders(publicURL string, next http.Handler) http.Handler {
	secure := strings.HasPrefix(publicURL, "https://")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", contentSecurityPolicy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Referrer-Policy", "no-referrer")
		if secure {
			header.Set("Strict-Transport-Security", transportSecurity)
		}
		next.ServeHTTP(w, r)
	})
}

// toGraphiQLOr leads a browser that opens the API's address to GraphiQL, with the query that the address has, and serves the API to all other
// clients.
func toGraphiQLOr(api http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept")
		if isUpgrade(r) || !strings.Contains(r.Header.Get("Accept"), "text/html") {
			api.ServeHTTP(w, r)
			return
		}
		target := graphiqlPath
		if r.URL.RawQuery != "" {
			target += "?" + r.URL.RawQuery
		}
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, target, http.StatusFound)
	})
}

// notBelow is 404 at the paths and below them.
func notBelow(paths []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, path := range paths {
			if rest, found := strings.CutPrefix(r.URL.Path, path); found && (rest == "" || rest[0] == '/') {
				http.NotFound(w, r)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}
