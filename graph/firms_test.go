package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// Neither of two firms can see, change, import, sync or infer anything of the other's: the API responds exactly
// as it does for what doesn't exist.
func TestTwoFirmsShareNothing(t *testing.T) {
	s := newStage(t)
	ada, bob := s.connected("ada"), s.signUp("bob")
	id := ada.imported("1001")
	matter := ada.ask(`{ clioMatters(first: 1) { nodes { id } } }`).text("clioMatters.nodes.0.id")
	mapping := ada.ask(`{ caseTypeMappings { id } }`).text("caseTypeMappings.0.id")
	own := ada.ask(`{ viewer { id user { id } firm { id } } clioIntegration { id } syncSettings { id } }`)
	cursor := ada.ask(`{ watches { pageInfo { endCursor } } }`).text("watches.pageInfo.endCursor")
	before := ada.watch(id)

	require.Equal(t, "/?clio=connected", bob.connect(sandbox.FirstAccount), "two firms may use one Clio account")
	for _, theirs := range []string{
		id, matter, mapping, own.text("viewer.user.id"), own.text("viewer.firm.id"), own.text("clioIntegration.id"), own.text("syncSettings.id"),
	} {
		require.NotNil(t, ada.ask(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": theirs}).at("node"), theirs)
		require.Nil(t, bob.ask(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": theirs}).at("node"), theirs)
	}
	unknown := unlike(id)
	for _, mutation := range []string{
		`updateWatch(id: $id, input: {city: "X"})`, `archiveWatch(id: $id)`, `unarchiveWatch(id: $id)`, `deleteWatch(id: $id)`, `unlinkWatch(id: $id)`,
		`syncWatch(id: $id)`, `takeClioValues(watchId: $id, fields: [CITY])`, `confirmClioClient(watchId: $id, contactId: "1")`,
	} {
		query := `mutation($id: ID!) { m: ` + mutation + ` { userErrors { code message path retryAt } } }`
		require.Equal(t, bob.ask(query, vars{"id": unknown}).Data, bob.ask(query, vars{"id": id}).Data, mutation)
	}
	require.Nil(t, bob.watch(id).at("watch"))
	list := bob.ask(`{ watches(filter: {search: "Ana"}) { totalCount nodes { id } } clioMatters(first: 1) { nodes { watch { id } } } }`)
	require.EqualValues(t, 0, list.at("watches.totalCount"))
	require.Nil(t, list.at("clioMatters.nodes.0.watch"))
	require.Equal(t, "BAD_USER_INPUT", bob.try(`query($after: String) { watches(after: $after) { totalCount } }`, vars{"after": cursor}).code())

	theirs := bob.imported("1001")
	require.NotEqual(t, id, theirs, "each firm has its own watch of the same matter")
	bob.ask(`mutation { updateSyncSettings(input: {conflictResolution: USE_CLIO}) { userErrors { code } } }`)
	bob.ask(`mutation { setCaseTypeMapping(practiceAreaId: "7", caseType: TAX) { userErrors { code } } }`)
	bob.ask(`mutation { disconnectClio { userErrors { code } } }`)
	require.Equal(t, "KEEP_LOCAL", ada.ask(`{ syncSettings { conflictResolution } }`).text("syncSettings.conflictResolution"))
	require.Equal(t, "CONNECTED", ada.ask(`{ clioIntegration { state } }`).text("clioIntegration.state"))
	require.Equal(t, before.Data, ada.watch(id).Data)
	require.Equal(t, "UNCHANGED", ada.sync(id).text("syncWatch.result.outcome"))
}
