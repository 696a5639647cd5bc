package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/watch"
)

// aField is a synced field, with how to change it in Clio and its name in the API.
type aField struct {
	name, input string
	// three values as the API writes them; Clio begins with the first
	first, second, third string
	inClio               func(c *sandbox.Firm, value *string) error
	cleared              bool // whether a person may clear it
}

const (
	aMatter  = int64(1001)
	aContact = int64(501)
)

func ofMatter(set func(*sandbox.Matter, *string)) func(*sandbox.Firm, *string) error {
	return func(c *sandbox.Firm, value *string) error {
		return c.EditMatter(aMatter, func(m *sandbox.Matter) { set(m, value) })
	}
}

func ofContact(set func(*sandbox.Contact, *string)) func(*sandbox.Firm, *string) error {
	return func(c *sandbox.Firm, value *string) error {
		return c.EditContact(aContact, func(contact *sandbox.Contact) { set(contact, value) })
	}
}

var syncedFields = []aField{
	{"FIRST_NAME", "firstName", "Ana", "Anna", "Annie", ofContact(func(c *sandbox.Contact, v *string) { c.FirstName = v }), false},
	{"LAST_NAME", "lastName", "Rivera", "Ríos", "Reyes", ofContact(func(c *sandbox.Contact, v *string) { c.LastName = v }), false},
	{"DATE_OF_BIRTH", "dateOfBirth", "1961-04-09", "1961-09-04", "1960-01-01", ofContact(func(c *sandbox.Contact, v *string) { c.DateOfBirth = v }), true},
	{"CITY", "city", "Tampa", "Miami", "Ocala", ofContact(func(c *sandbox.Contact, v *string) { c.PrimaryAddress.City = v }), true},
	{"STATE", "state", "FL", "GA", "TX", ofContact(func(c *sandbox.Contact, v *string) { c.PrimaryAddress.Province = v }), true},
	{"CASE_NUMBER", "caseNumber", "00001-Rivera", "00001-Ríos", "00001-X", ofMatter(func(m *sandbox.Matter, v *string) { m.DisplayNumber = v }), true},
	{"ASSIGNED_TO", "assignedTo", "Lee Park", "Martha Okafor", "Somebody Else", ofMatter(func(m *sandbox.Matter, v *string) { m.ResponsibleAttorneyID = attorneys[text(v)] }), true},
	{"CASE_TYPE", "caseType", "ESTATE_PLANNING", "PROBATE", "TAX", ofMatter(func(m *sandbox.Matter, v *string) { m.PracticeAreaID = areas[text(v)] }), true},
	{"DATE_OF_INTEREST", "dateOfInterest", "2025-02-03", "2025-03-02", "2024-01-01", ofMatter(func(m *sandbox.Matter, v *string) { m.OpenDate = v }), true},
}

// The sandbox's attorneys and practice areas by what the API makes of them.
var (
	attorneys = map[string]*int64{"Lee Park": new(int64(31)), "Martha Okafor": new(int64(32))}
	areas     = map[string]*int64{"ESTATE_PLANNING": new(int64(7)), "PROBATE": new(int64(8))}
)

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

// decided syncs a watch and returns, of one field, the decision and the value that the watch then has. A dry run before it predicts
// the same; a sync after it changes nothing more.
func (p *person) decided(id string, f aField) (decision string, holds any) {
	p.t.Helper()
	before := p.watch(id)
	dry := p.ask(syncWatch, vars{"id": id, "dry": true})
	require.Equal(p.t, before.Data, p.watch(id).Data, "a dry run changes nothing")
	p.clock.Advance(time.Minute)
	wet := p.sync(id)
	require.Equal(p.t, dry.at("syncWatch.result"), wet.at("syncWatch.result"), "a dry run predicts the real one")
	after := p.watch(id)
	for _, untouched := range []string{"internalNotes", "middleName", "tags", "priorityLevel", "status"} {
		require.Equal(p.t, before.at("watch."+untouched), after.at("watch."+untouched))
	}
	p.clock.Advance(time.Minute)
	require.Equal(p.t, "UNCHANGED", p.sync(id).text("syncWatch.result.outcome"))
	require.Equal(p.t, after.at("watch."+f.input), p.watch(id).at("watch."+f.input))
	for _, result := range wet.at("syncWatch.result.fields").([]any) {
		result := result.(map[string]any)
		if result["field"] == f.name {
			require.Equal(p.t, after.at("watch."+f.input), result["after"])
			return result["decision"].(string), result["after"]
		}
	}
	return "", nil
}

