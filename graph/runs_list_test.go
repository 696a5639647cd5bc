package graph_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
)

// pages returns the ids of a list, read page by page, forward and backward alike.
func (p *person) pages(list, arguments string, size int) []string {
	p.t.Helper()
	forward := p.pagesForward(list, arguments, size)
	require.Equal(p.t, forward, p.pagesBackward(list, arguments, size))
	return forward
}

func (p *person) pagesBackward(list, arguments string, last int) (ids []string) {
	p.t.Helper()
	query := `query($last: Int, $before: String) { list: ` + list + `(last: $last, before: $before` + arguments + `) {
		nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor } } }`
	var before any
	for {
		a := p.ask(query, vars{"last": last, "before": before})
		ids = append(a.texts("list.nodes.*.id"), ids...)
		require.Equal(p.t, before != nil, a.at("list.pageInfo.hasNextPage"))
		if a.at("list.pageInfo.hasPreviousPage") == false {
			break
		}
		before = a.text("list.pageInfo.startCursor")
	}
	if len(ids) == 0 {
		return nil
	}
	return ids
}

func (p *person) pagesForward(list, arguments string, first int) []string {
	p.t.Helper()
	query := `query($first: Int, $after: String) { list: ` + list + `(first: $first, after: $after` + arguments + `) {
		nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
	var ids []string
	var after any
	for {
		a := p.ask(query, vars{"first": first, "after": after})
		ids = append(ids, a.texts("list.nodes.*.id")...)
		require.Equal(p.t, after != nil, a.at("list.pageInfo.hasPreviousPage"))
		if cursors := a.texts("list.edges.*.cursor"); len(cursors) > 0 {
			require.Equal(p.t, cursors[0], a.text("list.pageInfo.startCursor"))
			require.Equal(p.t, cursors[len(cursors)-1], a.text("list.pageInfo.endCursor"))
		}
		if a.at("list.pageInfo.hasNextPage") == false {
			return ids
		}
		after = a.text("list.pageInfo.endCursor")
	}
}

// Runs are listed newest first, by any filter; each is found by its id too, as are its results.
func TestListingRuns(t *testing.T) {
	p := newStage(t).connected("ada")
	watch := p.imported("1001")
	wet := p.begin(false)
	p.execute(wet)
	dry := p.begin(true)
	single := p.ask(`mutation($id: ID!) { syncWatch(id: $id, dryRun: true) { run { id } } }`, vars{"id": watch}).text("syncWatch.run.id")

	round := func(id string) string {
		return p.ask(`query($id: ID!) { syncRun(id: $id) { roundId } }`, vars{"id": id}).text("syncRun.roundId")
	}
	require.Equal(t, []string{single, dry, wet}, p.pages("syncRuns", "", 2))
	for filter, want := range map[string][]string{
		`{}`: {single, dry, wet}, `{scopes: [WATCH]}`: {single}, `{scopes: []}`: nil, `{triggers: [MANUAL]}`: {single, dry, wet},
		`{triggers: [LOGIN, SCHEDULE]}`: nil, `{statuses: [QUEUED, RUNNING]}`: {dry}, `{dryRun: true}`: {single, dry},
		`{dryRun: false, statuses: [SUCCEEDED]}`: {wet}, `{roundId: "` + round(wet) + `"}`: {wet}, `{roundId: "` + wet + `"}`: nil,
		`{roundId: "` + round(wet) + `", dryRun: true}`: nil, `{roundId: "nonsense"}`: nil,
	} {
		require.Equal(t, want, p.pages("syncRuns", ", filter: "+filter, 1), filter)
	}
	run := p.ask(`query($id: ID!) { syncRun(id: $id) { id status trigger results { nodes { id outcome } } } }`, vars{"id": wet})
	require.Equal(t, run.at("syncRun"), p.ask(`query($id: ID!) { node(id: $id) { ... on SyncRun {
		id status trigger results { nodes { id outcome } } } } }`, vars{"id": wet}).at("node"))
	result := run.at("syncRun.results.nodes.0")
	require.Equal(t, result, p.ask(`query($id: ID!) { node(id: $id) { ... on WatchSyncResult { id outcome } } }`,
		vars{"id": run.text("syncRun.results.nodes.0.id")}).at("node"))

	cursor := p.ask(`{ syncRuns(first: 1) { pageInfo { endCursor } } }`).text("syncRuns.pageInfo.endCursor")
	for _, bad := range []string{`first: 0`, `first: 101`, `after: "x"`, `after: "` + cursor + `", filter: {dryRun: true}`} {
		require.Equal(t, "BAD_USER_INPUT", p.try(`{ syncRuns(`+bad+`) { nodes { id } } }`).code(), bad)
		require.Equal(t, "BAD_USER_INPUT", p.try(`{ syncRuns { nodes { results(`+strings.ReplaceAll(bad, "filter: {dryRun: true}", "identityChanged: true")+`) { nodes { id } } } } }`).code(), bad)
	}
}

// A run's results are in the order in which its watches were chosen, by any condition.
func TestListingResults(t *testing.T) {
	p := newStage(t).connected("ada")
	run := p.busyFirm(25)
	read := func(conditions, more string) answer {
		return p.ask(`query($id: ID!) { syncRun(id: $id) { results(`+conditions+`) { totalCount nodes { id `+more+` } pageInfo { endCursor } } } }`, vars{"id": run})
	}
	all := read("first: 100", "")
	ids := all.texts("syncRun.results.nodes.*.id")
	page := read("first: 10", "")
	next := read(`first: 100, after: "`+page.text("syncRun.results.pageInfo.endCursor")+`"`, "")
	require.Equal(t, ids, append(page.texts("syncRun.results.nodes.*.id"), next.texts("syncRun.results.nodes.*.id")...))
	require.EqualValues(t, len(ids), page.at("syncRun.results.totalCount"))
	for conditions, want := range map[string]int{
		`outcomes: [UPDATED]`: len(ids), `outcomes: [MISSING, FAILED]`: 0, `decisions: [CONFLICT]`: len(ids), `decisions: [OVERWROTE_LOCAL]`: 0,
		`identityChanged: true`: 0, `identityChanged: false, outcomes: [UPDATED], decisions: [HELD, CONFLICT]`: len(ids),
	} {
		require.EqualValues(t, want, read(conditions, "").at("syncRun.results.totalCount"), conditions)
	}
}

// Open conflicts are listed newest first, for the firm and for one watch, and found by id until they close.
func TestListingConflicts(t *testing.T) {
	p := newStage(t).connected("ada")
	p.busyFirm(25)
	watches := p.ask(`{ watches { totalCount } }`).at("watches.totalCount")
	all := p.pages("syncConflicts", "", 7)
	require.EqualValues(t, watches, len(all))
	first := p.ask(`{ syncConflicts(first: 1) { totalCount nodes { id field local clio watch { id conflicts { id } } } } }`)
	require.Equal(t, watches, first.at("syncConflicts.totalCount"))
	require.Equal(t, "ours", first.text("syncConflicts.nodes.0.local"))
	require.Equal(t, "theirs", first.text("syncConflicts.nodes.0.clio"))
	watch := first.text("syncConflicts.nodes.0.watch.id")
	require.Equal(t, all[:1], p.pages("syncConflicts", `, watchId: "`+watch+`"`, 50))
	require.Equal(t, all[:1], first.texts("syncConflicts.nodes.0.watch.conflicts.*.id"))
	require.Empty(t, p.pages("syncConflicts", `, watchId: "nobody"`, 50))
	require.EqualValues(t, 0, p.ask(`{ syncConflicts(watchId: "nobody") { totalCount } }`).at("syncConflicts.totalCount"))
	with := p.ask(`{ yes: watches(filter: {hasConflicts: true}) { totalCount } no: watches(filter: {hasConflicts: false}) { totalCount } }`)
	require.Equal(t, watches, with.at("yes.totalCount"))
	require.EqualValues(t, 0, with.at("no.totalCount"))

	read := func() any {
		return p.ask(`query($id: ID!) { node(id: $id) { ... on SyncConflict { id field watch { id } } } }`, vars{"id": all[0]}).at("node")
	}
	require.NotNil(t, read())
	resolved := p.ask(`mutation($ids: [ID!]!) { resolveSyncConflicts(ids: $ids, resolution: CLIO) {
		resolvedIds watches { id caseNumber conflicts { id } } userErrors { code path } } }`, vars{"ids": []string{all[0], "gone"}})
	require.Equal(t, all[:1], resolved.texts("resolveSyncConflicts.resolvedIds.*"))
	require.Equal(t, "theirs", resolved.text("resolveSyncConflicts.watches.0.caseNumber"))
	require.Empty(t, resolved.at("resolveSyncConflicts.watches.0.conflicts"))
	require.Equal(t, []string{"CONFLICT"}, resolved.texts("resolveSyncConflicts.userErrors.*.code"))
	require.Nil(t, read())
}

// When a watch is deleted after its conflicts were read, the page lacks its conflicts and no others.
func TestAWatchIsDeletedWhileConflictsAreListed(t *testing.T) {
	p := newStage(t, onFresh).connected("ada")
	p.busyFirm(3)
	all := p.ask(`{ syncConflicts { nodes { id watch { id } } } }`)
	ids, watches := all.texts("syncConflicts.nodes.*.id"), all.texts("syncConflicts.nodes.*.watch.id")
	for _, statement := range []string{ // the state between the two reads
		"ALTER TABLE sync_conflicts DROP CONSTRAINT sync_conflicts_firm_id_watch_id_fkey",
		"DELETE FROM watches WHERE id = '" + watches[1] + "'",
	} {
		_, err := p.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), statement)
		require.NoError(t, err)
	}
	require.Equal(t, []string{ids[0], ids[2]}, p.pages("syncConflicts", "", 1))
	a := p.ask(`{ syncConflicts { nodes { watch { id } } edges { node { id watch { conflicts { watch { id } } } } } } }`)
	require.Equal(t, []string{watches[0], watches[2]}, a.texts("syncConflicts.nodes.*.watch.id"))
	require.Equal(t, []string{ids[0], ids[2]}, a.texts("syncConflicts.edges.*.node.id"))
	require.Equal(t, watches[0], a.text("syncConflicts.edges.0.node.watch.conflicts.0.watch.id"))
}

// A mutation sees what those before it in the same operation changed.
func TestMutationsOfOneOperationReadAnew(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	a := p.ask(`mutation($id: ID!) {
		one: updateWatch(id: $id, input: {city: "Reno"}) { watch { history(first: 1) { nodes { after } } } }
		two: updateWatch(id: $id, input: {city: "Elko"}) { watch { history(first: 1) { nodes { before after cause by { name } } } } }
	}`, vars{"id": id})
	require.Equal(t, "Reno", a.text("one.watch.history.nodes.0.after"))
	require.Equal(t, map[string]any{"before": "Reno", "after": "Elko", "cause": "EDIT", "by": map[string]any{"name": "ada"}},
		a.at("two.watch.history.nodes.0"))
}
