package graph_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/stretchr/testify/require"
)

// doubling is a document of fragments each of which spreads the next one twice, and the last one selects fields.
func doubling(levels int, fields string) string {
	var document strings.Builder
	document.WriteString(`{ ...F0 }`)
	for i := range levels {
		fmt.Fprintf(&document, ` fragment F%d on Query { ...F%d ...F%d }`, i, i+1, i+1)
	}
	fmt.Fprintf(&document, ` fragment F%d on Query { %s }`, levels, fields)
	return document.String()
}

// Counting the cost of a document takes no longer than reading it, and no product overflows.
func TestWhatDoublesIsRefused(t *testing.T) {
	s := newStage(t)
	var fields strings.Builder
	for i := range 100 {
		fmt.Fprintf(&fields, ` f%d: fields { ...F }`, i)
	}
	cases := map[string]string{
		"fragments": doubling(60, `signUpAllowed`),
		"a product that no int holds": `{ watches(first: 100) { nodes {` +
			strings.Repeat(` history(first: 100) { nodes { run { results(first: 100) { nodes { watch {`, 5) + ` id` +
			strings.Repeat(` } } } } } }`, 5) + ` } } }`,
		"introspection": `{ __schema { types { ` + fields.String() + ` } } }
			fragment F on __Field { name description args { name type { name enumValues { name description } } } type { kind name } }`,
	}
	for name, document := range cases {
		t.Run(name, func(t *testing.T) {
			refused := s.nobody().try(document)
			require.Equal(t, "QUERY_TOO_COMPLEX", refused.code())
			require.Equal(t, http.StatusOK, refused.status)
		})
	}
	require.Empty(t, s.nobody().try(doubling(10, `signUpAllowed`)).Errors, "it is the cost that counts")
	require.Empty(t, s.nobody().try(introspection.Query).Errors, "what every tool sends is served")
}

// Validation compares every field of a selection with every other: a document with too many isn't validated.
func TestDocumentsAreBoundedBeforeTheyAreValidated(t *testing.T) {
	s := newStage(t)
	aliases := func(count int) string {
		var fields strings.Builder
		for i := range count {
			fmt.Fprintf(&fields, ` a%d: __typename`, i)
		}
		return fields.String()
	}
	cases := map[string]struct{ document, code string }{
		"root fields":                    {`{` + strings.Repeat(` __typename`, 51) + ` }`, "QUERY_TOO_COMPLEX"},
		"fields of a selection":          {`{ viewer {` + strings.Repeat(` __typename`, 251) + ` } }`, "QUERY_TOO_COMPLEX"},
		"fields of a fragment":           {`{ ...F } fragment F on Query {` + strings.Repeat(` __typename`, 251) + ` }`, "QUERY_TOO_COMPLEX"},
		"fields of an inline fragment":   {`{ ... on Query {` + strings.Repeat(` __typename`, 251) + ` } }`, "QUERY_TOO_COMPLEX"},
		"aliases":                        {`{ viewer {` + aliases(100) + `} ...F } fragment F on Query {` + aliases(51) + ` }`, "QUERY_TOO_COMPLEX"},
		"unknown fields":                 {`{ viewer {` + strings.Repeat(` unknown`, 251) + ` } }`, "QUERY_TOO_COMPLEX"},
		"tokens":                         {`{ viewer {` + strings.Repeat(` user { id }`, 500) + ` } }`, "GRAPHQL_PARSE_FAILED"},
		"as many as there may be":        {`{` + strings.Repeat(` __typename`, 50) + ` }`, ""},
		"as many aliases as may be":      {`{ ...F ...G } fragment F on Query {` + aliases(150) + `} fragment G on Query { __typename }`, ""},
		"as many fields as there may be": {`{ ...F } fragment F on Query {` + strings.Repeat(` __typename`, 250) + ` }`, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			for range 2 { // the second time out of the cache
				a := s.nobody().try(c.document)
				if c.code == "" {
					require.Empty(t, a.Errors)
					continue
				}
				require.Equal(t, c.code, a.code())
			}
		})
	}
}

