package graph_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// signIn is the same person in another session.
func (p *person) signIn(password string) *person {
	p.t.Helper()
	again := *p
	again.token = p.nobody().ask(`mutation($email: String!, $password: String!) {
		signIn(input: {email: $email, password: $password}) { token userErrors { code } } }`,
		vars{"email": p.email, "password": password}).text("signIn.token")
	return &again
}

// onReplica is the same person, who uses another server on the same database.
func (p *person) onReplica() *person {
	handler, err := p.app(pgtest.OpenURL(p.t, p.url, postgres.WithMaxConns(4)), p.config()).Handler()
	require.NoError(p.t, err)
	server := httptest.NewServer(handler)
	p.t.Cleanup(server.Close)
	elsewhere, stage := *p, *p.stage
	stage.address = server.URL
	elsewhere.stage = &stage
	return &elsewhere
}

const listSessions = `{ viewer { sessions { id createdAt lastSeenAt userAgent current } } }`

func (p *person) sessionID() string {
	p.t.Helper()
	for _, session := range p.ask(listSessions).at("viewer.sessions").([]any) {
		if session := session.(map[string]any); session["current"] == true {
			return session["id"].(string)
		}
	}
	require.Fail(p.t, "no session is the current one")
	return ""
}

// isSignedIn reports whether the person's token is good for anything.
func (p *person) isSignedIn() bool {
	p.t.Helper()
	return p.ask(`{ viewer { id } }`).at("viewer") != nil
}

func TestSessionsAreListedAndRevoked(t *testing.T) {
	s := newStage(t)
	ada := s.signUp("ada")
	bob := s.signUp("bob")
	s.clock.Advance(time.Hour)
	elsewhere := ada.signIn("a long password")
	sessions := ada.ask(listSessions)
	require.Equal(t, []any{false, true}, sessions.at("viewer.sessions.*.current"), "the latest first")
	require.Equal(t, []any{true, false}, elsewhere.ask(listSessions).at("viewer.sessions.*.current"))
	require.Equal(t, "Go-http-client/1.1", sessions.text("viewer.sessions.0.userAgent"))
	require.Equal(t, "2026-11-23T13:00:00Z", sessions.text("viewer.sessions.0.createdAt"))

	id := elsewhere.sessionID()
	require.Equal(t, id, ada.ask(`query($id: ID!) { node(id: $id) { id ... on Session { current } } }`, vars{"id": id}).text("node.id"))
	require.Nil(t, bob.ask(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": id}).at("node"), "other people's sessions")
	const revoke = `mutation($id: ID!) { revokeSession(id: $id) { revokedId userErrors { code path } } }`
	for _, unknown := range []string{id, unlike(id), "nothing"} {
		a := bob.ask(revoke, vars{"id": unknown})
		require.Equal(t, "NOT_FOUND", a.problem("revokeSession"))
		require.Equal(t, []any{"id"}, a.at("revokeSession.userErrors.0.path"))
	}
	require.Equal(t, id, ada.ask(revoke, vars{"id": id}).text("revokeSession.revokedId"))
	require.False(t, elsewhere.isSignedIn())
	require.Len(t, ada.ask(listSessions).at("viewer.sessions"), 1)
	ada.ask(revoke, vars{"id": ada.sessionID()})
	require.False(t, ada.isSignedIn(), "revoking one's own session signs out")
}

// Somebody signs in again and again: the sessions that were used least recently end.
func TestSessionsAreBounded(t *testing.T) {
	s := newStage(t)
	ada := s.signUp("ada")
	_, err := s.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), `INSERT INTO sessions (id, user_id, token_hash, created_at, last_seen_at, last_request_at)
		SELECT 'session_' || n, u.id, int4send(n), $1, $1, $1 FROM users u, generate_series(1, 150) n WHERE email = $2`,
		noon.Add(-time.Hour), ada.email)
	require.NoError(t, err)
	again := ada.signIn("a long password")
	require.Len(t, again.ask(listSessions).at("viewer.sessions"), 100)
	require.True(t, ada.isSignedIn())
}

func TestChangingThePassword(t *testing.T) {
	s := newStage(t)
	ada, bob := s.signUp("ada"), s.signUp("bob")
	elsewhere := ada.signIn("a long password")
	const change = `mutation($old: String!, $new: String!) {
		changePassword(input: {currentPassword: $old, newPassword: $new}) { userErrors { code path } } }`
	a := ada.ask(change, vars{"old": "a wrong password", "new": "short"})
	require.Equal(t, []string{"INVALID_CREDENTIALS", "INVALID"}, a.texts("changePassword.userErrors.*.code"))
	require.Equal(t, []string{"currentPassword", "newPassword"}, a.texts("changePassword.userErrors.*.path.1"))
	a = ada.ask(change, vars{"old": "a long password", "new": "short"})
	require.Equal(t, []string{"INVALID"}, a.texts("changePassword.userErrors.*.code"))
	require.True(t, elsewhere.isSignedIn())

	require.Empty(t, ada.ask(change, vars{"old": "a long password", "new": " another one "}).at("changePassword.userErrors"))
	require.True(t, ada.isSignedIn())
	require.False(t, elsewhere.isSignedIn(), "other sessions end")
	require.True(t, bob.isSignedIn())
	require.Empty(t, ada.signIn("a long password").token)
	require.NotEmpty(t, ada.signIn(" another one ").token, "passwords are never cleaned")
}

// A stolen session isn't enough to guess the password.
func TestGuessingThePasswordOfASession(t *testing.T) {
	ada := newStage(t).signUp("ada")
	const guess = `mutation { changePassword(input: {currentPassword: "a guess", newPassword: "another password"}) { userErrors { code } } }`
	for range 10 {
		require.Equal(t, "INVALID_CREDENTIALS", ada.ask(guess).problem("changePassword"))
	}
	require.Equal(t, "RATE_LIMITED", ada.try(guess).code())
	require.True(t, ada.isSignedIn())
}

func TestNamesOfPeopleAndFirms(t *testing.T) {
	s := newStage(t)
	ada := s.signUp("ada")
	bob := ada.member("bob")
	const profile = `mutation($name: String!) { updateProfile(input: {name: $name}) { user { id name } userErrors { code path } } }`
	const firm = `mutation($name: String!) { updateFirm(input: {name: $name}) { firm { id name } userErrors { code path } } }`
	require.Equal(t, "Bob Ray", bob.ask(profile, vars{"name": " Bob\u200b  Ray "}).text("updateProfile.user.name"), "it is cleaned")
	require.Equal(t, "Bob Ray", bob.ask(`{ viewer { user { name } } }`).text("viewer.user.name"))
	require.Equal(t, "ada", ada.ask(`{ viewer { user { name } } }`).text("viewer.user.name"))
	require.Equal(t, "INVALID", bob.ask(profile, vars{"name": " "}).problem("updateProfile"))
	require.Equal(t, "Alder & Finch", ada.ask(firm, vars{"name": "Alder & Finch"}).text("updateFirm.firm.name"))
	require.Equal(t, "Alder & Finch", bob.ask(`{ viewer { firm { name } } }`).text("viewer.firm.name"))
	require.Equal(t, []any{"input", "name"}, ada.ask(firm, vars{"name": ""}).at("updateFirm.userErrors.0.path"))
}

// problem is the code of a mutation's first problem; empty without one.
func (a answer) problem(mutation string) string {
	a.t.Helper()
	codes := a.texts(mutation + ".userErrors.*.code")
	if len(codes) == 0 {
		return ""
	}
	return codes[0]
}
