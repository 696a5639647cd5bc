package main

import (
	"regexp"
	"strings"
)

// rewrite changes what gqlgen generated where less is needed than it does.
func rewrite(code string) string {
	return boundAnswers(listsInOrder(plainFields(code)))
}

var (
	// resolveField is the function of a field that is read from its object and has no directive.
	resolveField = regexp.MustCompile(`(?s)(func \(ec \*executionContext\) _\w+\([^\n]*\n)` +
		`\treturn graphql\.ResolveField\(\n\t\tctx,\n\t\tec\.OperationContext,\n\t\tfield,\n` +
		`\t\tfunc\(ctx context\.Context, field graphql\.CollectedField\) \(\*graphql\.FieldContext, error\) \{\n` +
		`\t\t\treturn ec\.(fieldContext_\w+)\(ctx, field\)\n\t\t\},\n` +
		`\t\tfunc\(ctx context\.Context\) \(any, error\) \{\n\t\t\treturn (obj\.[\w.]+(?:\(\))?), nil\n\t\t\},\n` +
		`\t\tnil,\n` +
		`\t\tfunc\(ctx context\.Context, selections ast\.SelectionSet, v [^\n]+\) graphql\.Marshaler \{\n` +
		`\t\t\treturn ec\.([^\s(]+)\(ctx, selections, v\)\n\t\t\},\n` +
		`\t\ttrue,\n\t\t(?:true|false),\n\t\)\n\}\n`)
	// scalarContext is the function of the context of a field without fields of its own.
	scalarContext = regexp.MustCompile(`func \(ec \*executionContext\) (fieldContext_\w+)\([^\n]*\n\treturn graphql\.NewScalarFieldContext\(`)
)

// plainFields writes scalars that are read from their object without a context and a closure for each: there is nothing to resolve, and
// no directive or middleware that would look at them.
func plainFields(code string) string {
	scalars := map[string]bool{}
	for _, match := range scalarContext.FindAllStringSubmatch(code, -1) {
		scalars[match[1]] = true
	}
	return resolveField.ReplaceAllStringFunc(code, func(function string) string {
		match := resolveField.FindStringSubmatch(function)
		if !scalars[match[2]] {
			return function
		}
		return match[1] + "\treturn ec." + match[4] + "(ctx, field.Selections, " + match[3] + ")\n}\n"
	})
}

// listsInOrder writes the items of a list one after the other instead of each in a goroutine of its own. What their fields have to ask
// the database for is read for all items together, by the first that needs it.
func listsInOrder(code string) string {
	return strings.ReplaceAll(code, "graphql.MarshalSliceConcurrently(ctx, len(v), 0, false, func(", "marshalSlice(ctx, len(v), func(")
}

// boundAnswers bounds the length of an answer.
func boundAnswers(code string) string {
	return strings.ReplaceAll(code, "var buf bytes.Buffer", "var buf answer")
}