// A filter is refused by its length before anything is done with its values.
func TestFiltersAreBounded(t *testing.T) {
	p := newStage(t).connected("ada")
	many := func(value string) []string { return slices.Repeat([]string{value}, 100_000) }
	words := strings.Repeat("a ", 100_000)
	cases := map[string]struct {
		document string
		value    any
	}{
		"search":         {`query($v: String) { watches(filter: {search: $v}) { totalCount } }`, words},
		"assignedTo":     {`query($v: String) { watches(filter: {assignedTo: $v}) { totalCount } }`, words},
		"tags":           {`query($v: [String!]) { watches(filter: {tags: $v}) { totalCount } }`, many("a")},
		"priorityLevels": {`query($v: [PriorityLevel!]) { watches(filter: {priorityLevels: $v}) { totalCount } }`, many("HIGH")},
		"caseTypes":      {`query($v: [CaseType!]) { watches(filter: {caseTypes: $v}) { totalCount } }`, many("PROBATE")[:50_000]},
		"search in Clio": {`query($v: String) { clioMatters(filter: {search: $v}) { nodes { id } } }`, words},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, "BAD_USER_INPUT", p.try(c.document, vars{"v": c.value}).code())
		})
	}
	p.imported("1001")
	run := p.begin(false)
	for _, argument := range []string{`outcomes: [` + strings.Repeat("UPDATED ", 51) + `]`, `decisions: [` + strings.Repeat("UPDATED ", 51) + `]`} {
		document := `query($id: ID!) { syncRun(id: $id) { results(` + argument + `) { totalCount } } }`
		require.Equal(t, "BAD_USER_INPUT", p.try(document, vars{"id": run}).code())
	}
	require.Empty(t, p.try(`{ watches(filter: {search: "`+strings.Repeat("a ", 100)+`"}) { totalCount } }`).Errors)
}

func TestTagsAreBoundedBeforeTheyAreCleaned(t *testing.T) {
	p := newStage(t).signUp("ada")
	const create = `mutation($tags: [String!]) { createWatch(input: {firstName: "A", lastName: "B", tags: $tags}) {
		watch { tags } userErrors { code path } } }`
	refused := p.ask(create, vars{"tags": slices.Repeat([]string{"a"}, 50_000)})
	require.Equal(t, "INVALID", refused.text("createWatch.userErrors.0.code"))
	require.Nil(t, refused.at("createWatch.watch"))
	require.Len(t, p.ask(create, vars{"tags": slices.Repeat([]string{"a"}, 500)}).at("createWatch.watch.tags"), 1)
}

func TestErrorsAreBounded(t *testing.T) {
	s := newStage(t)
	var unknown, refused strings.Builder
	for i := range 40 {
		fmt.Fprintf(&unknown, ` unknown%d`, i)
		fmt.Fprintf(&refused, ` a%d: watches { totalCount }`, i)
	}
	require.Len(t, s.nobody().try(`{`+unknown.String()+`}`).Errors, 20, "of validation")
	require.Len(t, s.nobody().try(`{`+refused.String()+`}`).Errors, 20, "of execution")
}

// Clients of automatic persisted queries send the hash first, and the document when they are told that it isn't kept.
func TestPersistedQueriesAreRefusedAsClientsExpect(t *testing.T) {
	s := newStage(t)
	for _, body := range []string{
		`{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "00"}}}`,
		`{"query": "", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "00"}}}`,
	} {
		response, err := http.Post(s.address+"/graphql", "application/json", strings.NewReader(body))
		require.NoError(t, err)
		text, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		require.Equal(t, http.StatusOK, response.StatusCode)
		require.JSONEq(t, `{"errors": [{"message": "PersistedQueryNotSupported",
			"extensions": {"code": "PERSISTED_QUERY_NOT_SUPPORTED", "requestId": "`+response.Header.Get("X-Request-Id")+`"}}]}`, string(text))
	}
}
