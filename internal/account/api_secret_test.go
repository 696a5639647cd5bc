package account

import (
	"fmt"
	"hash/crc32"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whoever scans texts for secrets can do the same: docs and the schema say how.
func TestAPISecretsHaveAChecksum(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		secret := newAPISecret()
		require.Regexp(t, `^wk_[A-Z2-7]{26}[0-9A-Za-z]{6}$`, secret)
		require.True(t, isAPISecret(secret))
		require.False(t, seen[secret])
		seen[secret] = true

		sum := big.NewInt(int64(crc32.ChecksumIEEE([]byte(secret[3:29]))))
		digits := 0
		for _, digit := range secret[29:] {
			digits = digits*62 + indexOf(digit)
		}
		require.Equal(t, sum.Int64(), int64(digits))
		for i := range secret {
			changed := []byte(secret)
			changed[i] ^= 1
			require.False(t, isAPISecret(string(changed)), string(changed))
		}
	}
	for _, other := range []string{"", "wk_", "wks_" + newAPISecret()[3:], newAPISecret() + "x", newAPISecret() + "\n"} {
		require.False(t, isAPISecret(other), fmt.Sprintf("%q", other))
	}
}

func indexOf(digit rune) int {
	for i, each := range base62 {
		if each == digit {
			return i
		}
	}
	return -1
}
