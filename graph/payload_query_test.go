package graph_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"watchkeeper/internal/app"
)

// Every payload has the root of queries again, also beside userErrors.
func TestEveryPayloadHasAQuery(t *testing.T) {
	p := newStage(t).signUp("ada")
	for _, field := range rootFields() {
		if field.operation != ast.Mutation || field.role == "" {
			continue
		}
		document := strings.Replace(field.document(), "{ __typename }", "{ query { __typename signUpAllowed syncStatus { openConflicts } } }", 1)
		a := p.ask(document)
		require.Equal(t, "Query", a.text(field.Name+".query.__typename"), field.name)
		require.EqualValues(t, 0, a.at(field.Name+".query.syncStatus.openConflicts"), field.name)
	}
}

// The query of a payload reads what the mutation left, whatever was read before it.
func TestAPayloadsQueryReadsWhatTheMutationLeft(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	a := p.ask(`mutation($id: ID!) {
		first: updateWatch(id: $id, input: {city: "Reno"}) { query { watch(id: $id) { city } nodes(ids: [$id]) { ... on Watch { city } } } }
		second: archiveWatch(id: $id) { query { watches(filter: {status: ARCHIVED}) { totalCount nodes { id city } } syncStatus { linkedWatches } } }
		third: deleteWatch(id: $id) { deletedId query { watch(id: $id) { id } watches { totalCount } } }
	}`, vars{"id": id})
	require.Equal(t, "Reno", a.text("first.query.watch.city"))
	require.Equal(t, "Reno", a.text("first.query.nodes.0.city"))
	require.Equal(t, []string{id}, a.texts("second.query.watches.nodes.*.id"))
	require.EqualValues(t, 0, a.at("second.query.syncStatus.linkedWatches"))
	require.Nil(t, a.at("third.query.watch"))
	require.EqualValues(t, 0, a.at("third.query.watches.totalCount"))
}

// Whoever signs in reads as who they are then, and whoever signs out as nobody; the session's own rights are checked as ever.
func TestAPayloadsQueryIsWhoeverIsSignedInThen(t *testing.T) {
	s := newStage(t)
	ada := s.signUp("ada")
	ada.ask(`mutation { createWatch(input: {firstName: "A", lastName: "B"}) { watch { id } } }`)
	const signIn = `mutation { signIn(input: {email: "ada@firm.example", password: "a long password"}) {
		query { viewer { user { name } } watches { totalCount } } } }`
	in := s.nobody().ask(signIn)
	require.Equal(t, "ada", in.text("signIn.query.viewer.user.name"))
	require.EqualValues(t, 1, in.at("signIn.query.watches.totalCount"))
	refused := s.nobody().try(strings.Replace(signIn, "a long", "another", 1))
	require.Nil(t, refused.at("signIn.query.viewer"))
	require.Equal(t, "UNAUTHENTICATED", refused.code())

	out := ada.try(`mutation { signOut { query { viewer { id } watches { totalCount } } } }`)
	require.Equal(t, "UNAUTHENTICATED", out.code())
	require.Equal(t, []any{"signOut", "query", "watches"}, out.Errors[0].Path)
	require.Nil(t, out.at("signOut.query.viewer"))
}

// What a query costs at the root, it costs in a payload, and what is hidden there is hidden here.
func TestAPayloadsQueryIsLimitedAsAnyOther(t *testing.T) {
	p := newStage(t, with(func(o *app.Options) { o.HidesSchema = true })).signUp("ada")
	const costly = `watches(first: 100) { nodes { history(first: 100) { nodes { by { name } run { id status } } } } }
		other: watches(first: 100) { nodes { history(first: 100) { nodes { by { name } run { id status } } } } }`
	require.Equal(t, "QUERY_TOO_COMPLEX", p.try(`{ `+costly+` }`).code())
	require.Equal(t, "QUERY_TOO_COMPLEX", p.try(`mutation { signOut { query { `+costly+` } } }`).code())
	for _, hidden := range []string{
		`mutation { signOut { query { __schema { queryType { name } } } } }`,
		`mutation { signOut { ...F } } fragment F on SignOutPayload { query { ... on Query { __type(name: "Watch") { name } } } }`,
	} {
		require.Equal(t, "FORBIDDEN", p.try(hidden).code())
	}
	require.NotNil(t, p.ask(`{ viewer { id } }`).at("viewer"), "neither was executed")
}
