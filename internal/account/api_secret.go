package account

import (
	"crypto/rand"
	"hash/crc32"
	"regexp"
	"strings"
)

const (
	// apiPrefix lets people and secret scanners recognize an API token.
	apiPrefix = "wk_"
	// checksumDigits is how many base62 digits a CRC-32 has at most.
	checksumDigits = 6

	base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// apiSecret is what API tokens look like: the prefix, 130 random bits in base32, and their CRC-32 (IEEE) in base62, by which a secret scanner
// knows a token without asking.
var apiSecret = regexp.MustCompile(`^wk_([A-Z2-7]{26})([0-9A-Za-z]{6})$`)

func newAPISecret() string {
	random := rand.Text()
	return apiPrefix + random + checksum(random)
}

// isAPISecret reports whether a text can be an API token: others needn't be looked up.
func isAPISecret(text string) bool {
	parts := apiSecret.FindStringSubmatch(text)
	return parts != nil && parts[2] == checksum(parts[1])
}

func checksum(text string) string {
	digits := []byte(strings.Repeat("0", checksumDigits))
	for i, sum := checksumDigits-1, crc32.ChecksumIEEE([]byte(text)); i >= 0; i-- {
		digits[i] = base62[sum%uint32(len(base62))]
		sum /= uint32(len(base62))
	}
	return string(digits)
}
