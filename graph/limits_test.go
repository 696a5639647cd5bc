package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/stretchr/testify/require"
)

// doubling is a document of fragments each of which spreads the next one twice, and the last one selects fields.
func doubling(levels int, fields string) string {
	var document strings.Builder
	document.WriteString(`{ ...F0 }`)
	for i := range levels {
		fmt.Fprintf(&document, ` fragment F%d on Query { ...F%d ...F%d }`, i, i+1, i+1)
	}
	fmt.Fprintf(&document, ` fragment F%d on Query { %s }`, levels, fields)
	return document.String()
}

// Counting the cost of a document takes no longer than reading it, and no product overflows.
func TestWhatDoublesIsRefused(t *testing.T) {
	s := newStage(t)
	var fields strings.Builder
	for i := range 80 {
		fmt.Fprintf(&fields, ` f%d: fields { name description args { name type { name enumValues { name description } } } type { kind name } }`, i)
	}
	cases := map[string]string{
		"fragments": doubling(60, `signUpAllowed`),
		"a product that no int holds": `{ watches(first: 100) { nodes {` +
			strings.Repeat(` history(first: 100) { nodes { run { results(first: 100) { nodes { watch {`, 5) + ` id` +
			strings.Repeat(` } } } } } }`, 5) + ` } } }`,
		"introspection": `{ __schema { types { ` + fields.String() + ` } } }`,
	}
	for name, document := range cases {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, "QUERY_TOO_COMPLEX", s.nobody().try(document).code())
		})
	}
	require.Empty(t, s.nobody().try(doubling(10, `signUpAllowed`)).Errors, "it is the cost that counts")
	require.Empty(t, s.nobody().try(introspection.Query).Errors, "what every tool sends is served")
}
