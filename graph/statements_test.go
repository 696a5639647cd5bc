package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/app"
	"watchkeeper/internal/sandbox"
)

// A page with everything nested needs the same few statements, however many items it has.
func TestAPageCostsAFixedNumberOfStatements(t *testing.T) {
	p := newStage(t).connected("ada")
	run := p.busyFirm(25)
	p.syncEach(20)
	const hangsOnAWatch = everythingOfAWatch + `
		fragment more on Watch {
			conflicts { id field local clio watch { id } }
			history(first: 20) { nodes { id field by { name } run { id requestedBy { name } } } edges { node { by { email } } } }
		}`
	cases := map[string]struct {
		query, path string
		statements  int
	}{
		"who asks, watches, count": {`query($first: Int) { list: watches(first: $first) {
			totalCount nodes { ...w } edges { cursor node { ...w } } pageInfo { hasNextPage endCursor } } }` + everythingOfAWatch, "list.nodes", 3},
		"who asks, watches with conflicts; histories, people, runs": {`query($first: Int) { list: watches(first: $first) {
			nodes { ...w ...more } edges { node { ...w ...more } } } }` + hangsOnAWatch, "list.nodes", 5},
		"who asks, run, results, count; watches with conflicts, histories, people, runs": {`query($first: Int, $run: ID!) { syncRun(id: $run) {
			list: results(first: $first) { totalCount nodes { watch { ...w ...more } } edges { node { watch { ...w ...more } } } } } }` +
			hangsOnAWatch, "syncRun.list.nodes", 8},
		"who asks, runs; people": {`query($first: Int) { list: syncRuns(first: $first) {
			nodes { requestedBy { name } undoneBy { name } } edges { node { requestedBy { name } } } } }`, "list.nodes", 3},
		"who asks, runs; results, counts, people, watches": {`query($first: Int) { list: syncRuns(first: $first, filter: {scopes: [ALL]}) {
			nodes { requestedBy { name } results(first: 10) { totalCount nodes { id watch { id } } pageInfo { hasNextPage } } }
			edges { node { results(first: 10) { nodes { id watch { id } } } } } } }`, "list.nodes", 6},
		"who asks, runs; results in two ways, counts in one": {`query($first: Int) { list: syncRuns(first: $first) {
			nodes { one: results(first: 10) { nodes { id } } two: results(outcomes: [UPDATED]) { totalCount nodes { id } } } } }`, "list.nodes", 5},
		"who asks, watches; histories, runs, results, counts": {`query($first: Int) { list: watches(first: $first) {
			nodes { history(first: 5) { nodes { run { results(first: 10) { totalCount nodes { id outcome } } } } } } } }`, "list.nodes", 6},
		"who asks, conflicts, count; watches with conflicts": {`query($first: Int) { list: syncConflicts(first: $first) {
			totalCount nodes { watch { ...w conflicts { id } } } } }` + everythingOfAWatch, "list.nodes", 4},
		"who asks, watches with conflicts; last edits, people": {`query($first: Int) { list: watches(first: $first) { nodes {
			syncedFields { editedAt editedBy { name } } conflicts { editedAt editedBy { email } } } } }`, "list.nodes", 4},
		"who asks, conflicts, watches; last edits, people": {`query($first: Int) { list: syncConflicts(first: $first) { nodes {
			editedAt editedBy { name } } } }`, "list.nodes", 5},
	}
	for name, c := range cases {
		for _, first := range []int{1, 20} {
			p.sql.Reset()
			a := p.ask(c.query, vars{"first": first, "run": run})
			require.Equal(t, c.statements, p.sql.Count(), "%s:\n%s", name, strings.Join(p.sql.Statements(), "\n"))
			require.Len(t, a.at(c.path), first)
		}
	}
	for query, statements := range map[string]int{
		`{ watches { nodes { id } } }`: 2, // nothing is counted unless it is asked for
		`{ watches(orderBy: {field: LAST_SYNCED_AT, direction: DESC}) { nodes { clioLink { matterId } conflicts { id } } } }`: 2,
		`{ syncedRun: syncRun(id: "` + run + `") { status } }`:                                                                2,
	} {
		p.sql.Reset()
		p.ask(query)
		require.Equal(t, statements, p.sql.Count(), "%s:\n%s", query, strings.Join(p.sql.Statements(), "\n"))
	}
	id := p.ask(`{ watches { nodes { id } } }`).text("watches.nodes.0.id")
	p.sql.Reset()
	p.ask(`query($id: ID!) { watch(id: $id) { ...w } }`+everythingOfAWatch, vars{"id": id})
	require.Equal(t, 2, p.sql.Count(), strings.Join(p.sql.Statements(), "\n"))
}

