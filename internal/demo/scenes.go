package demo

import "net/http"

// The matters of the sandbox (its seed.go) that the tour is about, beside those of the scenes.
const (
	companyMatter = "1010" // its client is a company
	newClientID   = 508    // Dorothy Kowalski
)

// scene is one watch's part in the tour: what happens to its matter in Clio, and what a sync has to make of it.
type scene struct {
	matterID string
	name     string    // the watch's, at import
	edit     variables // what somebody at the firm edits in the watch, UpdateWatchInput; nil: nothing
	edited   string    // the same in plain words
	happens  string    // in Clio, in plain words
	deed     deed      // the same for the sandbox
	outcome  string
	identity bool // a name, birth date or state that wasn't empty changes
	link     link
	differs  []fieldResult // the fields whose decision is neither SAME nor HELD
}

// scenes are what the tour shows, one watch each. The first is imported before the others.
func scenes() []scene {
	return append(openScenes(), brokenScenes()...)
}

// openScenes are about matters that stay open, with their client.
func openScenes() []scene {
	return []scene{{
		matterID: "1001", name: "Ana Rivera",
		edit: variables{
			"middleName": "Lucía", "internalNotes": "Daughter called.\n  Prefers e-mail.", "tags": []any{"VIP", "estate 2026"}, "priorityLevel": "HIGH",
		},
		edited: "Ana Rivera gets notes, two tags and a high priority", happens: "Ana Rivera's first name is put right: Anna",
		deed:    deed{http.MethodPatch, "contacts/501", variables{"first_name": "Anna"}},
		outcome: "UPDATED", identity: true, link: link{"1001", "LINKED", "OPEN", ""},
		differs: []fieldResult{{"FIRST_NAME", "UPDATED", "Ana", "Anna", "Anna"}},
	}, {
		matterID: "1002", name: "Robert Hale", happens: "Robert Hale moves from Dallas to Austin; the state is mistyped as Texaz",
		deed:    deed{http.MethodPatch, "contacts/502", variables{"primary_address": variables{"city": "Austin", "province": "Texaz"}}},
		outcome: "UPDATED", link: link{"1002", "LINKED", "OPEN", ""},
		differs: []fieldResult{{"CITY", "UPDATED", "Dallas", "Austin", "Austin"}, {"STATE", "UNUSABLE", "TX", "Texaz", "TX"}},
	}, {
		matterID: "1003", name: "Maeve O'Brien",
		edit: variables{"city": "Delray Beach"}, edited: "Maeve O'Brien's city is Delray Beach now",
		happens: "Maeve O'Brien moves from Boca Raton to Boynton Beach",
		deed:    deed{http.MethodPatch, "contacts/503", variables{"primary_address": variables{"city": "Boynton Beach"}}},
		outcome: "UNCHANGED", link: link{"1003", "LINKED", "OPEN", ""},
		differs: []fieldResult{{"CITY", "KEPT_LOCAL", "Delray Beach", "Boynton Beach", "Delray Beach"}},
	}, {
		matterID: "1004", name: "José Peña", happens: "José Peña's date of birth is lost",
		deed:    deed{http.MethodPatch, "contacts/504", variables{"date_of_birth": nil}},
		outcome: "UNCHANGED", link: link{"1004", "LINKED", "OPEN", ""},
		differs: []fieldResult{{"DATE_OF_BIRTH", "EMPTY_IN_CLIO", "1955-01-08", "", "1955-01-08"}},
	}}
}

// brokenScenes are about matters that are closed, gone, or somebody else's.
func brokenScenes() []scene {
	return []scene{{
		matterID: "1005", name: "Walter Lindqvist", happens: "Walter Lindqvist's matter changes hands and is closed",
		deed: deed{http.MethodPatch, "matters/1005", variables{
			"responsible_attorney_id": 34, "status": "Closed", "close_date": "2026-02-27",
		}},
		outcome: "UPDATED", link: link{"1005", "LINKED", "CLOSED", ""},
		differs: []fieldResult{{"ASSIGNED_TO", "UPDATED", "Lee Park", "Siobhán O'Hara", "Siobhán O'Hara"}},
	}, {
		matterID: "1006", name: "Geneviève Côté", happens: "Geneviève Côté's matter is deleted",
		deed:    deed{http.MethodDelete, "matters/1006", nil},
		outcome: "MISSING", link: link{"1006", "MISSING", "OPEN", ""},
	}, {
		matterID: "1007", name: "Thomas Nguyen",
		happens: "Thomas Nguyen's matter is given another client, Dorothy Kowalski, and another open date",
		deed:    deed{http.MethodPatch, "matters/1007", variables{"client_id": newClientID, "open_date": "2025-05-02"}},
		outcome: "UPDATED", link: link{"1007", "CLIENT_CHANGED", "OPEN", "Dorothy Kowalski"},
		differs: []fieldResult{{"DATE_OF_INTEREST", "UPDATED", "2025-04-28", "2025-05-02", "2025-05-02"}},
	}}
}
