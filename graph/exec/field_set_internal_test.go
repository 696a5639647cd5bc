package exec

import (
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"
)

func TestObjectsAreWrittenAsByGqlgen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "id", "firstName"}), 0, 6).Draw(t, "names") // also some twice
		fields := make([]graphql.CollectedField, len(names))
		for i, name := range names {
			fields[i] = graphql.CollectedField{Field: &ast.Field{Alias: name}}
		}
		selected := &selection{fields: fields, keys: keysOf(fields)}
		ours, theirs := selected.fieldSet(), graphql.NewFieldSet(fields)
		for i := range fields {
			value := rapid.String().Draw(t, "value")
			ours.Values[i], theirs.Values[i] = marshalText(value), graphql.MarshalString(value)
		}
		var expected strings.Builder
		theirs.MarshalGQL(&expected)
		require.Equal(t, expected.String(), string(written(ours)))
	})
}
