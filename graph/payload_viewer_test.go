package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Who is signed in is, in the query of a payload, as the mutation left it.
func TestThePayloadsQueryKnowsTheViewerAsTheyAre(t *testing.T) {
	p := newStage(t).signUp("ada")
	const is = `query { viewer { firm { name } user { name role } } }`
	p.member("bob")
	a := p.ask(`mutation { updateFirm(input: {name: "Byron LLP"}) { ` + is + ` } }`)
	require.Equal(t, "Byron LLP", a.text("updateFirm.query.viewer.firm.name"))
	a = p.ask(`mutation { updateProfile(input: {name: "Ada King"}) { ` + is + ` } }`)
	require.Equal(t, "Ada King", a.text("updateProfile.query.viewer.user.name"))

	members := p.ask(`{ viewer { user { id } firm { members { id role } } } }`)
	var other string
	for _, id := range members.texts("viewer.firm.members.*.id") {
		if id != members.text("viewer.user.id") {
			other = id
		}
	}
	p.ask(`mutation($id: ID!) { changeMemberRole(userId: $id, role: ADMIN) { user { id } } }`, vars{"id": other})
	a = p.ask(`mutation($id: ID!) { changeMemberRole(userId: $id, role: MEMBER) { `+is+` } }`, vars{"id": members.text("viewer.user.id")})
	require.Equal(t, "MEMBER", a.text("changeMemberRole.query.viewer.user.role"))

	session := p.ask(`{ viewer { sessions { id current } } }`).text("viewer.sessions.0.id")
	a = p.ask(`mutation($id: ID!) { revokeSession(id: $id) { `+is+` } }`, vars{"id": session})
	require.Nil(t, a.at("revokeSession.query.viewer"))
}
