package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A text can be asked for again and again under other names, which costs next to nothing but its length.
func TestAnAnswerIsBounded(t *testing.T) {
	p := newStage(t).signUp("ada")
	p.ask(`mutation($notes: String) { createWatch(input: {firstName: "Ada", lastName: "Byron", internalNotes: $notes}) { watch { id } } }`,
		vars{"notes": strings.Repeat("ä", 20_000)})
	notes := func(aliases int) string {
		var fields strings.Builder
		for i := range aliases {
			fmt.Fprintf(&fields, " n%d: internalNotes", i)
		}
		return fields.String()
	}
	lists := func(count, aliases int) string {
		var document strings.Builder
		for i := range count {
			fmt.Fprintf(&document, " l%d: watches { nodes { ...F } }", i)
		}
		return "{" + document.String() + "} fragment F on Watch {" + notes(aliases) + " }"
	}
	require.Empty(t, p.try(lists(1, 100)).Errors, "4 MB")
	refused := p.try(lists(10, 100))
	require.Equal(t, "QUERY_TOO_COMPLEX", refused.code())
	require.Nil(t, refused.Data)
}
