package graph

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"watchkeeper/internal/apperr"
)

// What a document may hold. Validation compares the fields of a selection with one another, so that these are checked before it.
const (
	// maxTokens is how long a document may be, in GraphQL tokens.
	maxTokens = 2_000
	// maxFields is how many fields, fragments included, one selection set may list.
	maxFields = 250
	// maxRootFields is how many an operation itself may list.
	maxRootFields = 50
	// maxAliases is how many a whole document may hold.
	maxAliases = 150
)

// MutateOperationParameters refuses a document that isn't trusted, and one that is too large to be validated: QUERY_TOO_COMPLEX. One that can't be parsed is left to the parser's own error, and one in the cache has been checked.
func (l *limits) MutateOperationParameters(ctx context.Context, sent *graphql.RawParams) *gqlerror.Error {
	if problem := l.trusted.resolve(sent); problem != nil {
		return problem
	}
	if _, checked := l.documents.Get(ctx, sent.Query); checked {
		return nil
	}
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: sent.Query}, maxTokens)
	if err != nil {
		return nil
	}
	counted := documentSize{}
	for _, operation := range document.Operations {
		if len(operation.SelectionSet) > maxRootFields {
			return tooComplex("The operation has %d fields at its root. There can be %d at most.", len(operation.SelectionSet), maxRootFields)
		}
		counted.add(operation.SelectionSet)
	}
	for _, fragment := range document.Fragments {
		counted.add(fragment.SelectionSet)
	}
	if counted.fields > maxFields {
		return tooComplex("A selection lists %d fields. There can be %d at most.", counted.fields, maxFields)
	}
	if counted.aliases > maxAliases {
		return tooComplex("The document has %d aliases. There can be %d at most.", counted.aliases, maxAliases)
	}
	return nil
}

func tooComplex(message string, count, most int) *gqlerror.Error {
	return refusal(string(apperr.QueryTooComplex), fmt.Sprintf(message, count, most))
}

// documentSize is what a document holds, whose fragments are counted where they are defined.
type documentSize struct {
	fields  int // of the longest selection set
	aliases int
}

func (d *documentSize) add(set ast.SelectionSet) {
	d.fields = max(d.fields, len(set))
	for _, selection := range set {
		switch selected := selection.(type) {
		case *ast.Field:
			if selected.Alias != selected.Name {
				d.aliases++
			}
			d.add(selected.SelectionSet)
		case *ast.InlineFragment:
			d.add(selected.SelectionSet)
		}
	}
}
