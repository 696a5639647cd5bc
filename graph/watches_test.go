package graph_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// create creates a watch without a link and returns its id.
func (p *person) create(input vars) string {
	p.t.Helper()
	a := p.ask(`mutation($input: CreateWatchInput!) { createWatch(input: $input) { watch { id } userErrors { code path message } } }`,
		vars{"input": input})
	require.Empty(p.t, a.at("createWatch.userErrors"))
	return a.text("createWatch.watch.id")
}

// update edits a watch and returns the response.
func (p *person) update(id string, input vars, ifVersion ...string) answer {
	p.t.Helper()
	variables := vars{"id": id, "input": input}
	if len(ifVersion) > 0 {
		variables["version"] = ifVersion[0]
	}
	return p.ask(`mutation($id: ID!, $input: UpdateWatchInput!, $version: String) {
		updateWatch(id: $id, input: $input, ifVersion: $version) { watch { ...w } userErrors { code path message } }
	}`+everythingOfAWatch, variables)
}

func (p *person) watch(id string) answer {
	p.t.Helper()
	return p.ask(`query($id: ID!) { watch(id: $id) { ...w } }`+everythingOfAWatch, vars{"id": id})
}

func TestCreatingAWatch(t *testing.T) {
	p := newStage(t).signUp("ada")
	id := p.create(vars{
		"firstName": " José\u00a0 María", "lastName": "Peña", "state": "tex.", "tags": []string{"VIP", "vip"},
		"internalNotes": "a\n\n  b", "dateOfBirth": "1955-01-08",
	})
	w := p.watch(id)
	require.Equal(t, "José María", w.text("watch.firstName"))
	require.Equal(t, "TX", w.text("watch.state"))
	require.Equal(t, []string{"VIP"}, w.texts("watch.tags.*"))
	require.Equal(t, "a\n\n  b", w.text("watch.internalNotes"))
	require.Equal(t, "NORMAL", w.text("watch.priorityLevel"))
	require.Equal(t, "ACTIVE", w.text("watch.status"))
	require.Nil(t, w.at("watch.clioLink"))
	require.Empty(t, w.at("watch.syncedFields"))
	require.Equal(t, "2026-11-23T12:00:00Z", w.text("watch.createdAt"))
	require.Equal(t, w.Data, p.ask(`query($id: ID!) { watch: node(id: $id) { ...w } }`+everythingOfAWatch, vars{"id": id}).Data)

	bad := p.ask(`mutation { createWatch(input: {firstName: " ", lastName: "n/a", dateOfBirth: "2030-01-01"}) { watch { id } userErrors { code path } } }`)
	require.Nil(t, bad.at("createWatch.watch"))
	require.Equal(t, []string{"firstName", "lastName", "dateOfBirth"}, bad.texts("createWatch.userErrors.*.path.1"))
}

func TestUpdatingAWatch(t *testing.T) {
	s := newStage(t)
	p := s.signUp("ada")
	id := p.create(vars{"firstName": "Ana", "lastName": "Rivera", "city": "Tampa", "tags": []string{"a"}, "priorityLevel": "HIGH"})
	s.clock.Advance(time.Hour)

	a := p.update(id, vars{"city": nil, "tags": nil, "middleName": "M."})
	require.Nil(t, a.at("updateWatch.watch.city"), "null clears")
	require.Empty(t, a.at("updateWatch.watch.tags"))
	require.Equal(t, "HIGH", a.text("updateWatch.watch.priorityLevel"), "absent is left alone")
	require.Equal(t, "2026-11-23T13:00:00Z", a.text("updateWatch.watch.updatedAt"))

	a = p.update(id, vars{"firstName": nil, "priorityLevel": nil, "city": "Miami"})
	require.Equal(t, []string{"INVALID", "INVALID"}, a.texts("updateWatch.userErrors.*.code"))
	require.Nil(t, p.watch(id).at("watch.city"), "nothing is half written")
}

func TestUpdatingBehindSomebodysBack(t *testing.T) {
	p := newStage(t).signUp("ada")
	id := p.create(vars{"firstName": "Ana", "lastName": "Rivera"})
	version := p.watch(id).text("watch.version")
	require.Empty(t, p.update(id, vars{"city": "Tampa"}, version).at("updateWatch.userErrors"))
	a := p.update(id, vars{"city": "Miami"}, version)
	require.Equal(t, "CONFLICT", a.text("updateWatch.userErrors.0.code"))
	require.Equal(t, "Tampa", a.text("updateWatch.watch.city"), "what is there now is shown beside the error")
}

