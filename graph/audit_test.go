package graph_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

const listAudit = `query($first: Int = 100, $after: String) { auditEvents(first: $first, after: $after) {
	nodes { id at by { name } tokenName action subject summary } edges { cursor } pageInfo { hasNextPage endCursor } } }`

// actions are the actions of p's firm since it last had so many events, oldest first.
func (p *person) actions(before int) []string {
	p.t.Helper()
	all := p.ask(listAudit).texts("auditEvents.nodes.*.action")
	slices.Reverse(all)
	return all[before:]
}

// Each of these leaves its event, in the transaction of what it is about.
func TestWhatIsAudited(t *testing.T) {
	s := newStage(t)
	ada := s.signUp("ada")
	require.Equal(t, []string{"SIGN_UP"}, ada.actions(0))
	before := 1
	expect := func(actions ...string) {
		t.Helper()
		require.Equal(t, actions, ada.actions(before))
		before += len(actions)
	}
	ada.signIn("a wrong password")
	expect("SIGN_IN_REFUSED")
	again := ada.signIn("a long password")
	again.ask(signOut)
	expect("SIGN_IN", "SIGN_OUT")
	again = ada.signIn("a long password")
	ada.ask(`mutation($id: ID!) { revokeSession(id: $id) { revokedId } }`, vars{"id": again.sessionID()})
	expect("SIGN_IN", "SESSION_REVOKED")
	const change = `mutation($old: String!) { changePassword(input: {currentPassword: $old, newPassword: "a long password"}) { userErrors { code } } }`
	ada.ask(change, vars{"old": "a wrong password"})
	ada.ask(change, vars{"old": "a long password"})
	expect("PASSWORD_CHANGE_REFUSED", "PASSWORD_CHANGED")
	ada.ask(`mutation { updateProfile(input: {name: "Ada"}) { userErrors { code } } updateFirm(input: {name: "Firm"}) { userErrors { code } } }`)
	expect("PROFILE_UPDATED", "FIRM_UPDATED")

	bob := ada.joined("bob", "MEMBER")
	expect("MEMBER_INVITED", "INVITATION_ACCEPTED")
	ada.invite("eve@firm.example", "MEMBER")
	ada.ask(`mutation($id: ID!) { revokeInvitation(id: $id) { revokedId } }`,
		vars{"id": ada.ask(listInvitations).text("viewer.firm.invitations.0.id")})
	expect("MEMBER_INVITED", "INVITATION_REVOKED")
	ada.reset(ada.resetToken(bob.userID())).text("resetPassword.token")
	expect("PASSWORD_RESET_CREATED", "PASSWORD_RESET")
	id := ada.ask(listMembers).text("viewer.firm.members.1.id")
	ada.ask(changeRole, vars{"id": id, "role": "ADMIN"})
	ada.ask(changeRole, vars{"id": id, "role": "ADMIN"}) // nothing
	ada.ask(removeMember, vars{"id": id})
	expect("MEMBER_ROLE_CHANGED", "MEMBER_REMOVED")
	token := ada.ask(createToken, vars{"name": "x", "access": "READ"}).text("createApiToken.apiToken.id")
	ada.ask(revokeToken, vars{"id": token})
	expect("API_TOKEN_CREATED", "API_TOKEN_REVOKED")

	ada.connect(sandbox.FirstAccount)
	expect("CLIO_CONNECTED")
	const settings = `mutation { updateSyncSettings(input: {conflictResolution: ASK, frequency: DAILY}) { userErrors { code } } }`
	ada.ask(settings)
	require.Equal(t, "The settings were changed: conflictResolution from KEEP_LOCAL to ASK.", ada.ask(listAudit).text("auditEvents.nodes.0.summary"))
	ada.ask(settings) // nothing
	expect("SETTINGS_UPDATED")
	area := ada.ask(`{ caseTypeMappings { practiceAreaId } }`).text("caseTypeMappings.0.practiceAreaId")
	ada.ask(`mutation($id: ID!) { setCaseTypeMapping(practiceAreaId: $id, caseType: TAX) { userErrors { code } } }`, vars{"id": area})
	expect("MAPPING_SET")
	watch := ada.imported("1001")
	ada.ask(`mutation { importMatters(matterIds: ["1001"]) { results { outcome } } }`) // nothing
	expect("MATTERS_IMPORTED")
	ada.renumber("theirs", 1001)
	s.clock.Advance(time.Minute)
	run := ada.syncAll()
	const undo = `mutation($id: ID!, $dry: Boolean!) { undoSyncRun(id: $id, dryRun: $dry) { userErrors { code } } }`
	ada.ask(undo, vars{"id": run.ID, "dry": true})
	ada.ask(undo, vars{"id": run.ID, "dry": false})
	expect("RUN_UNDONE")
	ada.ask(`mutation($id: ID!) { deleteWatch(id: $id) { deletedId } }`, vars{"id": watch})
	require.Equal(t, watch, ada.ask(listAudit).text("auditEvents.nodes.0.subject"))
	ada.ask(`mutation { disconnectClio { userErrors { code } } }`)
	expect("WATCH_DELETED", "CLIO_DISCONNECTED")
}

