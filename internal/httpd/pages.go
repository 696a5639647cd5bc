package httpd

import (
	"io/fs"
	"net/http"
	"strings"
)

// policy lets pages load what this server serves, and nothing else. GraphiQL writes style attributes.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// secure sets the headers that hold for every answer.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Referrer-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// pages serves what is for people to look at.
type pages struct {
	assets fs.FS
}

// orGraphiQL answers a browser that opens the address with GraphiQL, and everybody else with the API.
func (p pages) orGraphiQL(api http.Handler) http.Handler {
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

// asset serves one embedded file. Folders have no lists.
func (p pages) asset(w http.ResponseWriter, r *http.Request) {
	file := r.PathValue("file")
	if info, err := fs.Stat(p.assets, file); err != nil || info.IsDir() {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "max-age=3600")
	http.ServeFileFS(w, r, p.assets, file)
}