// Every row of docs/rules.md#merge for each synced field, through Clio and the API.
func TestSyncDecidesFieldByField(t *testing.T) {
	require.Len(t, syncedFields, len(watch.Fields), "a synced field that isn't tried here may never be asked of Clio")
	for _, f := range syncedFields {
		t.Run(f.name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			id := p.imported("1001")
			p.update(id, vars{"internalNotes": "mine\n", "middleName": "M", "tags": []string{"t"}, "priorityLevel": "URGENT"})
			inClio := func(value string) {
				t.Helper()
				var pointer *string
				if value != "" {
					pointer = &value
				}
				require.NoError(t, f.inClio(p.clio.Firm, pointer))
			}
			policy := func(name string) {
				p.ask(`mutation($p: ConflictResolution) { updateSyncSettings(input: {conflictResolution: $p}) { userErrors { code } } }`, vars{"p": name})
			}
			expect := func(decision string, holds any) {
				t.Helper()
				gotDecision, gotHolds := p.decided(id, f)
				require.Equal(t, decision, gotDecision)
				require.Equal(t, holds, gotHolds)
			}
			expect("SAME", f.first)
			inClio(f.second)
			expect("UPDATED", f.second)
			inClio("")
			expect("EMPTY_IN_CLIO", f.second)
			inClio(f.second)
			expect("SAME", f.second)

			p.update(id, vars{f.input: f.third})
			p.clock.Advance(time.Minute)
			expect("KEPT_LOCAL", f.third)
			inClio(f.first)
			expect("KEPT_LOCAL", f.third)
			policy("ASK")
			expect("CONFLICT", f.third)
			policy("USE_CLIO")
			expect("OVERWROTE_LOCAL", f.first)
			policy("KEEP_LOCAL")
			if !f.cleared {
				return
			}
			p.update(id, vars{f.input: nil})
			p.clock.Advance(time.Minute)
			expect("KEPT_LOCAL", nil)
			inClio(f.second)
			expect("UPDATED", f.second)
		})
	}
}

func TestSyncOfOneAsksClioTwice(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	p.clio.ResetRequests()
	p.sync(id)
	require.Len(t, p.clio.Requests(), 2)
}

func TestEditsAfterClioWasAskedWin(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	require.NoError(t, p.clio.EditContact(aContact, func(c *sandbox.Contact) { c.FirstName = new("Anna") }))
	p.ask(`mutation { updateSyncSettings(input: {conflictResolution: USE_CLIO}) { userErrors { code } } }`)
	p.clock.Advance(time.Minute)
	edited := false
	p.clio.OnRequest(func(r sandbox.Request) {
		if !edited {
			edited = true // while Clio answers the first request, somebody edits
			p.clock.Advance(time.Second)
			p.update(id, vars{"firstName": "Annie"})
		}
	})
	a := p.sync(id)
	require.Equal(t, "KEPT_LOCAL", a.text("syncWatch.result.fields.0.decision"))
	require.Equal(t, "Annie", a.text("syncWatch.watch.firstName"))
}

func TestAClientThatWasReplacedWaitsForSomebody(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	require.NoError(t, p.clio.EditMatter(aMatter, func(m *sandbox.Matter) { m.ClientID = new(int64(502)) }))
	a := p.sync(id)
	require.Equal(t, []string{"HELD", "HELD", "HELD", "HELD", "HELD", "SAME", "SAME", "SAME", "SAME"}, a.texts("syncWatch.result.fields.*.decision"))
	require.Equal(t, "CLIENT_CHANGED", a.text("syncWatch.watch.clioLink.state"))
	require.Equal(t, "502", a.text("syncWatch.watch.clioLink.newContactId"))
	require.Equal(t, "Robert Hale", a.text("syncWatch.watch.clioLink.newClientName"))
	require.Equal(t, "501", a.text("syncWatch.watch.clioLink.contactId"))

	confirm := `mutation($id: ID!, $contact: ID!) { confirmClioClient(watchId: $id, contactId: $contact) {
		watch { ...w } userErrors { code path } } }` + everythingOfAWatch
	wrong := p.ask(confirm, vars{"id": id, "contact": "503"})
	require.Equal(t, "CONFLICT", wrong.text("confirmClioClient.userErrors.0.code"))
	asked := len(p.clio.Requests())
	right := p.ask(confirm, vars{"id": id, "contact": "502"})
	require.Len(t, p.clio.Requests(), asked, "Clio isn't asked")
	require.Equal(t, "LINKED", right.text("confirmClioClient.watch.clioLink.state"))
	require.Equal(t, "Ana", right.text("confirmClioClient.watch.firstName"), "values follow at the next sync")
	p.clock.Advance(time.Minute)
	a = p.sync(id)
	require.Equal(t, "Robert", a.text("syncWatch.watch.firstName"))
	require.Equal(t, true, a.at("syncWatch.result.identityChanged"))
}

func TestAMatterThatIsGoneIsMissingUntilItIsBack(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	require.NoError(t, p.clio.HideMatter(aMatter))
	a := p.sync(id)
	require.Empty(t, a.at("syncWatch.userErrors"))
	require.Equal(t, "MISSING", a.text("syncWatch.result.outcome"))
	require.Empty(t, a.at("syncWatch.result.fields"))
	require.Equal(t, "MISSING", a.text("syncWatch.watch.clioLink.state"))
	require.Equal(t, "Ana", a.text("syncWatch.watch.firstName"))
	require.NoError(t, p.clio.UnhideMatter(aMatter))
	p.clock.Advance(time.Minute)
	require.Equal(t, "LINKED", p.sync(id).text("syncWatch.watch.clioLink.state"))
}

