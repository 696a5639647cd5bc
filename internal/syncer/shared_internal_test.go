package syncer

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatIsSharedIsMadeOnceUntilItIsForgotten(t *testing.T) {
	shared, made := new(Shared), 0
	one := func() any { made++; return made }
	require.Equal(t, []any{1, 2, 1}, []any{shared.Get("users", one), shared.Get("watches", one), shared.Get("users", one)})
	shared.forget()
	require.Equal(t, 3, shared.Get("users", one))
	(*Shared)(nil).forget() // a reading that nobody shares
}
