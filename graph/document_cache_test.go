package graph

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestCachedDocumentsAreBounded(t *testing.T) {
	d, parsed := newDocumentCache(), &ast.QueryDocument{}
	add := func(text string) bool {
		d.Add(t.Context(), text, parsed)
		_, cached := d.Get(t.Context(), text)
		return cached
	}
	require.False(t, add(strings.Repeat("x", maxDocumentBytes/10+1)), "one that is too large")
	for i := range maxDocuments + 10 {
		require.True(t, add(fmt.Sprint(i)))
	}
	require.Equal(t, maxDocuments, d.parsed.Len())
	for i := range 20 {
		require.True(t, add(fmt.Sprint("long ", i, strings.Repeat(" ", maxDocumentBytes/12))))
		require.True(t, add("used again and again"))
	}
	require.LessOrEqual(t, d.bytes, maxDocumentBytes)
	require.Less(t, d.parsed.Len(), 15)
	sum := 0
	for _, text := range d.parsed.Keys() {
		sum += len(text)
	}
	require.Equal(t, sum, d.bytes, "what was pushed out is no longer counted")
}
