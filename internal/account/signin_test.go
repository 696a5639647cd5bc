package account_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
)

func (o *office) signIn(t *testing.T, email, password string) error {
	t.Helper()
	_, err := o.SignIn(t.Context(), account.SignInInput{Email: email, Password: password}, "")
	return err
}

func TestSignIn(t *testing.T) {
	o := newOffice(t, false)
	first := o.signUp(t, "Firm", "ada@example.com")
	signedIn, err := o.SignIn(t.Context(), account.SignInInput{Email: " ADA@Example.com", Password: goodPassword}, "")
	require.NoError(t, err)
	require.Equal(t, first.Viewer.ID(), signedIn.Viewer.ID())
	require.NotEqual(t, first.Viewer.SessionID, signedIn.Viewer.SessionID, "each sign-in is a session")
	require.NotEqual(t, first.Token, signedIn.Token)
}

func TestWrongAddressAndWrongPasswordLookAlike(t *testing.T) {
	o := newOffice(t, false)
	o.signUp(t, "Firm", "ada@example.com")
	wrong := o.signIn(t, "ada@example.com", "correct horsf")
	require.Equal(t, map[string]apperr.Code{"": apperr.InvalidCredentials}, problems(t, wrong))
	for _, email := range []string{"bob@example.com", "", "ada", "ada@example.com\x00x"} {
		require.Equal(t, wrong, o.signIn(t, email, goodPassword), email)
	}
}

func TestTheTenthFailureIsTheLast(t *testing.T) {
	o := newOffice(t, false)
	o.signUp(t, "Firm", "ada@example.com")
	for range 10 {
		require.True(t, apperr.Is(o.signIn(t, "Ada@example.com", "wrong password"), apperr.InvalidCredentials))
		o.clock.Advance(time.Minute)
	}
	err := o.signIn(t, "ada@example.com", goodPassword)
	require.True(t, apperr.Is(err, apperr.RateLimited), "even with the right password")
	require.Equal(t, noon.Add(15*time.Minute), *apperr.From(err)[0].RetryAt, "when the first failure is 15 minutes past")
	require.True(t, apperr.Is(o.signIn(t, "bob@example.com", "x"), apperr.InvalidCredentials), "others aren't concerned")

	o.clock.Advance(5*time.Minute - time.Nanosecond)
	require.True(t, apperr.Is(o.signIn(t, "ada@example.com", goodPassword), apperr.RateLimited))
	o.clock.Advance(time.Nanosecond)
	require.NoError(t, o.signIn(t, "ada@example.com", goodPassword))
	for range 10 {
		require.True(t, apperr.Is(o.signIn(t, "ada@example.com", "wrong"), apperr.InvalidCredentials), "success forgets the failures")
	}
}

func TestATryThatWasNotJudgedIsNoFailure(t *testing.T) {
	o := newOffice(t, false)
	o.signUp(t, "Firm", "ada@example.com")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 {
		_, err := o.SignIn(gone, account.SignInInput{Email: "ada@example.com", Password: goodPassword}, "")
		require.ErrorIs(t, err, context.Canceled)
	}
	require.NoError(t, o.signIn(t, "ada@example.com", goodPassword))
}

// A sign-in is a login, and so is the first use of a session after twelve idle hours (contract, syncOnLogin).
func TestLoginsAreTold(t *testing.T) {
	o := newOffice(t, true)
	signedIn := o.signUp(t, "Firm", "ada@example.com")
	who := [2]string{signedIn.Viewer.Firm.ID, signedIn.Viewer.User.ID}
	require.Empty(t, o.logins, "who signs up has nothing to sync")
	require.Error(t, o.signIn(t, "ada@example.com", "wrong password"))
	require.Empty(t, o.logins)
	again, err := o.SignIn(t.Context(), account.SignInInput{Email: "ada@example.com", Password: goodPassword}, "")
	require.NoError(t, err)
	require.Equal(t, logins{who}, o.logins)

	o.clock.Advance(12*time.Hour - time.Microsecond)
	require.NotNil(t, o.viewer(t, again.Token))
	require.Len(t, o.logins, 1, "not idle for long enough")
	o.clock.Advance(12 * time.Hour)
	require.NotNil(t, o.viewer(t, again.Token))
	require.Equal(t, logins{who, who}, o.logins)
	require.NotNil(t, o.viewer(t, again.Token))
	require.Len(t, o.logins, 2, "the first use alone")
	o.clock.Advance(31 * 24 * time.Hour)
	require.Nil(t, o.viewer(t, again.Token))
	require.Len(t, o.logins, 2, "an ended session is none")
}

// A page that is left open over night listens and asks nothing: its session goes on, and the morning's first request is a login.
func TestAPageThatOnlyListensIsIdle(t *testing.T) {
	o := newOffice(t, true)
	signedIn := o.signUp(t, "Firm", "ada@example.com")
	stopListening := o.listen(t, signedIn.Viewer)
	for _, hours := range []time.Duration{11, 2} {
		o.clock.Advance(hours * time.Hour)
		require.Eventually(t, func() bool {
			session, err := o.store.SessionByToken(t.Context(), account.HashToken(signedIn.Token), noon)
			return err == nil && session.LastSeenAt.Equal(o.clock.Now())
		}, 20*time.Second, 10*time.Millisecond, "the session is used")
	}
	stopListening()
	require.Empty(t, o.logins)
	require.NotNil(t, o.viewer(t, signedIn.Token))
	require.NotNil(t, o.viewer(t, signedIn.Token))
	require.Len(t, o.logins, 1, "the first request, though the session was used in the same minute")
}

// listen has the viewer's session be used by what lasts, until the returned function is called.
func (o *office) listen(t *testing.T, viewer *account.Viewer) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	lasting := o.WhileSignedIn(ctx, viewer)
	require.NoError(t, o.clock.BlockUntilContext(t.Context(), 1))
	return func() {
		cancel()
		<-lasting.Done()
	}
}
