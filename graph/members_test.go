package graph_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
)

const (
	inviteMember = `mutation($email: String!, $role: Role!) { inviteMember(input: {email: $email, role: $role}) {
		invitation { id email role invitedBy { name } createdAt expiresAt } invitationUrl userErrors { code path message } } }`
	acceptInvitation = `mutation($token: String!, $name: String!, $password: String!) {
		acceptInvitation(input: {token: $token, name: $name, password: $password}) {
			viewer { user { id name email role } firm { name } } token userErrors { code path } } }`
	listInvitations = `{ viewer { firm { invitations { id email invitedBy { name } } } } }`
	listMembers     = `{ viewer { firm { members { id name email role } } } }`
	removeMember    = `mutation($id: ID!) { removeMember(userId: $id) { removedId userErrors { code path message } } }`
	changeRole      = `mutation($id: ID!, $role: Role!) { changeMemberRole(userId: $id, role: $role) {
		user { id role } userErrors { code path } } }`
)

// invite returns the token of a new invitation.
func (p *person) invite(email, role string) string {
	p.t.Helper()
	a := p.ask(inviteMember, vars{"email": email, "role": role})
	require.Empty(p.t, a.at("inviteMember.userErrors"))
	token, found := strings.CutPrefix(a.text("inviteMember.invitationUrl"), p.address+"/invite/wki_")
	require.True(p.t, found)
	return "wki_" + token
}

func (p *person) accept(token, name string) answer {
	p.t.Helper()
	return p.nobody().ask(acceptInvitation, vars{"token": token, "name": name, "password": "a long password"})
}

// joined is somebody who was invited to p's firm and joined.
func (p *person) joined(name, role string) *person {
	p.t.Helper()
	joined := *p
	joined.email = name + "@firm.example"
	joined.token = p.accept(p.invite(joined.email, role), name).text("acceptInvitation.token")
	require.NotEmpty(p.t, joined.token)
	return &joined
}

func (p *person) userID() string {
	p.t.Helper()
	return p.ask(`{ viewer { user { id } } }`).text("viewer.user.id")
}

