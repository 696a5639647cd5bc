package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"watchkeeper/internal/page"
)

// pageArgs returns the arguments of the list that ctx's field is. A first that the client didn't give, but the schema's default, doesn't
// count beside last.
func pageArgs(ctx context.Context, first *int, after *string, last *int, before *string) page.Args {
	if last != nil && !isGiven(ctx, "first") {
		first = nil
	}
	return page.Args{First: first, After: after, Last: last, Before: before}
}

// isGiven reports whether the client gave ctx's field this argument, and not null.
func isGiven(ctx context.Context, name string) bool {
	argument := graphql.GetFieldContext(ctx).Field.Arguments.ForName(name)
	if argument == nil {
		return false
	}
	value, err := argument.Value.Value(graphql.GetOperationContext(ctx).Variables)
	return err != nil || value != nil
}