// A server remembers for a moment who asks: what is left is one statement for a watch with its conflicts, and one for a page of them.
func TestARememberedSessionCostsNoStatement(t *testing.T) {
	s := newStage(t, with(func(options *app.Options) { options.CacheSessions = time.Minute }))
	s.waitForListener()
	p := s.connected("ada")
	p.busyFirm(3)
	id := p.ask(`{ watches { nodes { id } } }`).text("watches.nodes.0.id")
	more := everythingOfAWatch + ` fragment more on Watch { conflicts { id field local clio detectedAt watch { id } } }`
	require.NotEmpty(t, p.ask(`query($id: ID!) { watch(id: $id) { ...w ...more } }`+more, vars{"id": id}).at("watch.conflicts"))
	for query, statements := range map[string]int{
		`{ viewer { user { name } firm { name } } }`:                 0,
		`query($id: ID!) { watch(id: $id) { id } }`:                  1,
		`query($id: ID!) { watch(id: $id) { ...w ...more } }` + more: 1,
		`{ watches(first: 3) { nodes { ...w ...more } } }` + more:    1,
	} {
		p.sql.Reset()
		p.ask(query, vars{"id": id})
		require.Equal(t, statements, p.sql.Count(), "%s:\n%s", query, strings.Join(p.sql.Statements(), "\n"))
	}
}

// syncEach changes so many matters in Clio, each followed by a run of its own.
func (p *person) syncEach(watches int) {
	p.t.Helper()
	for _, matter := range p.clio.Matters()[:watches] {
		require.NoError(p.t, p.clio.EditMatter(matter.ID, func(m *sandbox.Matter) { m.OpenDate = new("2026-02-03") }))
	}
	p.clock.Advance(time.Second)
	for _, id := range p.ask(`query($first: Int) { watches(first: $first) { nodes { id } } }`, vars{"first": watches}).texts("watches.nodes.*.id") {
		p.sync(id)
	}
}

// busyFirm imports so many matters, and makes a run that changes each watch and leaves a conflict on it. It returns the
// run; nineteen others follow.
func (p *person) busyFirm(watches int) (run string) {
	p.t.Helper()
	var ids []string
	for _, matter := range p.clio.Matters()[:watches] {
		ids = append(ids, fmt.Sprint(matter.ID))
	}
	p.ask(`mutation { updateSyncSettings(input: {conflictResolution: ASK}) { userErrors { code } } }`)
	imported := p.ask(importMatters, vars{"ids": ids}).texts("importMatters.results.*.watch.id")
	var edits strings.Builder
	for i, id := range imported {
		fmt.Fprintf(&edits, "m%d: updateWatch(id: %q, input: {caseNumber: \"ours\"}) { userErrors { code } }\n", i, id)
	}
	p.ask(`mutation { ` + edits.String() + ` }`)
	for _, matter := range p.clio.Matters()[:watches] {
		require.NoError(p.t, p.clio.EditMatter(matter.ID, func(m *sandbox.Matter) {
			m.DisplayNumber, m.OpenDate = new("theirs"), new("2026-01-02")
		}))
	}
	p.clock.Advance(time.Second)
	run = p.begin(false)
	p.execute(run)
	for range 19 {
		p.execute(p.begin(true))
	}
	return run
}

// Who asks, the watch; the connection, the limit; one transaction: the rules with the lock, the link, and all that changes; and the watch again.
func TestASyncCostsAFixedNumberOfStatements(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	p.sql.Reset()
	p.sync(id)
	require.LessOrEqual(t, p.ourStatements(), 8, strings.Join(p.sql.Statements(), "\n"))
}

// Besides BEGIN and COMMIT: who asks, the lock with what is read under it, and all writes.
func TestAnUpdateCostsThreeStatements(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	p.sql.Reset()
	p.ask(`mutation($id: ID!) { updateWatch(id: $id, input: {city: "Tampa"}) { watch { id city clioLink { matterId } } userErrors { code } } }`, vars{"id": id})
	require.LessOrEqual(t, p.ourStatements(), 3, strings.Join(p.sql.Statements(), "\n"))
}

// Who asks, the counts with the settings, and the last runs. A schedule is shown as the connection to Clio has it: one more.
func TestTheStatusCostsThreeStatements(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(3)
	p.syncAll()
	for want, settings := range map[int]vars{3: {"autoSyncEnabled": false}, 4: {"autoSyncEnabled": true}} {
		p.set(settings)
		p.sql.Reset()
		p.ask(`{ syncStatus { ` + countsOfTheStatus + ` oldestSyncedAt nextSyncAt currentRun { id status } lastRun { id status } } }`)
		require.Equal(t, want, p.sql.Count(), strings.Join(p.sql.Statements(), "\n"))
	}
}
