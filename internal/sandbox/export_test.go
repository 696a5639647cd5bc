package sandbox

import (
	"maps"
	"slices"
)

// AllowedFields are what may be asked of a kind (Matter, Contact, User, PracticeArea): plain attributes, and nested records
// by their kind.
func AllowedFields(of string) (plain []string, nested map[string]string) {
	nested = map[string]string{}
	for name, inner := range shapes[kind(of)].nested {
		nested[name] = string(inner)
	}
	return shapes[kind(of)].plain, nested
}

// Orders are what a list may be ordered by.
func Orders(list string) []string { return resources[list].orders }

// Filters are the parameters that a list is filtered by.
func Filters(list string) []string {
	return slices.Sorted(maps.Keys(resources[list].filters))
}
