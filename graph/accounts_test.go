package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSigningUpInAndOut(t *testing.T) {
	s := newStage(t)
	p := s.signUp("ada")
	me := p.ask(`{ viewer { id user { id name email role } firm { name } } signUpAllowed }`)
	require.NotEqual(t, me.text("viewer.id"), me.text("viewer.user.id"), "ids are unique over all types")
	require.Equal(t, "ada@firm.example", me.text("viewer.user.email"))
	require.Equal(t, "ADMIN", me.text("viewer.user.role"))
	require.Equal(t, true, me.at("signUpAllowed"))

	again := s.nobody()
	again.token = again.ask(`mutation { signIn(input: {email: " ADA@firm.example ", password: "a long password"}) { token userErrors { code } } }`).
		text("signIn.token")
	require.NotEmpty(t, again.token)
	again.ask(`mutation { signOut { userErrors { code } } }`)
	require.Nil(t, again.ask(`{ viewer { id } }`).at("viewer"), "the session has ended")
	require.NotNil(t, p.ask(`{ viewer { id } }`).at("viewer"), "the other one hasn't")
	again.ask(`mutation { signOut { userErrors { code } } }`)
}

func TestSigningUpNamesEveryProblem(t *testing.T) {
	s := newStage(t)
	s.signUp("ada")
	a := s.nobody().ask(`mutation { signUp(input: {firmName: " ", name: "", email: "nobody", password: "short"}) { viewer { id } userErrors { code path } } }`)
	require.Equal(t, []string{"firmName", "name", "email", "password"}, a.texts("signUp.userErrors.*.path.1"))
	a = s.nobody().ask(`mutation { signUp(input: {firmName: "B", name: "B", email: "Ada@firm.example", password: "a long password"}) { userErrors { code path } } }`)
	require.Equal(t, []string{"ALREADY_EXISTS"}, a.texts("signUp.userErrors.*.code"))
}

func TestWrongPasswordsRevealNothing(t *testing.T) {
	s := newStage(t)
	s.signUp("ada")
	wrong := s.nobody().ask(`mutation { signIn(input: {email: "ada@firm.example", password: "another password"}) { token userErrors { code message path } } }`)
	unknown := s.nobody().ask(`mutation { signIn(input: {email: "bob@firm.example", password: "another password"}) { token userErrors { code message path } } }`)
	require.Equal(t, "INVALID_CREDENTIALS", wrong.text("signIn.userErrors.0.code"))
	require.Equal(t, wrong.Data, unknown.Data)
}

// A failure of one root field leaves the others as they are.
func TestRootFieldsFailAlone(t *testing.T) {
	a := newStage(t).nobody().try(`{ signUpAllowed watches { totalCount } }`)
	require.Equal(t, true, a.at("signUpAllowed"))
	require.Nil(t, a.at("watches"))
	require.Equal(t, []any{"watches"}, a.Errors[0].Path)
}
