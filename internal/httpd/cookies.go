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

	// sessionCookieAge is as long as browsers keep any cookie. The session ends earlier where it isn't used, and it is the
	// server that ends it: 30 days from sign-in would sign out who comes every day.
	sessionCookieAge = 400 * 24 * time.Hour
	// authorizationCookieAge is how long a grant of access in Clio may take (README.md#settings).
	authorizationCookieAge = 10 * time.Minute
)

// Cookies sets the cookies of the answer to the request whose context it is given. They are HttpOnly and SameSite=Lax, and
// Secure where browsers reach the server by https. Outside a request, and once an answer has begun, nothing happens.
type Cookies struct {
	secure bool
}

// NewCookies makes the cookies of a server that browsers reach at publicURL.
func NewCookies(publicURL string) *Cookies {
	return &Cookies{secure: strings.HasPrefix(publicURL, "https://")}
}

// SetSession gives the browser the token of its session.
func (c *Cookies) SetSession(ctx context.Context, token string) {
	c.set(ctx, c.sessionName(), token, "/", sessionCookieAge)
}

// ClearSession takes the token back.
func (c *Cookies) ClearSession(ctx context.Context) {
	c.set(ctx, c.sessionName(), "", "/", -time.Second)
}

// SetAuthorization gives the browser that begins a grant of access the secret by which it is known when it comes back.
// Only the callback is sent it.
func (c *Cookies) SetAuthorization(ctx context.Context, secret string) {
	c.set(ctx, authorizationCookie, secret, callbackPath, authorizationCookieAge)
}

// session is the token in the request's cookie; empty when there is none.
func (c *Cookies) session(r *http.Request) string {
	return cookieValue(r, c.sessionName())
}

// sessionName has the prefix that keeps other hosts of the domain from setting the cookie, where browsers allow it.
func (c *Cookies) sessionName() string {
	if c.secure {
		return "__Host-" + sessionCookie
	}
	return sessionCookie
}

func (c *Cookies) set(ctx context.Context, name, value, path string, age time.Duration) {
	e := requestScopeFrom(ctx)
	if e == nil {
		return
	}
	http.SetCookie(e.answer, &http.Cookie{
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