func TestArchivedWatchesAreFrozen(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	archive := `mutation($id: ID!) { archiveWatch(id: $id) { watch { status version } userErrors { code } } }`
	first := p.ask(archive, vars{"id": id})
	require.Equal(t, "ARCHIVED", first.text("archiveWatch.watch.status"))
	require.Equal(t, first.Data, p.ask(archive, vars{"id": id}).Data, "archiving again is no error, and changes nothing")

	require.Equal(t, "ARCHIVED", p.update(id, vars{"city": "Miami"}).text("updateWatch.userErrors.0.code"))
	for _, mutation := range []string{
		`syncWatch(id: $id)`, `takeClioValues(watchId: $id, fields: [CITY])`, `confirmClioClient(watchId: $id, contactId: "1")`,
	} {
		a := p.ask(`mutation($id: ID!) { m: `+mutation+` { watch { status } userErrors { code } } }`, vars{"id": id})
		require.Equal(t, "ARCHIVED", a.text("m.userErrors.0.code"), mutation)
	}
	require.Empty(t, p.clio.Requests()[2:], "Clio wasn't asked for a frozen watch")
	a := p.ask(`mutation($id: ID!) { unarchiveWatch(id: $id) { watch { status } userErrors { code } } }`, vars{"id": id})
	require.Equal(t, "ACTIVE", a.text("unarchiveWatch.watch.status"))
}

func TestDeletingAndUnlinkingFreeTheMatter(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	synced := p.watch(id).text("watch.lastSyncedAt")
	a := p.ask(`mutation($id: ID!) { unlinkWatch(id: $id) { watch { ...w } userErrors { code } } }`+everythingOfAWatch, vars{"id": id})
	require.Nil(t, a.at("unlinkWatch.watch.clioLink"))
	require.Equal(t, "Ana", a.text("unlinkWatch.watch.firstName"), "the watch keeps its values")
	require.Equal(t, synced, a.text("unlinkWatch.watch.lastSyncedAt"))
	a = p.ask(`mutation($id: ID!) { unlinkWatch(id: $id) { userErrors { code } } }`, vars{"id": id})
	require.Equal(t, "NOT_LINKED", a.text("unlinkWatch.userErrors.0.code"))

	again := p.imported("1001")
	require.NotEqual(t, id, again)
	remove := `mutation($id: ID!) { deleteWatch(id: $id) { deletedId userErrors { code path } } }`
	require.Equal(t, again, p.ask(remove, vars{"id": again}).text("deleteWatch.deletedId"))
	gone := p.ask(remove, vars{"id": again})
	require.Nil(t, gone.at("deleteWatch.deletedId"))
	require.Equal(t, "NOT_FOUND", gone.text("deleteWatch.userErrors.0.code"))
	p.imported("1001")
}

func TestListingPagesThroughEveryWatchOnce(t *testing.T) {
	s := newStage(t)
	p := s.signUp("ada")
	for i := range 23 {
		p.create(vars{"firstName": fmt.Sprintf("N%c", 'a'+i%5), "lastName": fmt.Sprintf("L%c", 'a'+i%3)})
		s.clock.Advance(time.Second)
	}
	for _, field := range []string{"LAST_NAME", "CREATED_AT", "UPDATED_AT", "LAST_SYNCED_AT"} {
		for _, direction := range []string{"ASC", "DESC"} {
			order := vars{"field": field, "direction": direction}
			whole := p.ask(`query($o: WatchOrder) { watches(first: 100, orderBy: $o) { totalCount nodes { id } } }`, vars{"o": order})
			require.EqualValues(t, 23, whole.at("watches.totalCount"))
			var paged []string
			var after any
			for more := true; more; {
				a := p.ask(`query($o: WatchOrder, $after: String) { watches(first: 5, after: $after, orderBy: $o) {
					nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor }
				} }`, vars{"o": order, "after": after})
				require.Equal(t, a.texts("watches.nodes.*.id"), a.texts("watches.edges.*.node.id"))
				require.Equal(t, after != nil, a.at("watches.pageInfo.hasPreviousPage"))
				paged = append(paged, a.texts("watches.nodes.*.id")...)
				after, more = a.at("watches.pageInfo.endCursor"), a.at("watches.pageInfo.hasNextPage").(bool)
			}
			require.Equal(t, whole.texts("watches.nodes.*.id"), paged, "%s %s", field, direction)
		}
	}
	cursor := p.ask(`{ watches(first: 1) { pageInfo { endCursor } } }`).text("watches.pageInfo.endCursor")
	other := `query($after: String) { watches(after: $after, filter: {status: ACTIVE}) { totalCount } }`
	require.Equal(t, "BAD_USER_INPUT", p.try(other, vars{"after": cursor}).code(), "a cursor is good under its own filter")
}

