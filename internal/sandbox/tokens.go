package sandbox

import (
	"crypto/rand"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// How long things last (CLIO_API.md §2).
const (
	codeLife  = 10 * time.Minute
	tokenLife = 30 * 24 * time.Hour
)

// grant is what a user allowed an application. Its tokens end together.
type grant struct {
	account  int64
	clientID string
	revoked  bool
}

type issuedCode struct {
	grant       *grant
	redirectURI string
	ends        time.Time
}

type issuedToken struct {
	grant *grant
	ends  time.Time
}

// tokens are the codes and tokens given out. Refresh tokens don't expire.
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

// IssueToken returns tokens as if the user of that account (FirstAccount or SecondAccount) had just granted access. They
// belong to no particular application.
func (s *Sandbox) IssueToken(account int64) (access, refresh string) {
	return s.tokens.issue(&grant{account: account}, tokenLife)
}

// ExpireTokens ends every access token. Refresh tokens go on.
func (s *Sandbox) ExpireTokens() {
	s.tokens.mu.Lock()
	defer s.tokens.mu.Unlock()
	clear(s.tokens.access)
}

// RevokeTokens ends every access token and every refresh token, as when the user disconnects inside Clio.
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
	t.codes[code] = issuedCode{grant: g, redirectURI: redirectURI, ends: t.clock.Now().Add(codeLife)}
	return code
}

// exchange redeems a code once, for the application and the address that it was made for; nil otherwise. An attempt
// for another leaves the code as it was.
func (t *tokens) exchange(code, clientID, redirectURI string) *grant {
	t.mu.Lock()
	defer t.mu.Unlock()
	issued, ok := t.codes[code]
	if !ok || issued.grant.clientID != clientID || issued.redirectURI != redirectURI || !t.clock.Now().Before(issued.ends) {
		return nil
	}
	delete(t.codes, code)
	return issued.grant
}

// issue makes an access token and a refresh token.
func (t *tokens) issue(g *grant, life time.Duration) (access, refresh string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	refresh = "refresh-" + rand.Text()
	t.refresh[refresh] = g
	return t.issueAccess(g, life), refresh
}

func (t *tokens) issueAccess(g *grant, life time.Duration) string {
	access := "access-" + rand.Text()
	t.access[access] = issuedToken{grant: g, ends: t.clock.Now().Add(life)}
	return access
}

// renew makes another access token; the one before goes on until its time is up. Rotating ends the refresh token and
// returns another, which is "" otherwise. It is false when the refresh token is none of that application's.
func (t *tokens) renew(refresh, clientID string, life time.Duration, rotate bool) (access, rotated string, ok bool) {
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
	return t.issueAccess(g, life), rotated, true
}

// account is the account that an access token opens; 0 when the token is expired, revoked or unknown.
func (t *tokens) account(access string) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	issued, ok := t.access[access]
	if !ok || issued.grant.revoked || !t.clock.Now().Before(issued.ends) {
		return 0
	}
	return issued.grant.account
}

// revoke ends all tokens of the grant that the access token belongs to; false when the token is none.
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
