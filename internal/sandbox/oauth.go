package sandbox

import (
	"net/http"
	"time"
)

// serveToken exchanges a code for tokens, or refreshes an access token (Clio's documentation: authorization).
func (s *Sandbox) serveToken(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		refuseToken(w, http.StatusBadRequest, "invalid_request", "The form could not be read.")
		return
	}
	grantType := r.PostForm.Get("grant_type")
	c := &call{w: w, r: r, faults: s.faults.match(tokenPath + "?grant_type=" + grantType)}
	if s.applyFaults(c) || writeTokenFault(c) {
		return
	}
	if s.clientID != "" && (r.PostForm.Get("client_id") != s.clientID || r.PostForm.Get("client_secret") != s.clientSecret) {
		refuseToken(w, http.StatusUnauthorized, "invalid_client", "Client authentication failed.")
		return
	}
	switch grantType {
	case "authorization_code":
		s.exchangeCode(c)
	case "refresh_token":
		s.refreshToken(c)
	default:
		refuseToken(w, http.StatusBadRequest, "unsupported_grant_type", "The grant type is not supported.")
	}
}

// writeTokenFault reports whether a fault of the token endpoint was the response.
func writeTokenFault(c *call) bool {
	switch {
	case c.faults.has(TokenUnavailable):
		writeHTMLError(c.w, http.StatusServiceUnavailable)
	case c.faults.has(RefreshRefused):
		refuseGrant(c.w, http.StatusBadRequest)
	case c.faults.has(RefreshUnauthorized):
		refuseGrant(c.w, http.StatusUnauthorized)
	default:
		return false
	}
	return true
}

func (s *Sandbox) exchangeCode(c *call) {
	form := c.r.PostForm
	g := s.tokens.exchange(form.Get("code"), form.Get("client_id"), form.Get("redirect_uri"))
	if g == nil {
		refuseGrant(c.w, http.StatusBadRequest)
		return
	}
	lifetime := c.tokenLifetime()
	access, refresh := s.tokens.issue(g, lifetime)
	writeTokens(c.w, access, refresh, lifetime)
}

func (s *Sandbox) refreshToken(c *call) {
	form := c.r.PostForm
	lifetime := c.tokenLifetime()
	access, refresh, ok := s.tokens.renew(form.Get("refresh_token"), form.Get("client_id"), lifetime, c.faults.has(RefreshRotated))
	if !ok {
		refuseGrant(c.w, http.StatusBadRequest)
		return
	}
	writeTokens(c.w, access, refresh, lifetime)
}

// tokenLifetime returns how long the access token of this response is valid.
func (c *call) tokenLifetime() time.Duration {
	if sw, on := c.faults.find(TokenShortLived); on {
		return sw.duration(time.Minute)
	}
	return tokenLifetime
}

// writeTokens writes tokens. The response to a refresh has no refresh token unless it was rotated.
func writeTokens(w http.ResponseWriter, access, refresh string, lifetime time.Duration) {
	body := map[string]any{
		"token_type":   "bearer",
		"access_token": access,
		"expires_in":   int64(lifetime / time.Second),
	}
	if refresh != "" {
		body["refresh_token"] = refresh
	}
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, http.StatusOK, body)
}

func refuseGrant(w http.ResponseWriter, status int) {
	refuseToken(w, status, "invalid_grant", "The provided authorization grant is invalid, expired, revoked, does not "+
		"match the redirection URI used in the authorization request, or was issued to another client.")
}

// refuseToken writes an error in the format of RFC 6749, section 5.2.
func refuseToken(w http.ResponseWriter, status int, code, about string) {
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, status, map[string]string{"error": code, "error_description": about})
}

// deauthorize revokes the grant whose access token is in the Authorization header or in the form.
func (s *Sandbox) deauthorize(w http.ResponseWriter, r *http.Request) {
	token, ok := bearer(r)
	if !ok {
		token = r.PostFormValue("token")
	}
	if !s.tokens.revoke(token) {
		writeInvalidToken(w)
		return
	}
	writeJSON(w, http.StatusOK, struct{}{})
}
