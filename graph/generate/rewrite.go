package main

import (
	"regexp"
	"strings"
)

// rewrite changes what gqlgen generated where less is needed than it does.
func rewrite(code string) string {
	return ownAnswers(ownFieldSets(listsInOrder(plainFields(code))))
}

var (
	// resolveField is the function of a field that is read from its object and has no directive.
	resolveField = regexp.MustCompile(`(?s)(func \(ec \*executionContext\) _([A-Za-z]+)_\w+\([^\n]*\n)` +
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

// plainFields writes what is read from its object without closures, and scalars without a context: there is nothing to resolve, and no
// directive or middleware that would look at them.
func plainFields(code string) string {
	scalars := map[string]bool{}
	for _, match := range scalarContext.FindAllStringSubmatch(code, -1) {
		scalars[match[1]] = true
	}
	return resolveField.ReplaceAllStringFunc(code, func(function string) string {
		match := resolveField.FindStringSubmatch(function)
		signature, object, fieldContext, value, marshal := match[1], match[2], match[3], match[4], match[5]
		ctx := "ctx"
		if !scalars[fieldContext] {
			ctx = `plainField(ctx, "` + object + `", field)`
		}
		return signature + "\treturn ec." + marshal + "(" + ctx + ", field.Selections, " + value + ")\n}\n"
	})
}

// listsInOrder writes the items of a list one after the other instead of each in a goroutine of its own. What their fields have to ask
// the database for is read for all items together, by the first that needs it.
func listsInOrder(code string) string {
	return strings.ReplaceAll(code, "graphql.MarshalSliceConcurrently(ctx, len(v), 0, false, func(", "marshalSlice(ctx, len(v), func(")
}

var (
	// deferring is what sends the fields that were deferred. No operation has any, as the schema that is served is without @defer.
	deferring = regexp.MustCompile(`\n\tif n := len\(deferred\.Defers\); n > 0 \{\n[^}]*\}\n`)
	collect   = regexp.MustCompile(`fields := graphql\.CollectFields\(ec\.OperationContext, `)
	first     = regexp.MustCompile(`([ (])fields\[0\]`)
	// resolve and resolveRoot are calls for a field that has a resolver.
	resolve     = regexp.MustCompile(`out\.ResolveConcurrently\(ec\.OperationContext, &deferred, i,\s*true, (true|false),`)
	resolveRoot = regexp.MustCompile(`out\.ResolveRootConcurrently\(innerCtx, ec\.OperationContext, i,\s*true, (true|false),`)
)

// ownFieldSets makes objects of our field sets.
func ownFieldSets(code string) string {
	code = deferring.ReplaceAllString(code, "")
	code = collect.ReplaceAllString(code, "selected := ec.selections.of(ec.OperationContext, ")
	code = first.ReplaceAllString(code, "${1}selected.fields[0]")
	code = resolve.ReplaceAllString(code, "out.resolveConcurrently(ec.OperationContext, i, $1,")
	code = resolveRoot.ReplaceAllString(code, "out.resolveRootConcurrently(innerCtx, ec.OperationContext, i, $1,")
	return strings.NewReplacer(
		"\tdeferred := graphql.NewDeferredGroup(ctx)\n", "",
		"graphql.NewFieldSet(fields)", "selected.fieldSet()",
		"range fields {", "range selected.fields {",
		"len(fields)", "len(selected.fields)",
		"type executionContext struct {\n\t*", "type executionContext struct {\n\tselections selections\n\t*",
	).Replace(code)
}

// ownAnswers bounds the length of answers, and writes texts into them at once.
func ownAnswers(code string) string {
	return strings.NewReplacer(
		"var buf bytes.Buffer\n", "", "buf.Reset()\n", "", "data.MarshalGQL(&buf)\n", "", "buf.Bytes()", "written(data)",
		"graphql.MarshalString(", "marshalText(", "graphql.MarshalID(", "marshalText(",
	).Replace(code)
}
