package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Whoever comes second is refused, with the watch as it is now: what to show, and the version to try again with.
func TestAConflictComesWithTheCurrentWatch(t *testing.T) {
	p := newStage(t).connected("ada")
	eve := p.member("eve")
	id := p.imported("1001")
	version := p.watch(id).text("watch.version")
	p.update(id, vars{"city": "Reno"}, version)
	second := eve.update(id, vars{"city": "Elko", "middleName": "M."}, version)
	require.Equal(t, []string{"CONFLICT"}, second.texts("updateWatch.userErrors.*.code"))
	require.Equal(t, p.watch(id).at("watch"), second.at("updateWatch.watch"))
	require.Equal(t, "Reno", second.text("updateWatch.watch.city"))
	again := eve.update(id, vars{"city": "Elko"}, second.text("updateWatch.watch.version"))
	require.Empty(t, again.at("updateWatch.userErrors"))

	confirmed := p.ask(`mutation($id: ID!) { confirmClioClient(watchId: $id, contactId: "502") { watch { ...w } userErrors { code } } }`+
		everythingOfAWatch, vars{"id": id})
	require.Equal(t, []string{"CONFLICT"}, confirmed.texts("confirmClioClient.userErrors.*.code"))
	require.Equal(t, p.watch(id).at("watch"), confirmed.at("confirmClioClient.watch"))
}
