package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// A watch needs attention while a conflict is open or its link is in trouble, and no other does.
func TestWatchesThatNeedAttention(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(4)
	own := p.create(vars{"firstName": "Ana", "lastName": "Quill"})
	attention := func() [2][]string {
		return [2][]string{p.pages("watches", ", filter: {needsAttention: true}", 2), p.pages("watches", ", filter: {needsAttention: false}", 2)}
	}
	require.Empty(t, attention()[0])
	require.ElementsMatch(t, append(watches, own), attention()[1])

	p.policy("ASK")
	p.update(watches[0], vars{"caseNumber": "ours"})
	p.renumber("theirs", matters[0])
	p.hide(matters[1])
	other := p.clio.AddContact(sandbox.Contact{Type: "Person", FirstName: new("Eve"), LastName: new("Quill")})
	require.NoError(t, p.clio.EditMatter(matters[2], func(m *sandbox.Matter) { m.ClientID = &other.ID }))
	p.syncAll()
	require.ElementsMatch(t, watches[:3], attention()[0], "a conflict, MISSING, CLIENT_CHANGED")
	require.ElementsMatch(t, []string{watches[3], own}, attention()[1])
	require.Equal(t, []string{watches[1]}, p.pages("watches", ", filter: {needsAttention: true, linkState: MISSING}", 2))

	p.mutate("unlinkWatch", watches[1])
	p.mutate("archiveWatch", watches[0])
	require.ElementsMatch(t, watches[2:3], attention()[0], "archiving and unlinking close conflicts")
}
