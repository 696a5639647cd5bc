package httpd

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"watchkeeper/internal/apperr"
)

// origins knows which front ends may use the session's cookie. All others may ask with a bearer token.
type origins struct {
	own        string
	allowed    []string
	protection *http.CrossOriginProtection
}

func newOrigins(publicURL string, allowed []string) (*origins, error) {
	o := &origins{own: publicURL, allowed: allowed, protection: http.NewCrossOriginProtection()}
	for _, origin := range append([]string{publicURL}, allowed...) {
		if err := o.protection.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("trusting an origin: %w", err)
		}
	}
	return o, nil
}

// trusts tells whether the page that the request comes from, if it comes from one that says so, may use the cookie.
func (o *origins) trusts(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || origin == o.own || slices.Contains(o.allowed, origin) {
		return true
	}
	parsed, err := url.Parse(origin)
	return err == nil && parsed.Host == r.Host
}

// protect refuses what another site makes a signed-in browser do, and WebSockets that another site's page opens, whoever asks. Any
// other request with a bearer token passes: no browser adds one by itself.
func (o *origins) protect(cookies *Cookies, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isUpgrade(r) && !o.trusts(r) {
			writeProblem(w, http.StatusForbidden, apperr.Forbidden, "This page may not open a WebSocket. Have its origin allowed.")
			return
		}
		_, hasBearer := bearer(r)
		if !hasBearer && cookies.session(r) != "" && o.protection.Check(r) != nil {
			writeProblem(w, http.StatusForbidden, apperr.Forbidden,
				"This page may not use the session's cookie. Ask with a bearer token, or have its origin allowed.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isUpgrade tells whether the request asks for another protocol than HTTP: a WebSocket.
func isUpgrade(r *http.Request) bool {
	return r.Header.Get("Upgrade") != ""
}

// share lets pages of other origins read the answers (CORS): the allowed ones with cookies, all others without.
func (o *origins) share(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Add("Vary", "Origin")
		if origin := r.Header.Get("Origin"); slices.Contains(o.allowed, origin) {
			header.Set("Access-Control-Allow-Origin", origin)
			header.Set("Access-Control-Allow-Credentials", "true")
		} else if origin != "" {
			header.Set("Access-Control-Allow-Origin", "*")
		}
		header.Set("Access-Control-Expose-Headers", requestIDHeader)
		next.ServeHTTP(w, r)
	})
}

// preflight tells a browser what pages of other origins may send.
func preflight(w http.ResponseWriter, _ *http.Request) {
	header := w.Header()
	header.Set("Allow", "GET, HEAD, OPTIONS, POST")
	header.Set("Access-Control-Allow-Methods", "GET, POST")
	header.Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
	header.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
}
