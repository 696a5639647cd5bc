package cost_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/complexity"
	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
	"pgregory.net/rapid"

	"watchkeeper/graph/cost"
)

// schema is a small one with a list, an interface and a type that leads back to itself.
type schema struct{ graphql.ExecutableSchema }

var definitions = gqlparser.MustLoadSchema(&ast.Source{Input: `
	type Query { one: Item list(first: Int): [Item!]! named: Named }
	interface Named { name: String }
	type Item implements Named { name: String next: Item list(first: Int): [Item!]! }
	type Expensive implements Named { name: String }`})

func (schema) Schema() *ast.Schema { return definitions }

func (schema) Complexity(_ context.Context, object, field string, child int, arguments map[string]any) (int, bool) {
	switch {
	case field == "list":
		first, _ := arguments["first"].(int64)
		return 1 + child*int(first), true
	case object == "Expensive":
		return 50, true
	}
	return 0, false
}

const limit = 1_000

func operationOf(t require.TestingT, document string) *ast.OperationDefinition {
	parsed, problems := gqlparser.LoadQueryWithRules(definitions, document, rules.NewDefaultRules())
	require.Empty(t, problems, document)
	return parsed.Operations[0]
}

func costOf(t *testing.T, document string) int {
	t.Helper()
	return cost.NewCounter(schema{}, limit, nil).Of(t.Context(), operationOf(t, document), nil)
}

func TestCost(t *testing.T) {
	cases := map[string]struct {
		document string
		cost     int
	}{
		"a field and its child":             {`{ one { name } }`, 2},
		"a list, by its size":               {`{ list(first: 10) { name } }`, 11},
		"aliases":                           {`{ a: one { name } b: one { name } }`, 4},
		"a fragment, wherever it is spread": {`{ one { ...F next { ...F } } } fragment F on Item { name }`, 4},
		"an inline fragment":                {`{ one { ... on Item { name } } }`, 2},
		"the most expensive of a type":      {`{ named { name } }`, 51},
		"exactly the limit":                 {`{ list(first: 999) { name } }`, limit},
		"one more":                          {`{ list(first: 1000) { name } }`, limit + 1},
		"more than an int holds":            {`{ list(first: 100000) ` + strings.Repeat(`{ list(first: 100000) `, 5) + `{ name }` + strings.Repeat(` }`, 6), limit + 1},
		"introspection of one type":         {`{ __type(name: "Item") { name } }`, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.cost, costOf(t, c.document))
		})
	}
}

// counted counts how often the cost functions are asked.
type counted struct {
	schema
	asked *int
}

func (c counted) Complexity(ctx context.Context, object, field string, child int, arguments map[string]any) (int, bool) {
	*c.asked++
	return c.schema.Complexity(ctx, object, field, child, arguments)
}

// Every field of a document is counted once, however often its fragment is spread.
func TestDoublingFragmentsAreCountedOnce(t *testing.T) {
	const levels = 60
	var document strings.Builder
	document.WriteString(`{ one { ...F0 } }`)
	for i := range levels {
		fmt.Fprintf(&document, ` fragment F%d on Item { ...F%d ...F%d }`, i, i+1, i+1)
	}
	fmt.Fprintf(&document, ` fragment F%d on Item { name }`, levels)
	asked := 0
	of := cost.NewCounter(counted{asked: &asked}, limit, nil).Of(t.Context(), operationOf(t, document.String()), nil)
	require.Equal(t, limit+1, of)
	require.Equal(t, 2, asked, "one and name")
}

// What a list has once doesn't cost more because its items are many, but it does where the list itself is an item.
func TestWhatAListHasOnce(t *testing.T) {
	once := cost.NewCounter(schema{}, limit, map[string]int{"Item.name": 100})
	for document, expected := range map[string]int{
		`{ list(first: 5) { name } }`:                           101,
		`{ list(first: 5) { ...F next { ...F } } } ` + fragment: 1 + 5*101 + 100,
		`{ one { name name } }`:                                 201,
		`{ a: one { name } b: one { name } }`:                   202,
	} {
		require.Equal(t, expected, once.Of(t.Context(), operationOf(t, document), nil), document)
	}
}

const fragment = `fragment F on Item { name }`

// A schema's types are a list too, with lists in it.
func TestIntrospectionCostsItsSize(t *testing.T) {
	types := len(definitions.Types)
	require.Equal(t, 1+1+types, costOf(t, `{ __schema { types { name } } }`))
	deep := `{ __schema { types { fields { type { possibleTypes { name description kind } } args { name type { name kind } } } } } }`
	require.Greater(t, costOf(t, deep), types)
}

// Below the limit, the cost is what gqlgen's own complexity would be.
func TestCostIsGqlgensComplexity(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		aliases := 0
		document := `query { one { ...F ...G } other: one { ...F } } fragment F on Item ` + fieldsOf(r, 3, &aliases) +
			` fragment G on Item ` + fieldsOf(r, 3, &aliases)
		operation := operationOf(r, document)
		expected := complexity.Calculate(t.Context(), schema{}, operation, nil)
		require.Equal(r, min(expected, limit+1), cost.NewCounter(schema{}, limit, nil).Of(t.Context(), operation, nil))
	})
}

// fieldsOf draws a selection of an Item. Each alias is one of its own, so that a document is valid whatever is drawn.
func fieldsOf(t *rapid.T, depth int, aliases *int) string {
	fields := []string{"name"}
	for range rapid.IntRange(0, min(depth, 3)).Draw(t, "fields") {
		*aliases++
		field := rapid.SampledFrom([]string{
			fmt.Sprintf("a%d: next ", *aliases),
			fmt.Sprintf("a%d: list(first: %d) ", *aliases, rapid.IntRange(0, 20).Draw(t, "first")),
			"... on Item ",
		}).Draw(t, "field")
		fields = append(fields, field+fieldsOf(t, depth-1, aliases))
	}
	return "{ " + strings.Join(fields, " ") + " }"
}
