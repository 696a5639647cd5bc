// Package cost counts what a GraphQL operation may cost before it is executed: one for every field, for the fields of a list once per
// item, and what the schema's own cost functions say. Counting takes time proportional to the document, whatever its fragments do.
package cost

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Counter counts the costs of a schema's operations.
type Counter struct {
	schema  graphql.ExecutableSchema
	types   *ast.Schema
	sizes   sizes
	once    map[string]int
	ceiling int
}

// NewCounter returns a counter that counts up to limit+1. once are the costs of fields, by "Type.field", that a list has once and not
// for every item, such as the number of its items.
func NewCounter(schema graphql.ExecutableSchema, limit int, once map[string]int) *Counter {
	types := schema.Schema()
	return &Counter{schema: schema, types: types, sizes: sizesOf(types), once: once, ceiling: limit + 1}
}

// Of returns the cost of an operation that has been validated, at most limit+1: what is more than the limit isn't counted any
// further, so that no sum or product can overflow as long as the schema's cost functions multiply by the size of a page.
func (c *Counter) Of(ctx context.Context, operation *ast.OperationDefinition, variables map[string]any) int {
	counting := counting{Counter: c, variables: variables, fragments: map[*ast.FragmentDefinition]sum{}}
	counted := counting.selections(ctx, operation.SelectionSet)
	return c.saturate(counted.each + counted.once)
}

// sum is the cost of a selection set: what it costs for each item, and what only once for a list.
type sum struct{ each, once int }

// counting is the count of one operation.
type counting struct {
	*Counter
	variables map[string]any
	fragments map[*ast.FragmentDefinition]sum // what has been counted already
}

func (c *counting) selections(ctx context.Context, set ast.SelectionSet) sum {
	var total sum
	for _, selection := range set {
		counted := c.selection(ctx, selection)
		total = sum{c.saturate(total.each + counted.each), c.saturate(total.once + counted.once)}
		if total.each == c.ceiling {
			break
		}
	}
	return total
}

func (c *counting) selection(ctx context.Context, selection ast.Selection) sum {
	switch selected := selection.(type) {
	case *ast.Field:
		if once, ok := c.once[selected.ObjectDefinition.Name+"."+selected.Name]; ok {
			return sum{once: once}
		}
		return sum{each: c.field(ctx, selected)}
	case *ast.InlineFragment:
		return c.selections(ctx, selected.SelectionSet)
	case *ast.FragmentSpread:
		counted, ok := c.fragments[selected.Definition]
		if !ok {
			counted = c.selections(ctx, selected.Definition.SelectionSet)
			c.fragments[selected.Definition] = counted
		}
		return counted
	}
	return sum{}
}

func (c *counting) field(ctx context.Context, field *ast.Field) int {
	selected := c.selections(ctx, field.SelectionSet)
	child := selected.each
	if cost, ok := c.sizes.costOf(field, child); ok {
		return c.saturate(cost)
	}
	arguments, most := field.ArgumentMap(c.variables), 0
	for _, object := range c.objects(field.ObjectDefinition) {
		cost, ok := c.schema.Complexity(ctx, object.Name, field.Name, child, arguments)
		if !ok {
			cost = 1 + child
		}
		most = max(most, c.saturate(c.saturate(cost)+selected.once))
	}
	return most
}

// objects are the types whose field it may be: which one of an interface's isn't known before it is executed.
func (c *Counter) objects(of *ast.Definition) []*ast.Definition {
	if of.Kind == ast.Interface {
		return c.types.GetPossibleTypes(of)
	}
	return []*ast.Definition{of}
}

func (c *Counter) saturate(cost int) int {
	return min(max(cost, 0), c.ceiling)
}
