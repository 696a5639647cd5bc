package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What gqlgen generates may change with its version: then the rewriting would find nothing, in silence.
func TestGeneratedCodeIsRewritten(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../exec/*.generated.go")
	require.NoError(t, err)
	var all strings.Builder
	for _, file := range files {
		code, err := os.ReadFile(file)
		require.NoError(t, err)
		all.Write(code)
	}
	code := all.String()
	require.Contains(t, code, "return ec.marshalNString2string(ctx, field.Selections, obj.FirstName)")
	require.Contains(t, code, "marshalSlice(ctx, len(v), func(")
	require.Contains(t, code, `(plainField(ctx, "Watch", field), field.Selections, obj.ClioLink)`)
	require.Contains(t, code, "selected := ec.selections.of(ec.OperationContext, sel, watchImplementors)")
	require.Contains(t, code, "out := selected.fieldSet()")
	require.Contains(t, code, "out.resolveConcurrently(ec.OperationContext, i, true,")
	require.Contains(t, code, "out.resolveRootConcurrently(innerCtx, ec.OperationContext, i, true,")
	require.Contains(t, code, "marshalText(string(v))")
	require.Equal(t, 3, strings.Count(code, "written(data)"), "for queries, mutations and subscriptions")
	require.NotContains(t, code, "graphql.NewFieldSet")
	require.NotContains(t, code, "graphql.CollectFields")
	require.NotContains(t, code, "Concurrently(ec.OperationContext, &")
	require.NotContains(t, code, "DeferredGroup")
	require.NotContains(t, code, "MarshalSliceConcurrently")
	require.NotContains(t, code, "bytes.Buffer")
	require.Equal(t, code, rewrite(code), "once is enough")
}
