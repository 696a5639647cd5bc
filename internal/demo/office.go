package demo

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// officeMatters is how many more matters are imported, so that the lists look like a firm's.
const officeMatters = 40

// The practice area that gets a case type of the firm's choice, and the watch that is archived.
const (
	mappedArea     = "19" // Pro Bono
	mappedCaseType = "FAMILY_LAW"
	archivedMatter = "1018"
)

// officeEdit is an edit of a watch that was imported with the office's other matters.
type officeEdit struct {
	matterID string
	edit     variables // UpdateWatchInput
}

// officeEdits are what people at the office know better than Clio, and how they sort their watches.
func officeEdits() []officeEdit {
	return []officeEdit{
		{"1008", variables{"tags": []any{"Medicaid"}, "priorityLevel": "HIGH"}},
		{"1011", variables{"city": "Beaverton", "tags": []any{"estate 2026"}}},
		{"1012", variables{"priorityLevel": "LOW"}},
		{"1013", variables{"dateOfBirth": "1952-02-11", "internalNotes": "Birth date from her passport."}},
		{"1014", variables{"assignedTo": "Dale Whitcomb", "tags": []any{"succession"}}},
		{"1015", variables{"tags": []any{"VIP", "trust"}, "priorityLevel": "URGENT"}},
		{"1017", variables{"tags": []any{"asylum"}}},
		{"1019", variables{"lastName": "Tanaka-Reed", "middleName": "Emi"}},
	}
}

// officeChanges are what changes in Clio meanwhile.
func officeChanges() []sandboxRequest {
	return []sandboxRequest{
		{http.MethodPatch, "contacts/508", variables{"primary_address": variables{"city": "Evanston"}}},
		{http.MethodPatch, "contacts/511", variables{"primary_address": variables{"city": "Salem"}}},
		{http.MethodPost, "matters/1012/hide", nil},
		{http.MethodPatch, "matters/1014", variables{"responsible_attorney_id": 31}},
		{http.MethodPatch, "contacts/515", variables{"first_name": "Ester"}},
		{http.MethodPatch, "contacts/517", variables{"date_of_birth": "1971-01-31"}},
		{http.MethodPatch, "contacts/519", variables{"last_name": "Tanaka Reed"}},
	}
}

// officeCounts is what the sync of all watches must come to, as far as it doesn't depend on what the sandbox made up: everything but the
// archived watch is compared; the matters of Geneviève Côté and Samuel Brooks are gone; Maeve O'Brien, Ruth Adler, Calvin Mills and Naomi
// Tanaka were edited; Esther Goldberg and Lucía Fernández have another name or birth date.
func officeCounts(linked int) runCounts {
	return runCounts{Selected: linked - 1, Processed: linked - 1, Missing: 2, Conflicts: 4, IdentityChanged: 2}
}

// importOffice imports more matters at once.
func (t *tour) importOffice(ctx context.Context) (string, error) {
	type matters struct {
		Nodes []struct {
			MatterID   string
			Importable bool
		}
	}
	got, err := queryField[matters](ctx, t.api, `{ answer: clioMatters(first: 100, filter: {imported: false}) { nodes { matterId importable } } }`, nil)
	if err != nil {
		return "", err
	}
	var ids []string
	for _, matter := range got.Nodes {
		if matter.Importable && len(ids) < officeMatters {
			ids = append(ids, matter.MatterID)
		}
	}
	if err := expect("matters that can be imported", officeMatters, len(ids)); err != nil {
		return "", err
	}
	results, err := t.importMatters(ctx, ids...)
	if err != nil {
		return "", err
	}
	t.office = map[string]string{}
	for _, result := range results {
		if err := expect("matter "+result.MatterID, "IMPORTED", result.Outcome); err != nil {
			return "", err
		}
		t.office[result.MatterID] = result.Watch.ID
	}
	return fmt.Sprintf("%d at once", len(t.office)), nil
}

