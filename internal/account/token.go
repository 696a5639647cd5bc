package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// tokenPrefix lets people and secret scanners recognize a session token.
const tokenPrefix = "wks_"

// newToken returns a new session token: the prefix and 32 random bytes in base64url.
func newToken() string {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails: the documentation of crypto/rand
	return tokenPrefix + base64.RawURLEncoding.EncodeToString(secret)
}

// isToken reports whether a text can be a token: others needn't be looked up.
func isToken(text string) bool {
	return strings.HasPrefix(text, tokenPrefix)
}

// hashToken returns the hash that is stored. A plain SHA-256 is enough, as the token is long and random.
func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
