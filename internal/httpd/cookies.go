package httpd

import (
	"context"
	"net/http"
	"strings"
	"time"
)

const (
	sessionCookie       = "watchkeeper_session"
	authorizationCookie = "watchkeeper_authorization"
	deviceCookie        = "watchkeeper_device"

	// sessionCookieAge is how long a session lasts at most. The server ends unused sessions earlier: a cookie of 30 days would sign out
	// people who use the session every day.
	sessionCookieAge = 90 * 24 * time.Hour
	// deviceCookieAge is the longest time that browsers keep a cookie.
	deviceCookieAge = 400 * 24 * time.Hour
	// authorizationCookieAge is how long an authorization at Clio may take (README.md#settings).
	authorizationCookieAge = 10 * time.Minute
)

// Cookies sets cookies in the response to the request of a context. They are HttpOnly and SameSite=Lax, and Secure if browsers
// reach the server by https. Outside a request, and once the response has begun, it does nothing.
type Cookies struct {
	secure bool
}

// NewCookies returns the cookies of a server that browsers reach at publicURL.
func NewCookies(publicURL string) *Cookies {
	return &Cookies{secure: strings.HasPrefix(publicURL, "https://")}
}

// SetSession sets the cookie with the session's token.
func (c *Cookies) SetSession(ctx context.Context, token string) {
	c.set(ctx, c.name(sessionCookie), token, "/", sessionCookieAge)
}

// ClearSession deletes the session's cookie.
func (c *Cookies) ClearSession(ctx context.Context) {
	c.set(ctx, c.name(sessionCookie), "", "/", -time.Second)
}

// SetDevice sets the cookie by which the browser is known at the next sign-in.
func (c *Cookies) SetDevice(ctx context.Context, token string) {
	c.set(ctx, c.name(deviceCookie), token, "/", deviceCookieAge)
}

// SetAuthorization sets the cookie with the secret that proves who began an authorization (clio.Authorization.Cookie). Browsers
// send it only to the callback.
func (c *Cookies) SetAuthorization(ctx context.Context, secret string) {
	c.set(ctx, authorizationCookie, secret, callbackPath, authorizationCookieAge)
}

// session returns the token in the request's cookie; empty if there is none.
func (c *Cookies) session(r *http.Request) string {
	return cookieValue(r, c.name(sessionCookie))
}

// device returns the token in the request's device cookie; empty if there is none.
func (c *Cookies) device(r *http.Request) string {
	return cookieValue(r, c.name(deviceCookie))
}

// name returns a cookie's name, with https with the prefix that keeps other hosts of the domain from setting it.
func (c *Cookies) name(cookie string) string {
	if c.secure {
		return "__Host-" + cookie
	}
	return cookie
}

func (c *Cookies) set(ctx context.Context, name, value, path string, age time.Duration) {
	scope := requestScopeFrom(ctx)
	if scope == nil {
		return
	}
	http.SetCookie(scope.response, &http.Cookie{
		Name: name, Value: value, Path: path, MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: c.secure, SameSite: http.SameSiteLaxMode,
	})
}

func cookieValue(r *http.Request, name string) string {
	cookie, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}
