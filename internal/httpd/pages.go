package httpd

import (
	"io/fs"
	"net/http"
	"strings"
)

// contentSecurityPolicy lets pages load files from this server only. GraphiQL uses style attributes.
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// transportSecurity makes browsers use https for a year. It says nothing of subdomains, which may be somebody else's.
const transportSecurity = "max-age=31536000"

// securityHeaders sets the security headers of every response: Strict-Transport-Security where browsers reach the server by https.
func securityHeaders(publicURL string, next http.Handler) http.Handler {
	secure := strings.HasPrefix(publicURL, "https://")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", contentSecurityPolicy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Referrer-Policy", "same-origin")
		if secure {
			header.Set("Strict-Transport-Security", transportSecurity)
		}
		next.ServeHTTP(w, r)
	})
}

// pages serves the embedded pages.
type pages struct {
	assets fs.FS
}

// graphiqlOr serves GraphiQL to a browser that opens the address, and the API to all other clients.
func (p pages) graphiqlOr(api http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept")
		if isUpgrade(r) || !strings.Contains(r.Header.Get("Accept"), "text/html") {
			api.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		http.ServeFileFS(w, r, p.assets, "graphiql.html")
	})
}

// asset serves an embedded file. There are no directory listings.
func (p pages) asset(w http.ResponseWriter, r *http.Request) {
	file := r.PathValue("file")
	if info, err := fs.Stat(p.assets, file); err != nil || info.IsDir() {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "max-age=3600")
	http.ServeFileFS(w, r, p.assets, file)
}
