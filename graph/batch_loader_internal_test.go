package graph

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// What several responses share isn't ended by the one that asked first; what a response reads for itself is.
func TestWhoAsksFirstEndsNothingForTheOthers(t *testing.T) {
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	read := func(ctx context.Context, ids []string) (map[string]int, error) {
		return map[string]int{ids[0]: 7}, ctx.Err()
	}
	for _, shared := range []bool{false, true} {
		of := &argumentLoaders[int]{shared: shared}
		for _, l := range []*loader[int]{{read: read, shared: shared}, of.with("first: 5", read)} {
			_, err := l.load(gone, "a")
			if !shared {
				require.ErrorIs(t, err, context.Canceled)
				continue
			}
			require.NoError(t, err)
			found, err := l.load(t.Context(), "a")
			require.NoError(t, err)
			require.Equal(t, 7, found)
		}
	}
}