func TestTakingCliosValues(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1013") // no birth date, and a blank province
	p.update(id, vars{"firstName": "Inga", "dateOfBirth": "1950-01-01", "city": nil})
	a := p.ask(`mutation($id: ID!) { takeClioValues(watchId: $id, fields: [FIRST_NAME, DATE_OF_BIRTH, CITY]) {
		watch { ...w } userErrors { code } } }`+everythingOfAWatch, vars{"id": id})
	require.Equal(t, "Ingrid", a.text("takeClioValues.watch.firstName"))
	require.Equal(t, "Seattle", a.text("takeClioValues.watch.city"))
	require.Equal(t, "1950-01-01", a.text("takeClioValues.watch.dateOfBirth"), "Clio has none to take")
	require.Equal(t, []string{"CLIO", "CLIO", "LOCAL", "CLIO", "NONE"}, a.texts("takeClioValues.watch.syncedFields.*.origin")[:5])
}

func TestMappingCaseTypes(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	set := `mutation($area: ID!, $type: CaseType) { setCaseTypeMapping(practiceAreaId: $area, caseType: $type) {
		mapping { id practiceAreaId practiceArea caseType isBuiltIn } userErrors { code path } } }`
	a := p.ask(set, vars{"area": "7", "type": "OTHER"})
	require.Equal(t, false, a.at("setCaseTypeMapping.mapping.isBuiltIn"))
	node := p.ask(`query($id: ID!) { node(id: $id) { ... on CaseTypeMapping { practiceAreaId practiceArea caseType isBuiltIn id } } }`,
		vars{"id": a.text("setCaseTypeMapping.mapping.id")})
	require.Equal(t, a.at("setCaseTypeMapping.mapping"), node.at("node"))
	p.clock.Advance(time.Minute)
	require.Equal(t, "OTHER", p.sync(id).text("syncWatch.watch.caseType"), "an OTHER that the firm chose is like any other")
	a = p.ask(set, vars{"area": "7", "type": nil})
	require.Equal(t, true, a.at("setCaseTypeMapping.mapping.isBuiltIn"))
	p.clock.Advance(time.Minute)
	require.Equal(t, "ESTATE_PLANNING", p.sync(id).text("syncWatch.watch.caseType"))
	for _, unknown := range []string{"12345", "x", "", "007"} {
		a = p.ask(set, vars{"area": unknown, "type": "TAX"})
		require.Equal(t, "NOT_FOUND", a.text("setCaseTypeMapping.userErrors.0.code"))
	}
}

// What is known of a new client isn't forgotten while Clio shows less of it, or doesn't return the matter (docs/rules.md#one-person).
func TestAReplacementThatClioShowsLessOf(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	require.NoError(t, p.clio.EditMatter(aMatter, func(m *sandbox.Matter) { m.ClientID = new(int64(510)) })) // a company
	p.sync(id)
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ClientIDOnly}))
	p.clock.Advance(time.Minute)
	a := p.sync(id)
	require.Equal(t, "Sunshine Holdings LLC", a.text("syncWatch.watch.clioLink.newClientName"))
	confirmed := p.ask(`mutation($id: ID!) { confirmClioClient(watchId: $id, contactId: "510") { userErrors { code } } }`, vars{"id": id})
	require.Equal(t, "CONFLICT", confirmed.text("confirmClioClient.userErrors.0.code"))

	require.NoError(t, p.clio.HideMatter(aMatter))
	p.clock.Advance(time.Minute)
	a = p.sync(id)
	require.Equal(t, "MISSING", a.text("syncWatch.watch.clioLink.state"))
	require.Nil(t, a.at("syncWatch.watch.clioLink.newContactId"), "shown only in CLIENT_CHANGED")
	require.NoError(t, p.clio.UnhideMatter(aMatter))
	p.clio.ClearFaults()
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ClientNull}))
	p.clock.Advance(time.Minute)
	a = p.sync(id)
	require.Equal(t, "CLIENT_CHANGED", a.text("syncWatch.watch.clioLink.state"), "nobody has decided, and the linked contact isn't named")
	require.Equal(t, "510", a.text("syncWatch.watch.clioLink.newContactId"))
}

func TestALinkedContactThatBecomesACompany(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	require.NoError(t, p.clio.EditContact(aContact, func(c *sandbox.Contact) { c.Type, c.Name = "Company", new("Rivera LLC") }))
	a := p.sync(id)
	require.Equal(t, []string{"EMPTY_IN_CLIO", "EMPTY_IN_CLIO", "EMPTY_IN_CLIO", "EMPTY_IN_CLIO", "EMPTY_IN_CLIO"},
		a.texts("syncWatch.result.fields.*.decision")[:5])
	require.Contains(t, a.text("syncWatch.result.message"), "company")
	require.Equal(t, "Ana Rivera", a.text("syncWatch.watch.clioLink.clientName"))
}