func TestFilteringWatches(t *testing.T) {
	p := newStage(t).connected("ada")
	p.imported("1004") // José Peña, San Antonio, assigned in Clio
	p.create(vars{"firstName": "Jose", "middleName": "100%", "lastName": "Álvarez", "tags": []string{"Élan"}, "caseType": "TAX",
		"assignedTo": "Lee Park", "priorityLevel": "URGENT"})
	p.create(vars{"firstName": "Siobhán", "lastName": "O’Brien", "tags": []string{"elan"}})
	p.ask(`mutation($id: ID!) { archiveWatch(id: $id) { userErrors { code } } }`, vars{"id": p.create(vars{"firstName": "Zed", "lastName": "Zimmer"})})

	cases := map[string][]string{
		`{}`:                              {"Álvarez", "O’Brien", "Peña", "Zimmer"},
		`{status: ACTIVE}`:                {"Álvarez", "O’Brien", "Peña"},
		`{clioLinked: true}`:              {"Peña"},
		`{clioLinked: false}`:             {"Álvarez", "O’Brien", "Zimmer"},
		`{linkState: LINKED}`:             {"Peña"},
		`{linkState: MISSING}`:            {},
		`{search: "JOSÉ"}`:                {"Álvarez", "Peña"},
		`{search: "pena jos"}`:            {"Peña"},
		`{search: "siobhan o'brien"}`:     {"O’Brien"},
		`{search: "100%"}`:                {"Álvarez"},
		`{search: "%"}`:                   {"Álvarez"},
		`{search: "_"}`:                   {},
		`{search: "00004-"}`:              {"Peña"},
		`{search: "  "}`:                  {"Álvarez", "O’Brien", "Peña", "Zimmer"},
		`{tags: ["ÉLAN"]}`:                {"Álvarez"},
		`{tags: ["élan", "elan"]}`:        {"Álvarez", "O’Brien"},
		`{tags: []}`:                      {},
		`{priorityLevels: [URGENT, LOW]}`: {"Álvarez"},
		`{caseTypes: [TAX]}`:              {"Álvarez"},
		`{assignedTo: "lee PARK"}`:        {"Álvarez"},
		`{assignedTo: "lee"}`:             {},
		`{status: ACTIVE, caseTypes: null, search: null}`: {"Álvarez", "O’Brien", "Peña"},
	}
	for filter, want := range cases {
		a := p.ask(`{ watches(filter: ` + filter + `) { totalCount nodes { lastName } } }`)
		require.Equal(t, want, a.texts("watches.nodes.*.lastName"), filter)
		require.EqualValues(t, len(want), a.at("watches.totalCount"), filter)
	}
}

// A malformed id is treated as one that doesn't exist.
func TestUnknownIDs(t *testing.T) {
	p := newStage(t).signUp("ada")
	for _, id := range []string{"", "x", "watch_", "watch_01m84hdd1z4pkxp8d71jze5fhw", "user_01m84hdd1z4pkxp8d71jze5fhw", "watch_\x00"} {
		require.Nil(t, p.ask(`query($id: ID!) { watch(id: $id) { id } }`, vars{"id": id}).at("watch"))
		require.Nil(t, p.ask(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": id}).at("node"))
		require.Equal(t, "NOT_FOUND", p.update(id, vars{"city": "x"}).text("updateWatch.userErrors.0.code"))
		for _, mutation := range []string{
			`archiveWatch(id: $id)`, `unarchiveWatch(id: $id)`, `deleteWatch(id: $id)`, `unlinkWatch(id: $id)`, `syncWatch(id: $id)`,
			`takeClioValues(watchId: $id, fields: [CITY])`, `confirmClioClient(watchId: $id, contactId: "1")`,
		} {
			a := p.ask(`mutation($id: ID!) { m: `+mutation+` { userErrors { code } } }`, vars{"id": id})
			require.Equal(t, "NOT_FOUND", a.text("m.userErrors.0.code"), mutation)
		}
	}
}
