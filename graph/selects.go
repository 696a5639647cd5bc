package graph

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"watchkeeper/internal/watch"
)

// selects reports whether an operation asks anywhere for such a field.
func selects(operation *ast.OperationDefinition, such func(*ast.Field) bool) bool {
	seen := map[*ast.FragmentDefinition]bool{} // aren't looked at again
	var in func(set ast.SelectionSet) bool
	in = func(set ast.SelectionSet) bool {
		return slices.ContainsFunc(set, func(selection ast.Selection) bool {
			switch selected := selection.(type) {
			case *ast.Field:
				return such(selected) || in(selected.SelectionSet)
			case *ast.InlineFragment:
				return in(selected.SelectionSet)
			case *ast.FragmentSpread:
				if seen[selected.Definition] {
					return false
				}
				seen[selected.Definition] = true
				return in(selected.Definition.SelectionSet)
			}
			return false
		})
	}
	return in(operation.SelectionSet)
}

// isIntrospection reports whether a field asks for the schema, also in the query of a payload. What a type is called, __typename, is no secret.
func isIntrospection(field *ast.Field) bool {
	return field.Name == "__schema" || field.Name == "__type"
}

// shownBy returns what an operation shows of watches, wherever in it.
func shownBy(operation *ast.OperationDefinition) watch.Shown {
	var shown watch.Shown
	selects(operation, func(field *ast.Field) bool {
		switch field.Name {
		case "clioLink":
			shown.Link = true
		case "lastSyncedAt":
			shown.LastSyncedAt = true
		case "syncedFields":
			shown.Base = true
		case "conflicts":
			shown.Conflicts = shown.Conflicts || field.ObjectDefinition.Name == "Watch" // a run counts its
		}
		return shown == watch.ShowAll
	})
	return shown
}
