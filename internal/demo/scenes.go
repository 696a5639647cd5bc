package demo

import "net/http"

// Records of the sandbox (its seed.go) that the tour uses besides those of the scenes.
const (
	companyMatter = "1010" // its client is a company
	newClientID   = 508    // Dorothy Kowalski
)

// scene is one watch of the tour: what changes in its matter, and the expected result of a sync.
type scene struct {
	matterID  string
	name      string         // of the person, at import
	edit      variables      // what a user edits in the watch (UpdateWatchInput); nil: nothing
	editText  string         // the edit in plain words
	change    string         // the change in Clio in plain words
	request   sandboxRequest // the same as a request to the sandbox
	outcome   string
	identity  bool // whether a name, birth date or state that wasn't empty changes
	link      link
	decisions []fieldResult // the expected field results that are neither SAME nor HELD
}

// scenes returns the scenes of the tour. The first is imported before the others.
func scenes() []scene {
	return append(sameClientScenes(), changedMatterScenes()...)
}

// sameClientScenes are about matters that stay open and keep their client.
func sameClientScenes() []scene {
	return []scene{{
		matterID: "1001", name: "Ana Rivera",
		edit: variables{
			"middleName": "Lucía", "internalNotes": "Daughter called.\n  Prefers e-mail.", "tags": []any{"VIP", "estate 2026"}, "priorityLevel": "HIGH",
		},
		editText: "Ana Rivera gets a middle name, notes, two tags and a high priority", change: "Ana Rivera's first name is corrected to Anna",
		request: sandboxRequest{http.MethodPatch, "contacts/501", variables{"first_name": "Anna"}},
		outcome: "UPDATED", identity: true, link: link{"1001", "LINKED", "OPEN", ""},
		decisions: []fieldResult{{"FIRST_NAME", "UPDATED", "Ana", "Anna", "Anna"}},
	}, {
		matterID: "1002", name: "Robert Hale", change: "Robert Hale moves from Dallas to Austin; the state is mistyped as Texaz",
		request: sandboxRequest{http.MethodPatch, "contacts/502", variables{"primary_address": variables{"city": "Austin", "province": "Texaz"}}},
		outcome: "UPDATED", link: link{"1002", "LINKED", "OPEN", ""},
		decisions: []fieldResult{{"CITY", "UPDATED", "Dallas", "Austin", "Austin"}, {"STATE", "UNUSABLE", "TX", "Texaz", "TX"}},
	}, {
		matterID: "1003", name: "Maeve O'Brien",
		edit: variables{"city": "Delray Beach"}, editText: "Maeve O'Brien's city is changed to Delray Beach",
		change:  "Maeve O'Brien moves from Boca Raton to Boynton Beach",
		request: sandboxRequest{http.MethodPatch, "contacts/503", variables{"primary_address": variables{"city": "Boynton Beach"}}},
		outcome: "UNCHANGED", link: link{"1003", "LINKED", "OPEN", ""},
		decisions: []fieldResult{{"CITY", "KEPT_LOCAL", "Delray Beach", "Boynton Beach", "Delray Beach"}},
	}, {
		matterID: "1004", name: "José Peña", change: "José Peña's date of birth is removed",
		request: sandboxRequest{http.MethodPatch, "contacts/504", variables{"date_of_birth": nil}},
		outcome: "UNCHANGED", link: link{"1004", "LINKED", "OPEN", ""},
		decisions: []fieldResult{{"DATE_OF_BIRTH", "EMPTY_IN_CLIO", "1955-01-08", "", "1955-01-08"}},
	}}
}

// changedMatterScenes are about matters that are closed, deleted, or given another client.
func changedMatterScenes() []scene {
	return []scene{{
		matterID: "1005", name: "Walter Lindqvist", change: "Walter Lindqvist's matter gets another attorney and is closed",
		request: sandboxRequest{http.MethodPatch, "matters/1005", variables{
			"responsible_attorney_id": 34, "status": "Closed", "close_date": "2026-02-27",
		}},
		outcome: "UPDATED", link: link{"1005", "LINKED", "CLOSED", ""},
		decisions: []fieldResult{{"ASSIGNED_TO", "UPDATED", "Lee Park", "Siobhán O'Hara", "Siobhán O'Hara"}},
	}, {
		matterID: "1006", name: "Geneviève Côté", change: "Geneviève Côté's matter is deleted",
		request: sandboxRequest{http.MethodDelete, "matters/1006", nil},
		outcome: "MISSING", link: link{"1006", "MISSING", "OPEN", ""},
	}, {
		matterID: "1007", name: "Thomas Nguyen",
		change:  "Thomas Nguyen's matter gets another client, Dorothy Kowalski, and another open date",
		request: sandboxRequest{http.MethodPatch, "matters/1007", variables{"client_id": newClientID, "open_date": "2025-05-02"}},
		outcome: "UPDATED", link: link{"1007", "CLIENT_CHANGED", "OPEN", "Dorothy Kowalski"},
		decisions: []fieldResult{{"DATE_OF_INTEREST", "UPDATED", "2025-04-28", "2025-05-02", "2025-05-02"}},
	}}
}
