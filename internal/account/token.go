package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// sessionPrefix lets people and secret scanners recognize a session token.
const sessionPrefix = "wks_"

// newToken returns a new token: the prefix and 32 random bytes in base64url.
func newToken(prefix string) string {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails: the documentation of crypto/rand
	return prefix + base64.RawURLEncoding.EncodeToString(secret)
}

// isSessionToken reports whether a text can be a session token: others needn't be looked up.
func isSessionToken(text string) bool {
	return strings.HasPrefix(text, sessionPrefix)
}

// hashToken returns the hash that is stored. A plain SHA-256 is enough, as the token is long and random.
func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
