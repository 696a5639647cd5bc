package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// aStatus is what a firm's watches need, as the status counts it.
type aStatus struct {
	LinkedWatches, MissingWatches, ClientChangedWatches, OpenConflicts, WatchesWithConflicts int
}

const countsOfTheStatus = `linkedWatches missingWatches clientChangedWatches openConflicts watchesWithConflicts`

// Whatever changes a count of the status is sent to whoever follows it, and counted the same when it is asked for.
func TestTheStatusIsSentWheneverItChanges(t *testing.T) {
	p := newStage(t).connected("ada")
	p.policy("ASK")
	status := p.overEvents(`subscription { syncStatus { `+countsOfTheStatus+` } }`, nil)
	first, ok := status.next()
	require.True(t, ok)
	require.Equal(t, aStatus{}, read[aStatus](first, "syncStatus"))
	p.runClock(sessionWaits + readerWaits)
	becomes := func(want aStatus) {
		t.Helper()
		status.until(t, func(a answer) bool { return read[aStatus](a, "syncStatus") == want })
		require.Equal(t, want, read[aStatus](p.ask(`{ syncStatus { `+countsOfTheStatus+` } }`), "syncStatus"))
	}
	_, own := p.link(1)
	becomes(aStatus{LinkedWatches: 1})
	one, two := p.imported("1001"), p.imported("1002")
	becomes(aStatus{LinkedWatches: 3})
	p.mutate("unlinkWatch", own[0])
	becomes(aStatus{LinkedWatches: 2})
	p.mutate("archiveWatch", one)
	becomes(aStatus{LinkedWatches: 1})
	p.mutate("unarchiveWatch", one)
	becomes(aStatus{LinkedWatches: 2})

	p.update(one, vars{"city": "Reno", "caseNumber": "ours"})
	p.sync(one)
	becomes(aStatus{LinkedWatches: 2, OpenConflicts: 2, WatchesWithConflicts: 1})
	other := p.clio.AddContact(sandbox.Contact{Type: "Person", FirstName: new("Eve"), LastName: new("Quill")})
	require.NoError(t, p.clio.EditMatter(1002, func(m *sandbox.Matter) { m.ClientID = &other.ID }))
	contact := p.sync(two).text("syncWatch.watch.clioLink.newContactId")
	becomes(aStatus{LinkedWatches: 2, ClientChangedWatches: 1, OpenConflicts: 2, WatchesWithConflicts: 1})
	p.ask(`mutation($id: ID!, $contact: ID!) { confirmClioClient(watchId: $id, contactId: $contact) { userErrors { code } } }`,
		vars{"id": two, "contact": contact})
	becomes(aStatus{LinkedWatches: 2, OpenConflicts: 2, WatchesWithConflicts: 1})
	p.hide(1002)
	p.sync(two)
	becomes(aStatus{LinkedWatches: 2, MissingWatches: 1, OpenConflicts: 2, WatchesWithConflicts: 1})
	p.mutate("deleteWatch", two)
	becomes(aStatus{LinkedWatches: 1, OpenConflicts: 2, WatchesWithConflicts: 1})
	p.mutate("deleteWatch", one)
	becomes(aStatus{})
}

// Watches without a link aren't counted, and archived ones only as far as they have anything open.
func TestTheStatusCountsActiveLinkedWatches(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(2)
	p.hide(matters...)
	p.syncAll()
	p.mutate("archiveWatch", watches[0])
	p.create(vars{"firstName": "Ana", "lastName": "Quill"})
	require.Equal(t, aStatus{LinkedWatches: 1, MissingWatches: 1},
		read[aStatus](p.ask(`{ syncStatus { `+countsOfTheStatus+` } }`), "syncStatus"))
}