func TestInvitationsAreAcceptedOnce(t *testing.T) {
	s := newStage(t)
	ada := s.signUp("ada")
	a := ada.ask(inviteMember, vars{"email": " Bob@Firm.example", "role": "MEMBER"})
	require.Equal(t, "bob@firm.example", a.text("inviteMember.invitation.email"))
	require.Equal(t, "ada", a.text("inviteMember.invitation.invitedBy.name"))
	require.Equal(t, "2026-11-30T12:00:00Z", a.text("inviteMember.invitation.expiresAt"), "seven days")
	require.Equal(t, []string{"bob@firm.example"}, ada.ask(listInvitations).texts("viewer.firm.invitations.*.email"))
	id := a.text("inviteMember.invitation.id")
	require.Equal(t, id, ada.ask(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": id}).text("node.id"))
	token := strings.TrimPrefix(a.text("inviteMember.invitationUrl"), s.address+"/invite/")

	refused := s.nobody().ask(acceptInvitation, vars{"token": token + "x", "name": " ", "password": "short"})
	require.Equal(t, []string{"token", "name", "password"}, refused.texts("acceptInvitation.userErrors.*.path.1"))
	require.Equal(t, []string{"NOT_FOUND", "INVALID", "INVALID"}, refused.texts("acceptInvitation.userErrors.*.code"))

	accepted := ada.accept(token, " Bob  Ray ")
	require.Equal(t, map[string]any{"id": accepted.at("acceptInvitation.viewer.user.id"), "name": "Bob Ray", "email": "bob@firm.example", "role": "MEMBER"},
		accepted.at("acceptInvitation.viewer.user"))
	bob := s.nobody()
	bob.token = accepted.text("acceptInvitation.token")
	require.Equal(t, []string{"ada", "Bob Ray"}, bob.ask(listMembers).texts("viewer.firm.members.*.name"))
	require.Nil(t, bob.ask(listInvitations).at("viewer.firm.invitations"), "for administrators")
	require.Empty(t, ada.ask(listInvitations).at("viewer.firm.invitations"))
	require.Equal(t, "NOT_FOUND", ada.accept(token, "Eve").problem("acceptInvitation"), "it works once")
	require.Equal(t, "ALREADY_EXISTS", ada.ask(inviteMember, vars{"email": "bob@firm.example", "role": "ADMIN"}).problem("inviteMember"))
	require.Equal(t, "INVALID", ada.ask(inviteMember, vars{"email": "bob", "role": "ADMIN"}).problem("inviteMember"))
}

func TestInvitationsEnd(t *testing.T) {
	s := newStage(t)
	ada := s.signUp("ada")
	other := s.signUp("other")
	for name, end := range map[string]func(id string){
		"revoked": func(id string) {
			const revoke = `mutation($id: ID!) { revokeInvitation(id: $id) { revokedId userErrors { code path } } }`
			require.Equal(t, "NOT_FOUND", other.ask(revoke, vars{"id": id}).problem("revokeInvitation"), "another firm's")
			require.Equal(t, id, ada.ask(revoke, vars{"id": id}).text("revokeInvitation.revokedId"))
			require.Equal(t, []any{"id"}, ada.ask(revoke, vars{"id": id}).at("revokeInvitation.userErrors.0.path"))
		},
		"invited again": func(string) { ada.invite("bob@firm.example", "ADMIN") },
		"expired":       func(string) { s.clock.Advance(7 * 24 * time.Hour) },
	} {
		token := ada.invite("bob@firm.example", "MEMBER")
		end(ada.ask(listInvitations).text("viewer.firm.invitations.0.id"))
		require.Equal(t, "NOT_FOUND", ada.accept(token, "Bob").problem("acceptInvitation"), name)
	}
	s.clock.Advance(7 * 24 * time.Hour) // "invited again" may have been the last, and left one
	require.Empty(t, ada.ask(listInvitations).at("viewer.firm.invitations"))
	token := ada.invite("other2@firm.example", "MEMBER")
	s.signUp("other2")
	require.Equal(t, "ALREADY_EXISTS", ada.accept(token, "Other").problem("acceptInvitation"), "the address was taken meanwhile")
}

// together calls the functions at once and returns what they return.
func together[T any](calls ...func() T) []T {
	results := make([]T, len(calls))
	var all sync.WaitGroup
	for i, call := range calls {
		all.Go(func() { results[i] = call() })
	}
	all.Wait()
	return results
}

func TestAnInvitationThatIsAcceptedAtOnceMakesOneUser(t *testing.T) {
	ada := newStage(t).signUp("ada")
	for range 5 {
		token := ada.invite("bob@firm.example", "MEMBER")
		accept := func() string { return ada.accept(token, "Bob").problem("acceptInvitation") }
		codes := together(accept, accept, accept)
		slices.Sort(codes)
		require.Equal(t, []string{"", "NOT_FOUND", "NOT_FOUND"}, codes)
		members := ada.ask(listMembers)
		require.Equal(t, []string{"ada", "Bob"}, members.texts("viewer.firm.members.*.name"))
		ada.ask(removeMember, vars{"id": members.text("viewer.firm.members.1.id")})
	}
}

func TestAFirmHasABoundedNumberOfPeople(t *testing.T) {
	s := newStage(t)
	ada := s.signUp("ada")
	fill := func(statement string) {
		_, err := s.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), statement, ada.email)
		require.NoError(t, err)
	}
	fill(`INSERT INTO invitations (id, firm_id, email, role, token_hash, invited_by_id, created_at, expires_at)
		SELECT 'invitation_' || n, u.firm_id, n || '@x', 'MEMBER', int4send(n), u.id, '2026-11-23', '2026-11-30' FROM users u, generate_series(1, 100) n WHERE email = $1`)
	require.Equal(t, "INVALID", ada.ask(inviteMember, vars{"email": "bob@firm.example", "role": "MEMBER"}).problem("inviteMember"))
	fill(`DELETE FROM invitations WHERE invited_by_id IN (SELECT id FROM users WHERE email = $1)`)
	token := ada.invite("bob@firm.example", "MEMBER")
	fill(`INSERT INTO users (id, firm_id, name, email, role, password_hash, created_at)
		SELECT 'user_' || n, u.firm_id, 'x', n || '@x', 'MEMBER', '', '2026-11-23' FROM users u, generate_series(1, 499) n WHERE email = $1`)
	require.Equal(t, "INVALID", ada.accept(token, "Bob").problem("acceptInvitation"))
	require.Equal(t, "INVALID", ada.ask(inviteMember, vars{"email": "eve@firm.example", "role": "MEMBER"}).problem("inviteMember"))
	require.Len(t, ada.ask(listMembers).at("viewer.firm.members"), 500)
}

