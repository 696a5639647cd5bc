package sandbox

import (
	"maps"
	"slices"
)

// AllowedFields returns the fields of a kind (Matter, Contact, User, PracticeArea): plain attributes, and nested records with
// their kind.
func AllowedFields(of string) (plain []string, nested map[string]string) {
	nested = map[string]string{}
	for name, inner := range shapes[kind(of)].nested {
		nested[name] = string(inner)
	}
	return shapes[kind(of)].plain, nested
}

// Orders returns the attributes that a list may be ordered by.
func Orders(list string) []string { return resources[list].orders }

// Filters returns the filter parameters of a list.
func Filters(list string) []string {
	return slices.Sorted(maps.Keys(resources[list].filters))
}
