package exec

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
)

func TestAnAnswerKeepsNoMoreThanItMay(t *testing.T) {
	t.Parallel()
	var a answer
	for range 3 {
		written, err := io.WriteString(&a, strings.Repeat("x", MaxAnswer/2))
		require.NoError(t, err)
		require.Equal(t, MaxAnswer/2, written)
	}
	require.NoError(t, a.WriteByte('x'))
	require.Equal(t, MaxAnswer+1, a.Len())
}

func TestAPanicOfAnItemIsItsError(t *testing.T) {
	t.Parallel()
	ctx := graphql.WithResponseContext(t.Context(), graphql.DefaultErrorPresenter,
		func(context.Context, any) error { return errors.New("it panicked") })
	items := marshalSlice(ctx, 3, func(_ context.Context, i int) graphql.Marshaler {
		if i == 1 {
			panic("broken")
		}
		return graphql.MarshalInt(i)
	})
	require.Equal(t, graphql.Null, items[1])
	var third strings.Builder
	items[2].MarshalGQL(&third)
	require.Equal(t, "2", third.String())
	require.Equal(t, "[1]", graphql.GetErrors(ctx)[0].Path.String())
}
