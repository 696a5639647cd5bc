package httpd

import (
	"log/slog"
	"net/http"
	"strings"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
)

// authenticator finds the viewer of a request.
type authenticator struct {
	accounts Authenticator
	cookies  *Cookies
	origins  *origins
	logger   *slog.Logger
}

// identify puts the viewer into the context of the request. A bearer token takes precedence over the cookie; with an invalid token
// the request is signed out. If the session can't be looked up, the response is 503.
func (a *authenticator) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, byCookie := a.token(r)
		if token == "" {
			next.ServeHTTP(w, r)
			return
		}
		viewer, err := a.accounts.Authenticate(r.Context(), token)
		if err != nil && !apperr.Is(err, apperr.NotFound) {
			a.logger.ErrorContext(r.Context(), "authenticating a request failed", "error", err)
			writeError(w, http.StatusServiceUnavailable, apperr.Internal, "The server can't check your sign-in at the moment. Try again later.")
			return
		}
		ctx := account.WithViewer(r.Context(), viewer)
		if byCookie && viewer != nil {
			client := account.ClientFrom(ctx)
			client.CookieSession = viewer.SessionID
			ctx = account.WithClient(ctx, client)
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// token returns the request's bearer token or session cookie, and which; empty if there is neither. The cookie counts only for pages
// that may use it: a WebSocket is opened by GET, which browsers allow any page.
func (a *authenticator) token(r *http.Request) (token string, byCookie bool) {
	if token, ok := bearerToken(r); ok {
		return token, false
	}
	if !a.origins.mayUseCookie(r) {
		return "", false
	}
	return a.cookies.session(r), true
}

// bearerToken returns the token of an Authorization header with the scheme Bearer; false if there is none.
func bearerToken(r *http.Request) (string, bool) {
	scheme, token, found := strings.Cut(r.Header.Get("Authorization"), " ")
	token = strings.TrimSpace(token)
	return token, found && strings.EqualFold(scheme, "Bearer") && token != ""
}
