package sandbox

import (
	"net/http"
	"time"
)

// serveToken exchanges a code for tokens, or refreshes an access token (CLIO_API.md §2).
func (s *Sandbox) serveToken(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		refuseToken(w, http.StatusBadRequest, "invalid_request", "The form could not be read.")
		return
	}
	grantType := r.PostForm.Get("grant_type")
	c := &call{w: w, r: r, faults: s.faults.take(tokenPath + "?grant_type=" + grantType)}
	if s.interfere(c) || refuseByFault(c) {
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

// refuseByFault is true when a fault of the token endpoint was the answer.
func refuseByFault(c *call) bool {
	switch {
	case c.faults.has(TokenUnavailable):
		writePage(c.w, http.StatusServiceUnavailable)
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
	life := c.life()
	access, refresh := s.tokens.issue(g, life)
	writeTokens(c.w, access, refresh, life)
}

func (s *Sandbox) refreshToken(c *call) {
	form := c.r.PostForm
	life := c.life()
	access, refresh, ok := s.tokens.renew(form.Get("refresh_token"), form.Get("client_id"), life, c.faults.has(RefreshRotated))
	if !ok {
		refuseGrant(c.w, http.StatusBadRequest)
		return
	}
	writeTokens(c.w, access, refresh, life)
}

// life is how long the access token of this answer lasts.
func (c *call) life() time.Duration {
	if sw, on := c.faults.find(TokenShortLived); on {
		return sw.duration(time.Minute)
	}
	return tokenLife
}

// writeTokens sends tokens. An answer to a refresh has no refresh token unless it was rotated.
func writeTokens(w http.ResponseWriter, access, refresh string, life time.Duration) {
	body := map[string]any{
		"token_type":   "bearer",
		"access_token": access,
		"expires_in":   int64(life / time.Second),
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

// refuseToken answers in the shape of RFC 6749, section 5.2.
func refuseToken(w http.ResponseWriter, status int, code, about string) {
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, status, map[string]string{"error": code, "error_description": about})
}

// deauthorize ends the grant whose access token is in the Authorization header or in the form.
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