func TestWhoDidIt(t *testing.T) {
	s := newStage(t)
	ada, other := s.signUp("ada"), s.signUp("other")
	job := ada.apiToken("FULL")
	s.nobody().ask(`mutation { signIn(input: {email: "nobody@firm.example", password: "a guess"}) { userErrors { code } } }`)
	job.ask(`mutation { updateFirm(input: {name: "By a token"}) { userErrors { code } } }`)
	ada.signIn("a guess")
	a := ada.ask(listAudit)
	require.Equal(t, []string{"SIGN_IN_REFUSED", "FIRM_UPDATED", "API_TOKEN_CREATED", "SIGN_UP"}, a.texts("auditEvents.nodes.*.action"))
	require.Equal(t, []any{nil, "ada", "ada", "ada"}, a.at("auditEvents.nodes.*.by.name"))
	require.Equal(t, []any{nil, "FULL", nil, nil}, a.at("auditEvents.nodes.*.tokenName"))
	require.Equal(t, []string{"SIGN_UP"}, other.actions(0), "nothing of another firm")

	id := a.text("auditEvents.nodes.0.id")
	const node = `query($id: ID!) { node(id: $id) { id ... on AuditEvent { action } } }`
	require.Equal(t, "SIGN_IN_REFUSED", ada.ask(node, vars{"id": id}).text("node.action"))
	require.Nil(t, other.ask(node, vars{"id": id}).at("node"))
	require.Nil(t, ada.joined("bob", "MEMBER").ask(node, vars{"id": id}).at("node"))
}

func TestTheAuditTrailIsReadInPages(t *testing.T) {
	ada := newStage(t).signUp("ada")
	for range 4 {
		ada.signIn("a long password")
	}
	var ids []string
	var after any
	for {
		a := ada.ask(listAudit, vars{"first": 2, "after": after})
		ids = append(ids, a.texts("auditEvents.nodes.*.id")...)
		if a.at("auditEvents.pageInfo.hasNextPage") == false {
			break
		}
		after = a.text("auditEvents.pageInfo.endCursor")
	}
	require.Equal(t, ada.ask(listAudit).texts("auditEvents.nodes.*.id"), ids)
	require.Len(t, ids, 5)
	require.Equal(t, "BAD_USER_INPUT", ada.try(listAudit, vars{"first": 101}).code())
	require.Equal(t, "BAD_USER_INPUT", ada.try(listAudit, vars{"after": "x"}).code())
}

// The trail stays, and so will whatever is written into it: no secret is.
func TestTheAuditTrailHasNoSecrets(t *testing.T) {
	ada := newStage(t).signUp("ada")
	var secrets []string
	secrets = append(secrets, "a long password", "a guess", ada.token, ada.apiToken("READ").token, ada.invite("bob@firm.example", "MEMBER"),
		ada.resetToken(ada.userID()))
	ada.signIn("a guess")
	ada.connect(sandbox.FirstAccount)
	trail, err := json.Marshal(ada.ask(listAudit).Data)
	require.NoError(t, err)
	for _, secret := range secrets {
		require.NotContains(t, string(trail), secret)
	}
	require.Greater(t, strings.Count(string(trail), `"summary"`), 5)
}

// What is about people is read at once too, however much of it is asked for by its ids.
func TestNodesAboutPeopleCostAFixedNumberOfStatements(t *testing.T) {
	ada := newStage(t).signUp("ada")
	var ids []string
	for _, name := range []string{"bob", "eve", "joe"} {
		ada.signIn("a long password")
		ada.invite(name+"@firm.example", "MEMBER")
		ada.apiToken("READ")
	}
	ids = append(ids, ada.ask(listSessions).texts("viewer.sessions.*.id")...)
	ids = append(ids, ada.ask(listInvitations).texts("viewer.firm.invitations.*.id")...)
	ids = append(ids, ada.ask(listTokens).texts("viewer.apiTokens.*.id")...)
	ids = append(ids, ada.ask(listAudit).texts("auditEvents.nodes.*.id")...)
	const nodes = `query($ids: [ID!]!) { nodes(ids: $ids) { id ... on ApiToken { createdBy { name } } ... on Invitation { invitedBy { name } }
		... on AuditEvent { by { name } } } }`
	ada.sql.Reset()
	require.Equal(t, ids, ada.ask(nodes, vars{"ids": ids}).texts("nodes.*.id"))
	require.LessOrEqual(t, ada.sql.Count(), 6, "who asks, sessions, invitations, tokens, events; people")
}
