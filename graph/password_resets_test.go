package graph_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	createReset   = `mutation($id: ID!) { createPasswordReset(userId: $id) { resetUrl expiresAt userErrors { code path } } }`
	resetPassword = `mutation($token: String!, $password: String!) { resetPassword(input: {token: $token, newPassword: $password}) {
		viewer { user { id } } token userErrors { code path } } }`
)

// resetToken returns the token of a new password reset.
func (p *person) resetToken(userID string) string {
	p.t.Helper()
	token, found := strings.CutPrefix(p.ask(createReset, vars{"id": userID}).text("createPasswordReset.resetUrl"), p.address+"/reset/wkr_")
	require.True(p.t, found)
	return "wkr_" + token
}

func (p *person) reset(token string) answer {
	p.t.Helper()
	return p.nobody().ask(resetPassword, vars{"token": token, "password": "a new password"})
}

func TestAPasswordResetWorksOnce(t *testing.T) {
	s := newStage(t)
	ada, other := s.signUp("ada"), s.signUp("other")
	bob := ada.joined("bob", "MEMBER")
	a := ada.ask(createReset, vars{"id": bob.userID()})
	require.Equal(t, "2026-11-24T12:00:00Z", a.text("createPasswordReset.expiresAt"), "a day")
	older, token := strings.TrimPrefix(a.text("createPasswordReset.resetUrl"), s.address+"/reset/"), ada.resetToken(bob.userID())
	require.Equal(t, "NOT_FOUND", ada.reset(older).problem("resetPassword"), "a newer one ends an older")

	for range 10 {
		bob.signIn("a guess") // the owner's failures don't keep them out afterwards
	}
	refused := s.nobody().ask(resetPassword, vars{"token": token + "x", "password": "short"})
	require.Equal(t, []string{"token", "newPassword"}, refused.texts("resetPassword.userErrors.*.path.1"))
	refused = s.nobody().ask(resetPassword, vars{"token": token, "password": "short"})
	require.Equal(t, []string{"INVALID"}, refused.texts("resetPassword.userErrors.*.code"), "the link stays")
	done := ada.reset(token)
	require.Equal(t, ada.ask(listMembers).text("viewer.firm.members.1.id"), done.text("resetPassword.viewer.user.id"))
	require.False(t, bob.isSignedIn(), "all sessions end")
	require.NotEmpty(t, bob.signIn("a new password").token)
	bob.token = done.text("resetPassword.token")
	require.True(t, bob.isSignedIn())
	require.Equal(t, "NOT_FOUND", ada.reset(token).problem("resetPassword"))

	for _, id := range []string{other.userID(), unlike(bob.userID()), "nobody"} {
		require.Equal(t, "NOT_FOUND", ada.ask(createReset, vars{"id": id}).problem("createPasswordReset"))
	}
}

func TestPasswordResetsEnd(t *testing.T) {
	s := newStage(t)
	ada := s.signUp("ada")
	bob := ada.joined("bob", "ADMIN")
	for name, end := range map[string]func(){
		"expired": func() { s.clock.Advance(24 * time.Hour) },
		"the password was changed": func() {
			bob.ask(`mutation { changePassword(input: {currentPassword: "a long password", newPassword: "a long password"}) { userErrors { code } } }`)
		},
	} {
		token := ada.resetToken(bob.userID())
		end()
		require.Equal(t, "NOT_FOUND", ada.reset(token).problem("resetPassword"), name)
	}
	token := bob.resetToken(ada.userID())
	ada.ask(changeRole, vars{"id": bob.userID(), "role": "MEMBER"})
	require.Equal(t, "NOT_FOUND", ada.reset(token).problem("resetPassword"), "whoever made it is no administrator any more")
}

func TestAPasswordResetThatIsUsedTwiceAtOnce(t *testing.T) {
	ada := newStage(t).signUp("ada")
	bob := ada.joined("bob", "MEMBER")
	id := bob.userID()
	for range 5 {
		token := ada.resetToken(id)
		use := func() string { return ada.reset(token).problem("resetPassword") }
		codes := together(use, use, use)
		slices.Sort(codes)
		require.Equal(t, []string{"", "NOT_FOUND", "NOT_FOUND"}, codes)
	}
}

// Links can't be guessed, and trying costs nobody else anything.
func TestLinksAreTriedNowAndThen(t *testing.T) {
	s := newStage(t)
	for range 50 {
		require.Equal(t, "NOT_FOUND", s.nobody().reset("wkr_guess").problem("resetPassword"))
	}
	require.Equal(t, "RATE_LIMITED", s.nobody().try(resetPassword, vars{"token": "x", "password": "a new password"}).code())
	require.Equal(t, "RATE_LIMITED", s.nobody().try(acceptInvitation, vars{"token": "x", "name": "x", "password": "a new password"}).code())
}
