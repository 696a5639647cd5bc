package graph_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Watches come in the same order forward and backward, whatever they are ordered by, also where values are equal or missing.
func TestWatchesAreReadFromBothEnds(t *testing.T) {
	p := newStage(t).connected("ada")
	for i := range 5 {
		p.create(vars{"firstName": "Ana", "lastName": []string{"Rivera", "rivera", "Öz"}[i%3]})
		p.clock.Advance(time.Second)
	}
	for _, matter := range []string{"1001", "1002", "1003"} {
		p.imported(matter)
	}
	for _, field := range []string{"LAST_NAME", "CREATED_AT", "UPDATED_AT", "LAST_SYNCED_AT"} {
		var both [][]string
		for _, direction := range []string{"ASC", "DESC"} {
			order := fmt.Sprintf(`, orderBy: {field: %s, direction: %s}`, field, direction)
			ids := p.pages("watches", order, 3)
			require.Len(t, ids, 8)
			require.Equal(t, ids, p.pages("watches", order, 100))
			both = append(both, ids)
		}
		slices.Reverse(both[1])
		require.Equal(t, both[0], both[1], field)
	}
}

// The lists under watches and runs are read from their end too: for all of a page at once, and before a cursor.
func TestNestedListsAreReadFromTheirEnd(t *testing.T) {
	p := newStage(t).connected("ada")
	run := p.busyFirm(5)
	const lists = `
		query($run: ID!, $id: ID!, $results: String, $changes: String) {
			syncRun(id: $run) { all: results { nodes { id } edges { cursor } } last: results(last: 2) { nodes { id } pageInfo { hasPreviousPage } }
				before: results(last: 2, before: $results) { nodes { id } pageInfo { hasPreviousPage hasNextPage } } }
			watch(id: $id) { all: history { nodes { id } edges { cursor } } last: history(last: 2) { nodes { id } pageInfo { hasPreviousPage } }
				before: history(last: 2, before: $changes) { nodes { id } pageInfo { hasPreviousPage hasNextPage } } }
		}`
	id := p.ask(`{ watches(first: 1) { nodes { id } } }`).text("watches.nodes.0.id")
	whole := p.ask(lists, vars{"run": run, "id": id})
	cursors := vars{
		"run": run, "id": id, "results": whole.texts("syncRun.all.edges.*.cursor")[2], "changes": whole.texts("watch.all.edges.*.cursor")[2],
	}
	a := p.ask(lists, cursors)
	for _, list := range []string{"syncRun", "watch"} {
		all := a.texts(list + ".all.nodes.*.id")
		require.Equal(t, all[len(all)-2:], a.texts(list+".last.nodes.*.id"), list)
		require.Equal(t, true, a.at(list+".last.pageInfo.hasPreviousPage"), list)
		require.Equal(t, all[:2], a.texts(list+".before.nodes.*.id"), list)
		require.Equal(t, false, a.at(list+".before.pageInfo.hasPreviousPage"), list)
		require.Equal(t, true, a.at(list+".before.pageInfo.hasNextPage"), list)
	}
}