// Whoever is removed loses sessions and streams at once, on every replica, and stays named where they did something.
func TestRemovingAMember(t *testing.T) {
	for transport, over := range transports {
		t.Run(transport, func(t *testing.T) {
			ada := newStage(t).connected("ada")
			bob := ada.joined("bob", "ADMIN")
			id := bob.userID()
			watch := bob.imported("1001")
			theirs, reset := bob.invite("eve@firm.example", "ADMIN"), bob.resetToken(id)
			status := over(bob, `subscription { syncStatus { id } }`, nil)
			_, ok := status.next()
			require.True(t, ok)
			socket, _ := bob.dial(http.Header{"Authorization": {"Bearer " + bob.token}})

			removed := ada.onReplica().ask(removeMember, vars{"id": id})
			require.Equal(t, id, removed.text("removeMember.removedId"))
			last, ok := status.next()
			require.True(t, ok)
			require.Equal(t, "UNAUTHENTICATED", last.code())
			require.False(t, bob.isSignedIn())
			require.Empty(t, bob.signIn("a long password").token)
			asked := bob.subscribe(socket, nil, `{ watches { totalCount } }`, nil).rest()
			require.Equal(t, "UNAUTHENTICATED", asked[0].code())
			require.Equal(t, "NOT_FOUND", ada.accept(theirs, "Eve").problem("acceptInvitation"), "a way back in")
			require.Equal(t, "NOT_FOUND", ada.reset(reset).problem("resetPassword"), "a way back in")

			require.Equal(t, []string{"ada"}, ada.ask(listMembers).texts("viewer.firm.members.*.name"))
			history := ada.ask(`query($id: ID!) { watch(id: $id) { history { nodes { by { name } } } } }`, vars{"id": watch})
			require.Equal(t, "bob", history.text("watch.history.nodes.0.by.name"))
			require.Equal(t, "NOT_FOUND", ada.ask(removeMember, vars{"id": id}).problem("removeMember"), "twice")
			again := ada.joined("bob", "MEMBER")
			require.NotEqual(t, id, again.userID(), "somebody else may have the address by now")
		})
	}
}

func TestAFirmKeepsAnAdministrator(t *testing.T) {
	s := newStage(t)
	ada, other := s.signUp("ada"), s.signUp("other")
	bob := ada.joined("bob", "MEMBER")
	for _, a := range []answer{ada.ask(removeMember, vars{"id": ada.userID()}), ada.ask(changeRole, vars{"id": ada.userID(), "role": "MEMBER"})} {
		for _, payload := range a.Data.(map[string]any) {
			errors := payload.(map[string]any)["userErrors"].([]any)
			require.Equal(t, "INVALID", errors[0].(map[string]any)["code"])
		}
	}
	require.Equal(t, "MEMBER", ada.ask(changeRole, vars{"id": bob.userID(), "role": "MEMBER"}).text("changeMemberRole.user.role"), "as before")
	require.Equal(t, "ADMIN", ada.ask(changeRole, vars{"id": bob.userID(), "role": "ADMIN"}).text("changeMemberRole.user.role"))
	token := ada.invite("eve@firm.example", "ADMIN")
	require.Equal(t, "MEMBER", ada.ask(changeRole, vars{"id": ada.userID(), "role": "MEMBER"}).text("changeMemberRole.user.role"))
	require.Equal(t, "FORBIDDEN", ada.try(changeRole, vars{"id": ada.userID(), "role": "ADMIN"}).code())
	require.Equal(t, "NOT_FOUND", ada.accept(token, "Eve").problem("acceptInvitation"), "members invite nobody")
	for _, id := range []string{other.userID(), unlike(bob.userID()), "nobody"} {
		a := bob.ask(removeMember, vars{"id": id})
		require.Equal(t, "NOT_FOUND", a.problem("removeMember"), "another firm's")
		require.Equal(t, []any{"userId"}, a.at("removeMember.userErrors.0.path"))
		require.Equal(t, "NOT_FOUND", bob.ask(changeRole, vars{"id": id, "role": "ADMIN"}).problem("changeMemberRole"))
	}
}

// Whatever administrators do to one another at once, one stays.
func TestAdministratorsRemoveEachOtherAtOnce(t *testing.T) {
	ada := newStage(t).signUp("ada")
	for range 5 {
		bob := ada.joined("bob", "ADMIN")
		adas, bobs := ada.userID(), bob.userID()
		together(
			func() answer { return ada.try(removeMember, vars{"id": bobs}) },
			func() answer { return bob.try(changeRole, vars{"id": adas, "role": "MEMBER"}) },
			func() answer { return bob.try(changeRole, vars{"id": bobs, "role": "MEMBER"}) },
		)
		var count int
		require.NoError(t, ada.db.Pool().QueryRow(pgtest.AcrossFirms(t.Context()),
			"SELECT count(*) FROM users WHERE role = 'ADMIN' AND removed_at IS NULL").Scan(&count))
		require.Equal(t, 1, count)
		_, err := ada.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "UPDATE users SET role = 'ADMIN' WHERE id = $1", adas)
		require.NoError(t, err)
		ada.ask(removeMember, vars{"id": bobs})
	}
}
