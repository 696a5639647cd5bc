package account_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

// viewer is whose session the token proves; nil when it proves none.
func (o *office) viewer(t *testing.T, token string) *account.Viewer {
	t.Helper()
	viewer, err := o.Authenticate(t.Context(), token)
	if apperr.Is(err, apperr.NotFound) {
		return nil
	}
	require.NoError(t, err)
	return viewer
}

func TestTokensThatProveNothing(t *testing.T) {
	o := newOffice(t, false)
	signedIn := o.signUp(t, "Firm", "ada@example.com")
	for _, token := range []string{"", "wks_", "x", "wks_\x00\xff", signedIn.Token + "x", signedIn.Token[:20], signedIn.Viewer.SessionID} {
		require.Nil(t, o.viewer(t, token), token)
	}
	require.NotNil(t, o.viewer(t, signedIn.Token))
}

func TestASessionEndsAfterThirtyDaysWithoutUse(t *testing.T) {
	o := newOffice(t, false)
	token := o.signUp(t, "Firm", "ada@example.com").Token
	const days = 24 * time.Hour
	for range 3 {
		o.clock.Advance(30*days - time.Microsecond)
		require.NotNil(t, o.viewer(t, token), "used in time, it goes on")
	}
	o.clock.Advance(30 * days)
	require.Nil(t, o.viewer(t, token))
}

func TestFindingASessionTakesOneStatement(t *testing.T) {
	o := newOffice(t, false)
	token := o.signUp(t, "Firm", "ada@example.com").Token
	o.statements.Reset()
	o.clock.Advance(time.Minute - time.Microsecond)
	require.NotNil(t, o.viewer(t, token))
	require.Equal(t, 1, o.statements.Count())
	o.clock.Advance(time.Microsecond)
	require.NotNil(t, o.viewer(t, token))
	require.Equal(t, 3, o.statements.Count(), "a minute on its use is noted")
	require.NotNil(t, o.viewer(t, token))
	require.Equal(t, 4, o.statements.Count(), "and not again")
	require.Nil(t, o.viewer(t, "not a token of ours"))
	require.Equal(t, 4, o.statements.Count())
}

func TestSignOut(t *testing.T) {
	o := newOffice(t, false)
	first := o.signUp(t, "Firm", "ada@example.com")
	second, err := o.SignIn(t.Context(), account.SignInInput{Email: "ada@example.com", Password: goodPassword}, "")
	require.NoError(t, err)
	require.NoError(t, o.SignOut(t.Context(), first.Viewer))
	require.NoError(t, o.SignOut(t.Context(), first.Viewer), "twice is no error")
	require.NoError(t, o.SignOut(t.Context(), nil))
	require.Nil(t, o.viewer(t, first.Token))
	require.NotNil(t, o.viewer(t, second.Token), "other sessions go on")
}

func TestSigningInRemovesTheUsersEndedSessions(t *testing.T) {
	o := newOffice(t, true)
	ada, bob := o.signUp(t, "Firm", "ada@example.com"), o.signUp(t, "Other", "bob@example.com")
	o.clock.Advance(30 * 24 * time.Hour)
	require.NoError(t, o.signIn(t, "ada@example.com", goodPassword))
	o.clock.Advance(-24 * time.Hour)
	require.Nil(t, o.viewer(t, ada.Token), "it is gone, not only too old")
	require.NotNil(t, o.viewer(t, bob.Token))
}

func TestUsersOfAnotherFirmAreNotThere(t *testing.T) {
	o := newOffice(t, true)
	ada, bob := o.signUp(t, "Firm", "ada@example.com").Viewer, o.signUp(t, "Other", "bob@example.com").Viewer
	found, err := o.User(t.Context(), ada.Firm.ID, ada.User.ID)
	require.NoError(t, err)
	require.Equal(t, ada.User.Email, found.Email)

	for _, id := range []string{bob.User.ID, ident.New(ident.User), "", "user_x\x00", ada.Firm.ID} {
		_, err = o.User(t.Context(), ada.Firm.ID, id)
		require.True(t, apperr.Is(err, apperr.NotFound), id)
	}
	o.statements.Reset()
	users, err := o.Users(t.Context(), ada.Firm.ID, []string{ada.User.ID, bob.User.ID, "x", ada.User.ID})
	require.NoError(t, err)
	require.Len(t, users, 1)
	require.Contains(t, users, ada.User.ID)
	require.Equal(t, 1, o.statements.Count())
}

func TestTheViewerOfARequest(t *testing.T) {
	require.Nil(t, account.ViewerFrom(t.Context()))
	require.Nil(t, account.ViewerFrom(account.WithViewer(t.Context(), nil)))
	viewer := &account.Viewer{SessionID: "s"}
	require.Same(t, viewer, account.ViewerFrom(account.WithViewer(t.Context(), viewer)))
}
