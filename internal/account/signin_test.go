package account_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
)

func (h *harness) signIn(t *testing.T, email, password string) error {
	t.Helper()
	_, err := h.SignIn(t.Context(), account.SignInInput{Email: email, Password: password}, account.Client{})
	return err
}

func TestSignIn(t *testing.T) {
	h := newHarness(t, false)
	first := h.signUp(t, "Firm", "ada@example.com")
	signedIn, err := h.SignIn(t.Context(), account.SignInInput{Email: " ADA@Example.com", Password: goodPassword}, account.Client{})
	require.NoError(t, err)
	require.Equal(t, first.Viewer.ID(), signedIn.Viewer.ID())
	require.NotEqual(t, first.Viewer.SessionID, signedIn.Viewer.SessionID, "each sign-in is a session")
	require.NotEqual(t, first.Token, signedIn.Token)
}

func TestWrongAddressAndWrongPasswordAreIndistinguishable(t *testing.T) {
	h := newHarness(t, false)
	h.signUp(t, "Firm", "ada@example.com")
	wrong := h.signIn(t, "ada@example.com", "correct horsf")
	require.Equal(t, map[string]apperr.Code{"": apperr.InvalidCredentials}, errorCodes(t, wrong))
	for _, email := range []string{"bob@example.com", "", "ada", "ada@example.com\x00x"} {
		require.Equal(t, wrong, h.signIn(t, email, goodPassword), email)
	}
}

func TestCanceledAttemptsAreNoFailures(t *testing.T) {
	h := newHarness(t, false)
	h.signUp(t, "Firm", "ada@example.com")
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 {
		_, err := h.SignIn(canceled, account.SignInInput{Email: "ada@example.com", Password: goodPassword}, account.Client{})
		require.ErrorIs(t, err, context.Canceled)
	}
	require.NoError(t, h.signIn(t, "ada@example.com", goodPassword))
}

// A sign-in is a login, and so is the first use of a session after twelve idle hours (contract, syncOnLogin).
func TestLoginsAreReported(t *testing.T) {
	h := newHarness(t, true)
	signedIn := h.signUp(t, "Firm", "ada@example.com")
	login := [2]string{signedIn.Viewer.Firm.ID, signedIn.Viewer.User.ID}
	require.Empty(t, h.logins, "a sign-up is not a login: there is nothing to sync")
	require.Error(t, h.signIn(t, "ada@example.com", "wrong password"))
	require.Empty(t, h.logins)
	again, err := h.SignIn(t.Context(), account.SignInInput{Email: "ada@example.com", Password: goodPassword}, account.Client{})
	require.NoError(t, err)
	require.Equal(t, logins{login}, h.logins)

	h.clock.Advance(12*time.Hour - time.Microsecond)
	require.NotNil(t, h.authenticate(t, again.Token))
	require.Len(t, h.logins, 1, "not idle for long enough")
	h.clock.Advance(12 * time.Hour)
	require.NotNil(t, h.authenticate(t, again.Token))
	require.Equal(t, logins{login, login}, h.logins)
	require.NotNil(t, h.authenticate(t, again.Token))
	require.Len(t, h.logins, 2, "only the first use")
	h.clock.Advance(31 * 24 * time.Hour)
	require.Nil(t, h.authenticate(t, again.Token))
	require.Len(t, h.logins, 2, "an expired session is no login")
}

// A page that stays open over night only receives subscriptions: its session continues, and the first request in the morning is a
// login.
func TestSubscriptionsAreNoRequests(t *testing.T) {
	h := newHarness(t, true)
	signedIn := h.signUp(t, "Firm", "ada@example.com")
	closeStream := h.openStream(t, signedIn.Viewer)
	for _, hours := range []time.Duration{11, 2} {
		h.clock.Advance(hours * time.Hour)
		require.Eventually(t, func() bool {
			session, err := h.store.SessionByToken(t.Context(), account.HashToken(signedIn.Token), account.Ended{SeenAt: noon})
			return err == nil && session.LastSeenAt.Equal(h.clock.Now())
		}, 20*time.Second, 10*time.Millisecond, "the session is used")
	}
	closeStream()
	require.Empty(t, h.logins)
	require.NotNil(t, h.authenticate(t, signedIn.Token))
	require.NotNil(t, h.authenticate(t, signedIn.Token))
	require.Len(t, h.logins, 1, "only the first request, although the session was used in the same minute")
}

// openStream keeps a context of WhileSignedIn open until the returned function is called.
func (h *harness) openStream(t *testing.T, viewer *account.Viewer) (close func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	stream := h.WhileSignedIn(ctx, viewer)
	require.NoError(t, h.clock.BlockUntilContext(t.Context(), 1))
	return func() {
		cancel()
		<-stream.Done()
	}
}
