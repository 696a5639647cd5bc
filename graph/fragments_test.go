package graph_test

// everythingOfAWatch selects all of a watch's fields.
const everythingOfAWatch = `
	fragment w on Watch {
		id firstName lastName dateOfBirth city state caseNumber assignedTo caseType dateOfInterest
		middleName internalNotes tags priorityLevel status lastSyncedAt version createdAt updatedAt
		clioLink { matterId contactId clientName newContactId newClientName matterStatus state url }
		syncedFields { field value clio origin }
	}`