// What can't be combined is refused, and the schema's default of first isn't a first that was given.
func TestArgumentsOfListsThatCantBeCombined(t *testing.T) {
	p := newStage(t).connected("ada")
	run := p.busyFirm(2)
	lists := map[string]string{
		"watches": `{ list: watches(%s) { nodes { id } edges { cursor } } }`, "runs": `{ list: syncRuns(%s) { nodes { id } edges { cursor } } }`,
		"conflicts": `{ list: syncConflicts(%s) { nodes { id } edges { cursor } } }`,
		"results":   `{ syncRun(id: "` + run + `") { list: results(%s) { nodes { id } edges { cursor } } } }`,
		"histories": `{ watches(first: 1) { nodes { list: history(%s) { nodes { id } edges { cursor } } } } }`,
	}
	path := map[string]string{"results": "syncRun.list", "histories": "watches.nodes.0.list"}
	for name, list := range lists {
		at := path[name]
		if at == "" {
			at = "list"
		}
		cursor := p.ask(fmt.Sprintf(list, "first: 1")).text(at + ".edges.0.cursor")
		for _, refused := range []string{
			`first: 1, last: 1`, `last: 1, after: "` + cursor + `"`, `before: "` + cursor + `"`, `first: 1, before: "` + cursor + `"`,
			`last: 0`, `last: 101`, `last: 1, before: "nonsense"`,
		} {
			require.Equal(t, "BAD_USER_INPUT", p.try(fmt.Sprintf(list, refused)).code(), "%s(%s)", name, refused)
		}
		for _, served := range []string{`last: 1`, `first: null, last: 1`, `first: 1, last: null`, `last: 1, before: null, after: null`} {
			require.Len(t, p.ask(fmt.Sprintf(list, served)).at(at+".nodes"), 1, "%s(%s)", name, served)
		}
	}
	const variables = `query($first: Int, $last: Int) { watches(first: $first, last: $last) { nodes { id } } }`
	require.Len(t, p.ask(variables, vars{"last": 1}).at("watches.nodes"), 1)
	require.Len(t, p.ask(variables, vars{"first": nil, "last": 1}).at("watches.nodes"), 1)
	require.Equal(t, "BAD_USER_INPUT", p.try(variables, vars{"first": 1, "last": 1}).code())
}

// cost is what the operation cost.
func (a answer) cost() int {
	a.t.Helper()
	var extensions struct{ Cost struct{ Requested int } }
	require.NoError(a.t, json.Unmarshal(a.Extensions, &extensions))
	return extensions.Cost.Requested
}

// A list costs as many items as it can have, from whichever end it is read.
func TestTheLastItemsCostWhatTheFirstDo(t *testing.T) {
	p := newStage(t).signUp("ada")
	of := func(arguments string) int {
		return p.ask(`{ watches(` + arguments + `) { nodes { id history(` + arguments + `) { nodes { id } } } } }`).cost()
	}
	require.Equal(t, of(`first: 7`), of(`last: 7`))
	require.Less(t, of(`last: 7`), of(`last: 8`))
	nested := `{ watches(last: 100) { nodes { history(last: 100) { nodes { run { results(last: 100) { nodes { id } } } } } } } }`
	require.Equal(t, "QUERY_TOO_COMPLEX", p.try(nested).code())
}

// A history of some fields has only their changes, and cursors of its own.
func TestTheHistoryOfSomeFields(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	for _, city := range []string{"Reno", "Elko", "Ely"} {
		p.update(id, vars{"city": city, "middleName": city, "tags": []string{city}})
	}
	const query = `query($id: ID!, $fields: [WatchField!], $first: Int, $after: String) { watch(id: $id) {
		history(first: $first, after: $after, fields: $fields) { nodes { field after } edges { cursor } pageInfo { hasNextPage } } } }`
	first := p.ask(query, vars{"id": id, "fields": []string{"CITY", "TAGS"}, "first": 5})
	require.Equal(t, []string{"Ely", "Ely", "Elko", "Elko", "Reno"}, first.texts("watch.history.nodes.*.after"))
	require.ElementsMatch(t, []string{"CITY", "TAGS"}, first.texts("watch.history.nodes.*.field")[:2])
	cursor := first.text("watch.history.edges.3.cursor")
	next := p.ask(query, vars{"id": id, "fields": []string{"CITY", "TAGS"}, "after": cursor})
	require.Equal(t, "Reno", next.text("watch.history.nodes.0.after"))
	require.Len(t, next.at("watch.history.nodes"), 3, "and the city of the import")
	require.Equal(t, "BAD_USER_INPUT", p.try(query, vars{"id": id, "fields": []string{"CITY"}, "after": cursor}).code())
	require.Empty(t, p.ask(query, vars{"id": id, "fields": []string{}}).at("watch.history.nodes"))
	require.Equal(t, p.ask(query, vars{"id": id}).Data, p.ask(query, vars{"id": id, "fields": nil}).Data)
	require.Equal(t, "BAD_USER_INPUT", p.try(query, vars{"id": id, "fields": slices.Repeat([]string{"CITY"}, 51)}).code())
}
