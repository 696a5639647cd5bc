package account_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

func TestFirstSignUp(t *testing.T) {
	h := newHarness(t, false)
	allowed, err := h.SignUpAllowed(t.Context())
	require.NoError(t, err)
	require.True(t, allowed)

	signedIn, err := h.SignUp(t.Context(), account.SignUpInput{
		FirmName: "  Byron \t& Lovelace ", Name: "Ada  Byron", Email: " Ada@Example.COM ", Password: " pass\x00wörd ",
	}, account.Client{UserAgent: "Firefox\x00/140"})
	require.NoError(t, err)
	user, firm := signedIn.Viewer.User, signedIn.Viewer.Firm
	require.Equal(t, "Byron & Lovelace", firm.Name)
	require.Equal(t, "Ada Byron", user.Name)
	require.Equal(t, "ada@example.com", user.Email)
	require.Equal(t, account.Admin, user.Role)
	require.Equal(t, "viewer"+strings.TrimPrefix(user.ID, "user"), signedIn.Viewer.ID())
	require.True(t, ident.Is(ident.Firm, firm.ID) && ident.Is(ident.User, user.ID) && ident.Is(ident.Session, signedIn.Viewer.SessionID))
	require.Regexp(t, `^wks_[A-Za-z0-9_-]{43}$`, signedIn.Token)

	viewer, err := h.Authenticate(t.Context(), signedIn.Token)
	require.NoError(t, err)
	require.Equal(t, signedIn.Viewer.SessionID, viewer.SessionID)
	require.Equal(t, firm.Name, viewer.Firm.Name)

	_, err = h.SignIn(t.Context(), account.SignInInput{Email: "ada@example.com", Password: " pass\x00wörd "}, account.Client{})
	require.NoError(t, err, "passwords aren't cleaned")
	allowed, err = h.SignUpAllowed(t.Context())
	require.NoError(t, err)
	require.False(t, allowed)
}

func TestSignUpIsClosedAfterTheFirstFirm(t *testing.T) {
	closed := newHarness(t, false)
	closed.signUp(t, "First", "a@example.com")
	_, err := closed.SignUp(t.Context(), account.SignUpInput{}, account.Client{})
	require.Equal(t, map[string]apperr.Code{"": apperr.Forbidden}, errorCodes(t, err))

	open := newHarness(t, true)
	open.signUp(t, "First", "a@example.com")
	open.signUp(t, "Second", "b@example.com")
	allowed, err := open.SignUpAllowed(t.Context())
	require.NoError(t, err)
	require.True(t, allowed)
}

func TestConcurrentFirstSignUps(t *testing.T) {
	h := newHarness(t, false)
	results := make([]error, 6)
	var group sync.WaitGroup
	for i := range results {
		group.Go(func() {
			_, results[i] = h.SignUp(t.Context(), account.SignUpInput{
				FirmName: "Firm", Name: "Ada", Email: string(rune('a'+i)) + "@example.com", Password: goodPassword,
			}, account.Client{})
		})
	}
	group.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
			continue
		}
		require.True(t, apperr.Is(err, apperr.Forbidden), err)
	}
	require.Equal(t, 1, won)
}

func TestAllProblemsAreReportedTogether(t *testing.T) {
	h := newHarness(t, true)
	h.signUp(t, "Firm", "ada@example.com")
	long := strings.Repeat("é", 201)
	for _, test := range []struct {
		name  string
		input account.SignUpInput
		want  map[string]apperr.Code
	}{
		{"all empty", account.SignUpInput{FirmName: " \u200b", Name: "\x00"}, map[string]apperr.Code{
			"firmName": apperr.Invalid, "name": apperr.Invalid, "email": apperr.Invalid, "password": apperr.Invalid}},
		{"all too long", account.SignUpInput{FirmName: long, Name: long, Email: strings.Repeat("a", 254) + "@b", Password: long}, map[string]apperr.Code{
			"firmName": apperr.Invalid, "name": apperr.Invalid, "email": apperr.Invalid, "password": apperr.Invalid}},
		{"a short password", account.SignUpInput{FirmName: "F", Name: "N", Email: "n@b", Password: "ééééééé"},
			map[string]apperr.Code{"password": apperr.Invalid}},
		{"an address that is taken, and more", account.SignUpInput{FirmName: "F", Email: "ADA@example.com", Password: goodPassword},
			map[string]apperr.Code{"name": apperr.Invalid, "email": apperr.AlreadyExists}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := h.SignUp(t.Context(), test.input, account.Client{})
			require.Equal(t, test.want, errorCodes(t, err))
		})
	}
	for _, email := range []string{"ada", "@example.com", "ada@", "a@b@c", "a b@example.com", "ada@exa mple.com"} {
		_, err := h.SignUp(t.Context(), account.SignUpInput{FirmName: "F", Name: "N", Email: email, Password: goodPassword}, account.Client{})
		require.Equal(t, map[string]apperr.Code{"email": apperr.Invalid}, errorCodes(t, err), email)
	}
}

func TestMaximumLengths(t *testing.T) {
	h := newHarness(t, true)
	name := strings.Repeat("é", 200)
	_, err := h.SignUp(t.Context(), account.SignUpInput{
		FirmName: name, Name: name, Email: strings.Repeat("a", 242) + "@example.com", Password: name,
	}, account.Client{UserAgent: strings.Repeat("x", 1000)})
	require.NoError(t, err)
}

func TestConcurrentSignUpsWithOneAddress(t *testing.T) {
	h := newHarness(t, true)
	results := make([]error, 4)
	var group sync.WaitGroup
	for i := range results {
		group.Go(func() {
			_, results[i] = h.SignUp(t.Context(), account.SignUpInput{FirmName: "F", Name: "N", Email: "ada@example.com", Password: goodPassword}, account.Client{})
		})
	}
	group.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
			continue
		}
		require.Equal(t, map[string]apperr.Code{"email": apperr.AlreadyExists}, errorCodes(t, err))
	}
	require.Equal(t, 1, won)
}