// editOffice makes the office's edits, from now on with conflicts for people to settle.
func (t *tour) editOffice(ctx context.Context) (string, error) {
	for _, each := range officeEdits() {
		fields := strings.Join(slices.Sorted(maps.Keys(each.edit)), " ")
		got, err := mutate[struct{ Watch variables }](ctx, t.api, `mutation($id: ID!, $input: UpdateWatchInput!) {
			answer: updateWatch(id: $id, input: $input) { watch { `+fields+` } userErrors { code message path } }
		}`, variables{"id": t.office[each.matterID], "input": each.edit})
		if err == nil {
			err = expect("the watch of matter "+each.matterID, each.edit, got.Watch)
		}
		if err != nil {
			return "", err
		}
	}
	type payload struct {
		SyncSettings struct{ ConflictResolution string }
	}
	got, err := mutate[payload](ctx, t.api, `mutation {
		answer: updateSyncSettings(input: {conflictResolution: ASK}) { syncSettings { conflictResolution } userErrors { code message path } }
	}`, nil)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d watches get tags, priorities or better values; where Clio disagrees, somebody is to be asked", len(officeEdits())),
		expect("what happens to conflicts", "ASK", got.SyncSettings.ConflictResolution)
}

// addByHand creates watches on people whom Clio doesn't know.
func (t *tour) addByHand(ctx context.Context) (string, error) {
	byHand := []variables{
		{
			"firstName": "Katherine", "middleName": "Anne", "lastName": "Illingworth-Shaw", "dateOfBirth": "1947-05-21", "city": "Concord", "state": "MA",
			"caseType": "PROBATE", "assignedTo": person, "tags": []any{"VIP", "heir"}, "priorityLevel": "URGENT",
			"internalNotes": "Sister of the deceased. Last seen in Concord.",
		},
		{"firstName": "Desmond", "lastName": "Achterberg", "city": "Tacoma", "state": "WA", "tags": []any{"witness"}},
		{"firstName": "Marguerite", "lastName": "Delacroix", "state": "LA", "caseType": "ESTATE_PLANNING", "priorityLevel": "LOW"},
	}
	var names []string
	for _, input := range byHand {
		got, err := mutate[struct{ Watch variables }](ctx, t.api, `mutation($input: CreateWatchInput!) {
			answer: createWatch(input: $input) { watch { `+strings.Join(slices.Sorted(maps.Keys(input)), " ")+` } userErrors { code message path } }
		}`, variables{"input": input})
		if err == nil {
			err = expect("the new watch", input, got.Watch)
		}
		if err != nil {
			return "", err
		}
		names = append(names, fmt.Sprint(input["firstName"], " ", input["lastName"]))
	}
	return strings.Join(names, ", "), nil
}

// archive takes a watch out of all syncs.
func (t *tour) archive(ctx context.Context) (string, error) {
	type archived struct{ FirstName, LastName, Status string }
	got, err := mutate[struct{ Watch archived }](ctx, t.api, `mutation($id: ID!) {
		answer: archiveWatch(id: $id) { watch { firstName lastName status } userErrors { code message path } }
	}`, variables{"id": t.office[archivedMatter]})
	if err != nil {
		return "", err
	}
	return "George Whitaker's, whose matter is closed", expect("the watch", archived{"George", "Whitaker", "ARCHIVED"}, got.Watch)
}

// mapCaseType chooses a case type for a practice area.
func (t *tour) mapCaseType(ctx context.Context) (string, error) {
	type mapping struct {
		PracticeArea, CaseType string
		IsBuiltIn              bool
	}
	got, err := mutate[struct{ Mapping mapping }](ctx, t.api, `mutation($area: ID!, $caseType: CaseType) {
		answer: setCaseTypeMapping(practiceAreaId: $area, caseType: $caseType) { mapping { practiceArea caseType isBuiltIn } userErrors { code message path } }
	}`, variables{"area": mappedArea, "caseType": mappedCaseType})
	if err != nil {
		return "", err
	}
	return "Pro Bono is family law, from each watch's next sync on", expect("the mapping", mapping{"Pro Bono", mappedCaseType, false}, got.Mapping)
}

// changeOffice makes the office's changes in Clio.
func (t *tour) changeOffice(ctx context.Context) (string, error) {
	for _, request := range officeChanges() {
		if err := t.clio.change(ctx, request); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d more, in matters and contacts", len(officeChanges())), nil
}
