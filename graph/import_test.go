package graph_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

const importMatters = `mutation($ids: [ID!]!) { importMatters(matterIds: $ids) {
	results { matterId outcome message watch { ...w } matter { id importable obstacle watch { id } } } userErrors { code path message retryAt }
} }` + everythingOfAWatch

// imported imports one matter and returns the watch's id.
func (p *person) imported(matterID string) string {
	p.t.Helper()
	a := p.ask(importMatters, vars{"ids": []string{matterID}})
	require.Equal(p.t, []string{"IMPORTED"}, a.texts("importMatters.results.*.outcome"))
	return a.text("importMatters.results.0.watch.id")
}

func TestImportingReportsEachMatter(t *testing.T) {
	p := newStage(t).connected("ada")
	p.imported("1002")
	a := p.ask(importMatters, vars{"ids": []string{"1001", "1010", "999999", "1002", "1001", "abc", "01", "-1"}})
	require.Equal(t, []string{"1001", "1010", "999999", "1002", "abc", "01", "-1"}, a.texts("importMatters.results.*.matterId"))
	require.Equal(t, []string{"IMPORTED", "NO_PERSON", "NOT_FOUND", "ALREADY_LINKED", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND"},
		a.texts("importMatters.results.*.outcome"))
	require.NotNil(t, a.at("importMatters.results.3.watch"))
	require.Nil(t, a.at("importMatters.results.1.watch"))
	require.NotEmpty(t, a.text("importMatters.results.1.message"))
	require.Equal(t, "COMPANY", a.text("importMatters.results.1.matter.obstacle"))
	require.Nil(t, a.at("importMatters.results.0.matter.obstacle"))

	w := "importMatters.results.0.watch."
	for field, want := range map[string]string{
		"firstName": "Ana", "lastName": "Rivera", "dateOfBirth": "1961-04-09", "city": "Tampa", "state": "FL", "caseNumber": "00001-Rivera",
		"assignedTo": "Lee Park", "caseType": "ESTATE_PLANNING", "dateOfInterest": "2025-02-03", "clioLink.matterId": "1001",
		"clioLink.contactId": "501", "clioLink.clientName": "Ana Rivera", "clioLink.matterStatus": "OPEN", "clioLink.state": "LINKED",
		"clioLink.url": p.clioURL + "/nc/#/matters/1001", "lastSyncedAt": "2026-11-23T12:00:00Z", "version": "1",
	} {
		require.Equal(t, want, a.text(w+field), field)
	}
	for _, origin := range a.texts(w + "syncedFields.*.origin") {
		require.Equal(t, "CLIO", origin)
	}
}

func TestImportingAHundredAsksClioTwice(t *testing.T) {
	p := newStage(t).connected("ada")
	var ids []string
	for _, matter := range p.clio.Matters() {
		ids = append(ids, fmt.Sprint(matter.ID))
	}
	a := p.ask(importMatters, vars{"ids": ids[:101]})
	require.Equal(t, "INVALID", a.text("importMatters.userErrors.0.code"))
	require.Empty(t, a.at("importMatters.results"))
	require.Empty(t, p.clio.Requests())
	a = p.ask(importMatters, vars{"ids": []string{}})
	require.Equal(t, "INVALID", a.text("importMatters.userErrors.0.code"))

	p.sql.Reset()
	p.imported("1001")
	one := p.sql.Count()
	p.clio.ResetRequests()
	p.sql.Reset()
	a = p.ask(importMatters, vars{"ids": ids[1:101]})
	require.Len(t, a.at("importMatters.results"), 100)
	require.Len(t, p.clio.Requests(), 2)
	require.Equal(t, one, p.sql.Count(), "as many SQL statements for 100 matters as for one")
}

func TestTwoImportsOfOneMatterMakeOneWatch(t *testing.T) {
	p := newStage(t).connected("ada")
	outcomes := make(chan string)
	for range 8 {
		go func() {
			a := p.try(importMatters, vars{"ids": []string{"1001"}})
			outcomes <- a.text("importMatters.results.0.outcome")
		}()
	}
	counted := map[string]int{}
	for range 8 {
		counted[<-outcomes]++
	}
	require.Equal(t, map[string]int{"IMPORTED": 1, "ALREADY_LINKED": 7}, counted)
}

func TestBrowsingMatters(t *testing.T) {
	p := newStage(t).connected("ada")
	p.imported("1003")
	browse := `query($first: Int, $after: String, $filter: ClioMatterFilter) { clioMatters(first: $first, after: $after, filter: $filter) {
		nodes { id matterId displayNumber clientName status openDate practiceArea responsibleAttorney importable watch { id firstName } }
		edges { cursor node { matterId } } pageInfo { hasNextPage endCursor startCursor }
	} }`
	all := func(filter vars, first int) []string {
		var found []string
		var after any
		for more := true; more; {
			a := p.ask(browse, vars{"first": first, "after": after, "filter": filter})
			found = append(found, a.texts("clioMatters.nodes.*.matterId")...)
			if cursors := a.texts("clioMatters.edges.*.cursor"); len(cursors) > 0 {
				require.Equal(t, cursors[len(cursors)-1], a.text("clioMatters.pageInfo.endCursor"), "as clients of connections expect")
			}
			after, more = a.at("clioMatters.pageInfo.endCursor"), a.at("clioMatters.pageInfo.hasNextPage").(bool)
		}
		return found
	}
	everything := all(nil, 100)
	require.Len(t, everything, len(p.clio.Matters()))
	require.Equal(t, everything, all(nil, 37))
	require.Equal(t, []string{"1003"}, all(vars{"imported": true}, 50))
	require.Len(t, all(vars{"imported": false}, 50), len(everything)-1)
	require.Equal(t, []string{"1004"}, all(vars{"search": "00004-"}, 50))
	require.Empty(t, all(vars{"practiceAreaId": "none"}, 50))

	first := p.ask(browse, vars{"first": 3})
	require.Equal(t, "Maeve", first.text("clioMatters.nodes.2.watch.firstName"))
	require.Nil(t, first.at("clioMatters.nodes.0.watch"))
	middle := p.ask(browse, vars{"first": 2, "after": first.text("clioMatters.edges.0.cursor")})
	require.Equal(t, []string{"1002", "1003"}, middle.texts("clioMatters.nodes.*.matterId"), "a cursor from the middle of a page")

	node := p.ask(`query($id: ID!) { node(id: $id) { ... on ClioMatter { matterId watch { firstName } } } }`, vars{"id": first.text("clioMatters.nodes.2.id")})
	require.Equal(t, "Maeve", node.text("node.watch.firstName"))
}

// Reconnecting to the account that the links come from keeps them; another account is refused while they exist (docs/rules.md#accounts).
func TestLinksBelongToOneAccount(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	require.Equal(t, "/?clio=error", p.connect(sandbox.SecondAccount))
	a := p.ask(`{ clioIntegration { state problem clioFirmName } }`)
	require.Equal(t, "CONNECTED", a.text("clioIntegration.state"))
	require.Contains(t, a.text("clioIntegration.problem"), "another Clio account")
	require.Equal(t, "UNCHANGED", p.sync(id).text("syncWatch.result.outcome"))
	require.Nil(t, p.ask(`{ clioIntegration { problem } }`).at("clioIntegration.problem"), "a connection that works has no problem")
	require.Equal(t, "/?clio=connected", p.connect(sandbox.FirstAccount))
	require.Nil(t, p.ask(`{ clioIntegration { problem } }`).at("clioIntegration.problem"))
	require.Equal(t, "UNCHANGED", p.sync(id).text("syncWatch.result.outcome"))

	p.ask(`mutation { disconnectClio { clioIntegration { state } userErrors { code } } }`)
	require.Equal(t, "CLIO_NOT_CONNECTED", p.sync(id).text("syncWatch.userErrors.0.code"))
	require.Equal(t, "LINKED", p.watch(id).text("watch.clioLink.state"), "watches and their links stay")
	p.ask(`mutation($id: ID!) { deleteWatch(id: $id) { deletedId } }`, vars{"id": id})
	require.Equal(t, "/?clio=connected", p.connect(sandbox.SecondAccount))
}

const syncWatch = `mutation($id: ID!, $dry: Boolean!) { syncWatch(id: $id, dryRun: $dry) {
	watch { ...w } result { outcome identityChanged message fields { field decision before clio after } watch { id } }
	userErrors { code path message retryAt }
} }` + everythingOfAWatch

// sync syncs a watch.
func (p *person) sync(id string) answer {
	p.t.Helper()
	return p.ask(syncWatch, vars{"id": id, "dry": false})
}

// A firm that changes to another account during an import gets no links to the first one.
func TestAnImportFromAnAccountThatWasLeftMeanwhile(t *testing.T) {
	p := newStage(t).connected("ada")
	moved := false
	p.clio.OnRequest(func(r sandbox.Request) {
		if !moved && r.Path == "/api/v4/contacts.json" {
			moved = true
			require.Equal(t, "/?clio=connected", p.connect(sandbox.SecondAccount))
		}
	})
	a := p.ask(importMatters, vars{"ids": []string{"1001"}})
	require.Equal(t, "CLIO_NOT_CONNECTED", a.text("importMatters.userErrors.0.code"))
	require.EqualValues(t, 0, p.ask(`{ watches { totalCount } }`).at("watches.totalCount"))
}
