package bench_test

import "strings"

// question is what the engines are compared by: the same rows, and as far as they have them the same fields.
type question struct {
	name string
	// What this server, PostGraphile and the bare handler are asked; empty where the last has no answer. CURSOR is the end of the page before, or null.
	ours, theirs, bare string
	// pages are how many come before the one that is asked for.
	pages int
	// atLeast are how many times PostGraphile's requests a second, and the bare handler's, this server is to answer.
	atLeast, ofBare float64
}

const (
	ourWatch = `id firstName lastName dateOfBirth city state caseNumber assignedTo caseType dateOfInterest middleName tags priorityLevel status version
		createdAt updatedAt clioLink { matterId contactId clientName matterStatus state } conflicts { id field local clio detectedAt }`
	theirWatch = `rowId firstName lastName dateOfBirth city state caseNumber assignedTo caseType dateOfInterest middleName tags priorityLevel status revision
		createdAt updatedAt clioLinkByFirmIdAndWatchId { matterId contactId clientName matterStatus state }
		syncConflictsByFirmIdAndWatchId { nodes { rowId field local clio detectedAt } }`
	ourPage   = `{ watches(first: 50, after: CURSOR) { nodes { ` + ourWatch + ` } pageInfo { hasNextPage endCursor } } }`
	theirPage = `{ allWatches(first: 50, after: CURSOR, condition: {firmId: "FIRM"}, orderBy: ROW_ID_ASC) { nodes { ` + theirWatch + ` }
		pageInfo { hasNextPage endCursor } } }`
	found = `firstName lastName caseNumber assignedTo status`
)

var questions = []question{
	{name: "page of 50", ours: ourPage, theirs: theirPage, bare: "page CURSOR", atLeast: 2, ofBare: 0.6},
	{name: "150th page", ours: ourPage, theirs: theirPage, bare: "page CURSOR", pages: 149, atLeast: 2, ofBare: 0.6},
	{
		name: "one watch", atLeast: 1.5,
		ours: `{ watch(id: "watch_00000000000000000000000101") { id firstName lastName dateOfBirth city state clioLink { matterId contactId clientName
			matterStatus state } } }`,
		theirs: `{ watchByRowId(rowId: "watch_00000000000000000000000101") { rowId firstName lastName dateOfBirth city state
			clioLinkByFirmIdAndWatchId { matterId contactId clientName matterStatus state } } }`,
		bare: `watch watch_00000000000000000000000101`,
	},
	{name: "two rare words", ours: search(rareWords, ""), theirs: searchTheirs(rareWords, ""), atLeast: 3},
	{name: "two rare words, counted", ours: search(rareWords, "totalCount"), theirs: searchTheirs(rareWords, "totalCount"), atLeast: 3},
	{name: "two common words", ours: search(commonWords, ""), theirs: searchTheirs(commonWords, ""), atLeast: 3},
	{name: "two common words, counted", ours: search(commonWords, "totalCount"), theirs: searchTheirs(commonWords, "totalCount"), atLeast: 3},
	{
		name: "status", atLeast: 20,
		ours: `{ syncStatus { linkedWatches missingWatches clientChangedWatches openConflicts watchesWithConflicts oldestSyncedAt lastRun { id status } } }`,
		theirs: `{ linked: allClioLinks(condition: {firmId: "FIRM" active: true}) { totalCount }
			missing: allClioLinks(condition: {firmId: "FIRM" active: true, state: "MISSING"}) { totalCount }
			changed: allClioLinks(condition: {firmId: "FIRM" active: true, state: "CLIENT_CHANGED"}) { totalCount }
			conflicts: allSyncConflicts(condition: {firmId: "FIRM"}) { totalCount }
			watches: allWatches(condition: {firmId: "FIRM"}, filter: {syncConflictsByFirmIdAndWatchIdExist: true}) { totalCount }
			allClioLinkChecks(first: 1, condition: {firmId: "FIRM"}, orderBy: LAST_SYNCED_AT_ASC) { nodes { lastSyncedAt } }
			allSyncRuns(first: 1, condition: {firmId: "FIRM" scope: "ALL", dryRun: false}, orderBy: ROW_ID_DESC) { nodes { rowId status } } }`,
	},
	{
		name: "update", atLeast: 1, // theirs is a bare UPDATE
		ours:   `mutation { updateWatch(id: "watch_00000000000000000000000102", input: {city: "CITY"}) { watch { id city } userErrors { code } } }`,
		theirs: `mutation { updateWatchByRowId(input: {rowId: "watch_00000000000000000000000102", watchPatch: {city: "CITY"}}) { watch { rowId city } } }`,
	},
}

func search(words, count string) string {
	return `{ watches(first: 50, filter: {search: "` + words + `"}) { nodes { id ` + found + ` } ` + count + ` } }`
}

func searchTheirs(words, count string) string {
	var conditions []string
	for word := range strings.FieldsSeq(words) {
		conditions = append(conditions, `{searchText: {includes: "`+word+`"}}`)
	}
	return `{ allWatches(first: 50, condition: {firmId: "FIRM"}, filter: {and: [` + strings.Join(conditions, " ") + `]}, orderBy: ROW_ID_ASC) {
		nodes { rowId ` + found + ` } ` + count + ` } }`
}
