package account_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

// authenticate returns the viewer of the token's session; nil if there is none.
func (h *harness) authenticate(t *testing.T, token string) *account.Viewer {
	t.Helper()
	viewer, err := h.Authenticate(t.Context(), token)
	if apperr.Is(err, apperr.NotFound) {
		return nil
	}
	require.NoError(t, err)
	return viewer
}

func TestInvalidTokens(t *testing.T) {
	h := newHarness(t, false)
	signedIn := h.signUp(t, "Firm", "ada@example.com")
	for _, token := range []string{"", "wks_", "x", "wks_\x00\xff", signedIn.Token + "x", signedIn.Token[:20], signedIn.Viewer.SessionID} {
		require.Nil(t, h.authenticate(t, token), token)
	}
	require.NotNil(t, h.authenticate(t, signedIn.Token))
}

func TestSessionExpiresAfterThirtyDaysWithoutUse(t *testing.T) {
	h := newHarness(t, false)
	token := h.signUp(t, "Firm", "ada@example.com").Token
	const days = 24 * time.Hour
	for range 3 {
		h.clock.Advance(30*days - time.Microsecond)
		require.NotNil(t, h.authenticate(t, token), "use extends the session")
	}
	h.clock.Advance(30 * days)
	require.Nil(t, h.authenticate(t, token))
}

func TestFindingASessionTakesOneStatement(t *testing.T) {
	h := newHarness(t, false)
	token := h.signUp(t, "Firm", "ada@example.com").Token
	h.statements.Reset()
	h.clock.Advance(time.Minute - time.Microsecond)
	require.NotNil(t, h.authenticate(t, token))
	require.Equal(t, 1, h.statements.Count())
	h.clock.Advance(time.Microsecond)
	require.NotNil(t, h.authenticate(t, token))
	require.Equal(t, 3, h.statements.Count(), "its use is stored after a minute")
	require.NotNil(t, h.authenticate(t, token))
	require.Equal(t, 4, h.statements.Count(), "but not again")
	require.Nil(t, h.authenticate(t, "not a token"))
	require.Equal(t, 4, h.statements.Count())
}

func TestSignOut(t *testing.T) {
	h := newHarness(t, false)
	first := h.signUp(t, "Firm", "ada@example.com")
	second, err := h.SignIn(t.Context(), account.SignInInput{Email: "ada@example.com", Password: goodPassword}, account.Client{})
	require.NoError(t, err)
	require.NoError(t, h.SignOut(t.Context(), first.Viewer))
	require.NoError(t, h.SignOut(t.Context(), first.Viewer), "twice is no error")
	require.NoError(t, h.SignOut(t.Context(), nil))
	require.Nil(t, h.authenticate(t, first.Token))
	require.NotNil(t, h.authenticate(t, second.Token), "other sessions stay")
}

func TestSignInDeletesTheUsersExpiredSessions(t *testing.T) {
	h := newHarness(t, true)
	ada, bob := h.signUp(t, "Firm", "ada@example.com"), h.signUp(t, "Other", "bob@example.com")
	h.clock.Advance(30 * 24 * time.Hour)
	require.NoError(t, h.signIn(t, "ada@example.com", goodPassword))
	h.clock.Advance(-24 * time.Hour)
	require.Nil(t, h.authenticate(t, ada.Token), "it was deleted")
	require.NotNil(t, h.authenticate(t, bob.Token))
}

func TestUsersOfOtherFirmsAreNotFound(t *testing.T) {
	h := newHarness(t, true)
	ada, bob := h.signUp(t, "Firm", "ada@example.com").Viewer, h.signUp(t, "Other", "bob@example.com").Viewer
	found, err := h.User(t.Context(), ada.Firm.ID, ada.User.ID)
	require.NoError(t, err)
	require.Equal(t, ada.User.Email, found.Email)

	for _, id := range []string{bob.User.ID, ident.New(ident.User), "", "user_x\x00", ada.Firm.ID} {
		_, err = h.User(t.Context(), ada.Firm.ID, id)
		require.True(t, apperr.Is(err, apperr.NotFound), id)
	}
	h.statements.Reset()
	users, err := h.Users(t.Context(), ada.Firm.ID, []string{ada.User.ID, bob.User.ID, "x", ada.User.ID})
	require.NoError(t, err)
	require.Len(t, users, 1)
	require.Contains(t, users, ada.User.ID)
	require.Equal(t, 1, h.statements.Count())
}

func TestViewerFromContext(t *testing.T) {
	require.Nil(t, account.ViewerFrom(t.Context()))
	require.Nil(t, account.ViewerFrom(account.WithViewer(t.Context(), nil)))
	viewer := &account.Viewer{SessionID: "s"}
	require.Same(t, viewer, account.ViewerFrom(account.WithViewer(t.Context(), viewer)))
}
