package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const nodesByID = `query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`

// nodes finds whatever node finds: in the order of the ids, each as often as it is asked for, and null for what isn't there.
func TestManyObjectsAreFoundByTheirIDs(t *testing.T) {
	s := newStage(t)
	p, stranger := s.connected("ada"), s.signUp("bob")
	run := p.busyFirm(2)
	of := func(query, path string) []string { return p.ask(query, vars{"run": run}).texts(path) }
	ids := slices.Concat(
		of(`{ watches { nodes { id history(first: 2) { nodes { id } } } } }`, "watches.nodes.*.id"),
		of(`{ syncConflicts { nodes { id } } }`, "syncConflicts.nodes.*.id"),
		of(`query($run: ID!) { syncRun(id: $run) { results { nodes { id } } } }`, "syncRun.results.nodes.*.id"),
		of(`{ watches(first: 1) { nodes { history(first: 2) { nodes { id } } } } }`, "watches.nodes.0.history.nodes.*.id"),
		of(`{ clioMatters(first: 2) { nodes { id } } }`, "clioMatters.nodes.*.id"),
		of(`{ caseTypeMappings { id } }`, "caseTypeMappings.*.id")[:2],
	)
	one := p.ask(`{ viewer { user { id } firm { id } } syncStatus { id } syncSettings { id } clioIntegration { id } }`)
	for _, path := range []string{"viewer.user.id", "viewer.firm.id", "syncStatus.id", "syncSettings.id", "clioIntegration.id"} {
		ids = append(ids, one.text(path))
	}
	ids = append(ids, run, ids[0])
	slices.Reverse(ids)

	require.Equal(t, ids, p.ask(nodesByID, vars{"ids": ids}).texts("nodes.*.id"))
	unknown := "watch_" + strings.Repeat("0", 26)
	for i, id := range ids {
		require.Equal(t, []any{nil, p.ask(`query($id: ID!) { node(id: $id) { __typename id } }`, vars{"id": id}).at("node")},
			p.ask(nodesByID, vars{"ids": []string{unknown, id}}).at("nodes"), i)
	}
	for _, found := range stranger.ask(nodesByID, vars{"ids": ids}).at("nodes").([]any) {
		require.Nil(t, found, "another firm's")
	}
	require.Equal(t, []any{nil, nil}, p.ask(nodesByID, vars{"ids": []string{"", "nonsense"}}).at("nodes"))
	require.Empty(t, p.ask(nodesByID, vars{"ids": []string{}}).at("nodes"))
}

func TestNodesAreBounded(t *testing.T) {
	p := newStage(t).signUp("ada")
	require.Len(t, p.ask(nodesByID, vars{"ids": slices.Repeat([]string{"nonsense"}, 100)}).at("nodes"), 100)
	require.Equal(t, "BAD_USER_INPUT", p.try(nodesByID, vars{"ids": slices.Repeat([]string{"nonsense"}, 101)}).code())
	require.Equal(t, "BAD_USER_INPUT", p.try(nodesByID, vars{"ids": slices.Repeat([]string{"nonsense"}, 20_000)}).code())
}

// What can't be read leaves the others alone.
func TestANodeThatFailsIsReportedAtItsPlace(t *testing.T) {
	p := newStage(t).connected("ada")
	watch := p.imported("1001")
	matters := p.ask(`{ clioMatters(first: 2) { nodes { id } } }`).texts("clioMatters.nodes.*.id")
	p.ask(`mutation { disconnectClio { userErrors { code } } }`)
	a := p.try(nodesByID, vars{"ids": []string{watch, matters[0], watch, matters[1]}})
	require.Equal(t, []string{watch, "", watch, ""}, a.texts("nodes.*.id"))
	require.Len(t, a.Errors, 2)
	require.Equal(t, "CLIO_NOT_CONNECTED", a.code())
	require.Equal(t, []any{"nodes", 1.0}, a.Errors[0].Path)
	require.Equal(t, []any{"nodes", 3.0}, a.Errors[1].Path)
}

// Objects of one kind are read at once, matters of Clio's too.
func TestManyNodesCostFewStatements(t *testing.T) {
	p := newStage(t).connected("ada")
	p.busyFirm(10)
	ids := p.ask(`{ watches { nodes { id } } syncRuns { nodes { id } } }`)
	matters := p.ask(`{ clioMatters(first: 10) { nodes { id } } }`).texts("clioMatters.nodes.*.id")
	for _, count := range []int{1, 10} {
		p.sql.Reset()
		p.clio.ResetRequests()
		p.ask(nodesByID, vars{"ids": slices.Concat(ids.texts("watches.nodes.*.id")[:count], ids.texts("syncRuns.nodes.*.id")[:count])})
		require.Equal(t, 3, p.sql.Count(), "who asks, watches, runs:\n%s", strings.Join(p.sql.Statements(), "\n"))
		p.ask(nodesByID, vars{"ids": matters[:count]})
		require.Len(t, p.clio.Requests(), 2)
	}
}
