package exec

import (
	"context"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// selection is what an operation selects of the objects of a type at one place. It is worked out once, for however many objects.
type selection struct {
	fields []graphql.CollectedField
	keys   []string // what is written before each field's value
}

// selections are those of an operation.
type selections struct {
	mu    sync.Mutex
	known map[selectionKey]*selection
}

// selectionKey is a set of an operation, by its first item, and a type, by the names of what it is.
type selectionKey struct {
	set   *ast.Selection
	types *string
}

// of returns what a set selects of the type that is all these.
func (s *selections) of(operation *graphql.OperationContext, set ast.SelectionSet, types []string) *selection {
	if len(set) == 0 {
		return &selection{}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key := selectionKey{&set[0], &types[0]}
	if known := s.known[key]; known != nil {
		return known
	}
	if s.known == nil {
		s.known = map[selectionKey]*selection{}
	}
	fields := graphql.CollectFields(operation, set, types)
	s.known[key] = &selection{fields: fields, keys: keysOf(fields)}
	return s.known[key]
}

// keysOf are what is written before each field's value: its name, and the comma after the field before. Of fields with the same name the
// first is written; the others' keys are empty.
func keysOf(fields []graphql.CollectedField) []string {
	keys, before := make([]string, len(fields)), ""
	for i, field := range fields {
		named := func(other graphql.CollectedField) bool { return other.Alias == field.Alias }
		if slices.ContainsFunc(fields[:i], named) {
			continue
		}
		keys[i] = before + `"` + field.Alias + `":`
		before = ","
	}
	return keys
}

// plainField is the context of an object, or a list, that is read from the object that it is a field of.
func plainField(ctx context.Context, object string, field graphql.CollectedField) context.Context {
	return graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: object, Field: field})
}
