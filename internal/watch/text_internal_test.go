package watch

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is plain is cleaned and folded as Unicode's rules do it.
func TestPlainTextsNeedNoUnicode(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same texts each time
	plain := 0
	for range 20_000 {
		text := make([]byte, random.IntN(6))
		for i := range text {
			text[i] = byte(random.IntN(130)) // two of which aren't ASCII
			if random.IntN(4) == 0 {
				text[i] = ' '
			}
		}
		if isPlain(string(text)) {
			plain++
		}
		require.Equal(t, clean(string(text)), CleanText(string(text)), "%q", text)
		require.Equal(t, fold(string(text)), Fold(string(text)), "%q", text)
		require.Equal(t, caseless(string(text)), Caseless(string(text)), "%q", text)
	}
	require.Greater(t, plain, 3_000)
}
