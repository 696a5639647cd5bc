package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// tokenPrefix lets people and secret scanners recognise a session's token.
const tokenPrefix = "wks_"

// newToken makes a session's token: the prefix and 32 random bytes in base64url.
func newToken() string {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails: the documentation of crypto/rand
	return tokenPrefix + base64.RawURLEncoding.EncodeToString(secret)
}

// isToken tells whether a text can be a token at all. What can't is not looked for.
func isToken(text string) bool {
	return strings.HasPrefix(text, tokenPrefix)
}

// hashToken is what is stored of a token. A plain hash does: the token is random and long.
func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
