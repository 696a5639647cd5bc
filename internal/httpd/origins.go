package httpd

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"watchkeeper/internal/apperr"
)

// origins are the front ends that may use the session cookie. All others may use a bearer token.
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

// mayUseCookie reports whether the page that sent the request may use the cookie. Requests without an Origin may.
func (o *origins) mayUseCookie(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || origin == o.own || slices.Contains(o.allowed, origin) {
		return true
	}
	parsed, err := url.Parse(origin)
	return err == nil && parsed.Host == r.Host
}

// checkOrigin refuses cross-site requests with the session cookie, and all WebSockets from other sites. Other requests with a bearer
// token are accepted: browsers don't add one by themselves.
func (o *origins) checkOrigin(cookies *Cookies, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isUpgrade(r) && !o.mayUseCookie(r) {
			writeError(w, http.StatusForbidden, apperr.Forbidden, "This page is not allowed to open a WebSocket. Add its origin to ALLOWED_ORIGINS.")
			return
		}
		_, hasBearer := bearerToken(r)
		if !hasBearer && cookies.session(r) != "" && o.protection.Check(r) != nil {
			writeError(w, http.StatusForbidden, apperr.Forbidden,
				"This page is not allowed to use the session cookie. Use a bearer token, or add the page's origin to ALLOWED_ORIGINS.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isUpgrade reports whether the request asks for a WebSocket.
func isUpgrade(r *http.Request) bool {
	return strings.Contains(strings.ToLower(r.Header.Get("Upgrade")), "websocket")
}

// ignoreUpgrades takes away what a request offers to continue with other than WebSocket, as RFC 9110, 7.8, lets a server do: Java's client offers
// HTTP/2 so.
func ignoreUpgrades(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "" && !isUpgrade(r) {
			r = r.Clone(r.Context())
			r.Header.Del("Upgrade")
		}
		next.ServeHTTP(w, r)
	})
}

// cors lets pages of other origins read responses: allowed origins with cookies, all others without.
func (o *origins) cors(next http.Handler) http.Handler {
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

// preflight answers which requests pages of other origins may send.
func preflight(w http.ResponseWriter, _ *http.Request) {
	header := w.Header()
	header.Set("Allow", "GET, HEAD, OPTIONS, POST")
	header.Set("Access-Control-Allow-Methods", "GET, POST")
	header.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key")
	header.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
}
