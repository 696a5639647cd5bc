package sandbox

import (
	"crypto/rand"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// Lifetimes (Clio's documentation: authorization).
const (
	codeLifetime  = 10 * time.Minute
	tokenLifetime = 30 * 24 * time.Hour
)

// grant is a user's permission for an application. Its tokens are revoked together.
type grant struct {
	account  int64
	clientID string
	revoked  bool
}

type issuedCode struct {
	grant       *grant
	redirectURI string
	expiresAt   time.Time
}

type issuedToken struct {
	grant     *grant
	expiresAt time.Time
}

// tokens are the codes and tokens that were issued. Refresh tokens don't expire.
type tokens struct {
	clock clockwork.Clock

	mu      sync.Mutex
	codes   map[string]issuedCode
	access  map[string]issuedToken
	refresh map[string]*grant
}

func newTokens(clock clockwork.Clock) *tokens {
	return &tokens{
		clock:   clock,
		codes:   map[string]issuedCode{},
		access:  map[string]issuedToken{},
		refresh: map[string]*grant{},
	}
}

// IssueToken returns tokens as if the user of that account (FirstAccount or SecondAccount) had just granted access. They are not
// bound to an application.
func (s *Sandbox) IssueToken(account int64) (access, refresh string) {
	return s.tokens.issue(&grant{account: account}, tokenLifetime)
}

// ExpireTokens expires every access token. Refresh tokens stay valid.
func (s *Sandbox) ExpireTokens() {
	s.tokens.mu.Lock()
	defer s.tokens.mu.Unlock()
	clear(s.tokens.access)
}

// RevokeTokens revokes every access token and refresh token, as when the user disconnects inside Clio.
func (s *Sandbox) RevokeTokens() {
	s.tokens.mu.Lock()
	defer s.tokens.mu.Unlock()
	clear(s.tokens.access)
	clear(s.tokens.refresh)
}

func (t *tokens) issueCode(g *grant, redirectURI string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	code := "code-" + rand.Text()
	t.codes[code] = issuedCode{grant: g, redirectURI: redirectURI, expiresAt: t.clock.Now().Add(codeLifetime)}
	return code
}

// exchange redeems a code, once, for the application and redirect URI that it was issued for; otherwise it returns nil. An attempt
// with another application or redirect URI doesn't use the code up.
func (t *tokens) exchange(code, clientID, redirectURI string) *grant {
	t.mu.Lock()
	defer t.mu.Unlock()
	issued, ok := t.codes[code]
	if !ok || issued.grant.clientID != clientID || issued.redirectURI != redirectURI || !t.clock.Now().Before(issued.expiresAt) {
		return nil
	}
	delete(t.codes, code)
	return issued.grant
}

// issue returns a new access token and a new refresh token.
func (t *tokens) issue(g *grant, lifetime time.Duration) (access, refresh string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	refresh = "refresh-" + rand.Text()
	t.refresh[refresh] = g
	return t.issueAccess(g, lifetime), refresh
}

func (t *tokens) issueAccess(g *grant, lifetime time.Duration) string {
	access := "access-" + rand.Text()
	t.access[access] = issuedToken{grant: g, expiresAt: t.clock.Now().Add(lifetime)}
	return access
}

// renew returns a new access token; the old one stays valid until it expires. With rotate, the refresh token is replaced by the
// returned one, which is "" otherwise. ok is false when the refresh token is not one of that application.
func (t *tokens) renew(refresh, clientID string, lifetime time.Duration, rotate bool) (access, rotated string, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	g, ok := t.refresh[refresh]
	if !ok || g.revoked || (g.clientID != "" && g.clientID != clientID) {
		return "", "", false
	}
	if rotate {
		delete(t.refresh, refresh)
		rotated = "refresh-" + rand.Text()
		t.refresh[rotated] = g
	}
	return t.issueAccess(g, lifetime), rotated, true
}

// account returns the account that an access token is for; 0 when the token is expired, revoked or unknown.
func (t *tokens) account(access string) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	issued, ok := t.access[access]
	if !ok || issued.grant.revoked || !t.clock.Now().Before(issued.expiresAt) {
		return 0
	}
	return issued.grant.account
}

// revoke revokes the grant that the access token belongs to. It is false when the token is unknown or already revoked.
func (t *tokens) revoke(access string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	issued, ok := t.access[access]
	if !ok || issued.grant.revoked {
		return false
	}
	issued.grant.revoked = true
	return true
}
