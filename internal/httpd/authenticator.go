package httpd

import (
	"log/slog"
	"net/http"
	"strings"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
)

// authenticator finds out who is asking.
type authenticator struct {
	accounts Authenticator
	cookies  *Cookies
	origins  *origins
	logger   *slog.Logger
}

// identify puts the viewer into the context of the request. A bearer token wins over the cookie; what proves nothing leaves
// the request signed out. When it can't be found out the answer is 503.
func (p *authenticator) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := p.token(r)
		if token == "" {
			next.ServeHTTP(w, r)
			return
		}
		viewer, err := p.accounts.Authenticate(r.Context(), token)
		if err != nil && !apperr.Is(err, apperr.NotFound) {
			p.logger.ErrorContext(r.Context(), "finding out who is asking", "error", err)
			writeProblem(w, http.StatusServiceUnavailable, apperr.Internal, "The server can't find out who is asking. Try again later.")
			return
		}
		next.ServeHTTP(w, r.WithContext(account.WithViewer(r.Context(), viewer)))
	})
}

// token is what the request proves itself with; empty when it doesn't. The cookie counts only for pages that may use it: a
// WebSocket is opened by GET, which browsers let any page do.
func (p *authenticator) token(r *http.Request) string {
	if token, ok := bearer(r); ok {
		return token
	}
	if !p.origins.trusts(r) {
		return ""
	}
	return p.cookies.session(r)
}

// bearer is the token of an Authorization header of that scheme; false when there is none.
func bearer(r *http.Request) (string, bool) {
	scheme, token, found := strings.Cut(r.Header.Get("Authorization"), " ")
	token = strings.TrimSpace(token)
	return token, found && strings.EqualFold(scheme, "Bearer") && token != ""
}
