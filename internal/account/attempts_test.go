package account_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
)

// from signs Ada in from a client.
func (h *harness) from(t *testing.T, client account.Client, password string) (*account.SignedIn, error) {
	t.Helper()
	return h.SignIn(t.Context(), account.SignInInput{Email: "ada@example.com", Password: password}, client)
}

func requireCode(t *testing.T, expected apperr.Code, err error) {
	t.Helper()
	require.Truef(t, apperr.Is(err, expected), "%s expected, not %v", expected, err)
}

func TestTenFailuresLockAnAccountForAWhile(t *testing.T) {
	h := newHarness(t, false)
	h.signUp(t, "Firm", "ada@example.com")
	for range 10 {
		requireCode(t, apperr.InvalidCredentials, h.signIn(t, "Ada@example.com", "wrong password"))
	}
	err := h.signIn(t, "ada@example.com", goodPassword)
	requireCode(t, apperr.RateLimited, err)
	require.Equal(t, noon.Add(90*time.Second), *apperr.From(err)[0].RetryAt, "one more after a tenth of 15 minutes")
	requireCode(t, apperr.InvalidCredentials, h.signIn(t, "bob@example.com", "x"))

	h.clock.Advance(90*time.Second - time.Millisecond)
	requireCode(t, apperr.RateLimited, h.signIn(t, "ada@example.com", goodPassword))
	h.clock.Advance(time.Millisecond)
	require.NoError(t, h.signIn(t, "ada@example.com", goodPassword))
	for range 10 {
		requireCode(t, apperr.InvalidCredentials, h.signIn(t, "ada@example.com", "wrong")) // success resets the failures
	}
}

// Limits are in the database: another replica knows of the failures.
func TestReplicasShareTheLimits(t *testing.T) {
	h := newHarness(t, false)
	h.signUp(t, "Firm", "ada@example.com")
	other := *h
	other.Service = h.replica()
	for range 5 {
		requireCode(t, apperr.InvalidCredentials, h.signIn(t, "ada@example.com", "wrong"))
		requireCode(t, apperr.InvalidCredentials, other.signIn(t, "ada@example.com", "wrong"))
	}
	requireCode(t, apperr.RateLimited, h.signIn(t, "ada@example.com", goodPassword))
	requireCode(t, apperr.RateLimited, other.signIn(t, "ada@example.com", goodPassword))
}

func TestFiftyFailuresLockAnAddress(t *testing.T) {
	h := newHarness(t, false)
	h.signUp(t, "Firm", "ada@example.com")
	bad := account.Client{Address: "192.0.2.1"}
	for i := range 50 {
		_, err := h.SignIn(t.Context(), account.SignInInput{Email: fmt.Sprintf("user%d@example.com", i), Password: "x"}, bad)
		requireCode(t, apperr.InvalidCredentials, err)
	}
	_, err := h.from(t, bad, goodPassword)
	requireCode(t, apperr.RateLimited, err)
	for range 60 {
		_, err = h.from(t, account.Client{Address: "192.0.2.2"}, goodPassword)
		require.NoError(t, err, "successes count nowhere")
	}
}

// Wrong guesses from elsewhere, even behind the same address, don't keep people out of a device on which they have signed in.
func TestAKnownDeviceIsNotLockedOut(t *testing.T) {
	h := newHarness(t, true)
	h.signUp(t, "Firm", "ada@example.com")
	h.signUp(t, "Other", "eve@example.com")
	client := account.Client{Address: "192.0.2.1"}
	first, err := h.from(t, client, goodPassword)
	require.NoError(t, err)
	eves, err := h.SignIn(t.Context(), account.SignInInput{Email: "eve@example.com", Password: goodPassword}, client)
	require.NoError(t, err)
	for range 10 {
		_, err = h.from(t, client, "wrong")
		requireCode(t, apperr.InvalidCredentials, err)
	}
	for _, device := range []string{"", "wkd_x", eves.Device, first.Device + "x"} {
		_, err = h.from(t, account.Client{Address: "192.0.2.1", Device: device}, goodPassword)
		requireCode(t, apperr.RateLimited, err)
	}
	known := account.Client{Address: "192.0.2.1", Device: first.Device}
	again, err := h.from(t, known, goodPassword)
	require.NoError(t, err)
	require.Equal(t, first.Device, again.Device, "it stays the same device")

	for range 10 {
		_, err = h.from(t, known, "wrong")
		requireCode(t, apperr.InvalidCredentials, err)
	}
	_, err = h.from(t, known, goodPassword)
	requireCode(t, apperr.RateLimited, err) // a device has its own limit
}

func TestANetworkMayCreateSixtyFirmsInAnHour(t *testing.T) {
	h := newHarness(t, true)
	signUp := func(i int, address string) error {
		_, err := h.SignUp(t.Context(), account.SignUpInput{
			FirmName: "Firm", Name: "Ada", Email: fmt.Sprintf("user%d@example.com", i), Password: goodPassword,
		}, account.Client{Address: address})
		return err
	}
	for i := range 60 {
		require.NoError(t, signUp(i, "192.0.2.1"))
	}
	requireCode(t, apperr.RateLimited, signUp(60, "192.0.2.1"))
	require.NoError(t, signUp(60, "192.0.2.2"))
}

// A flood waits in no line: whoever finds it full is told at once.
func TestPasswordsAreHashedAFewAtATime(t *testing.T) {
	h := newHarnessWith(t, false) // at the cost that servers have
	h.signUp(t, "Firm", "ada@example.com")
	var refused atomic.Int32
	var flood sync.WaitGroup
	for i := range 100 {
		flood.Go(func() {
			_, err := h.SignIn(t.Context(), account.SignInInput{Email: fmt.Sprintf("user%d@example.com", i), Password: "x"},
				account.Client{Address: fmt.Sprint(i)})
			if apperr.Is(err, apperr.RateLimited) {
				refused.Add(1)
			}
		})
	}
	flood.Wait()
	require.Positive(t, refused.Load())
}

func TestASessionEndsAfterNinetyDays(t *testing.T) {
	h := newHarness(t, false)
	token := h.signUp(t, "Firm", "ada@example.com").Token
	for range 89 {
		h.clock.Advance(24 * time.Hour)
		require.NotNil(t, h.authenticate(t, token))
	}
	h.clock.Advance(24 * time.Hour)
	require.Nil(t, h.authenticate(t, token))
}

func TestASignInEndsTheSessionThatItReplaces(t *testing.T) {
	h := newHarness(t, true)
	first := h.signUp(t, "Firm", "ada@example.com")
	second, err := h.from(t, account.Client{CookieSession: first.Viewer.SessionID}, goodPassword)
	require.NoError(t, err)
	require.Nil(t, h.authenticate(t, first.Token))

	_, err = h.SignUp(t.Context(), account.SignUpInput{FirmName: "F", Name: "B", Email: "bob@example.com", Password: goodPassword},
		account.Client{CookieSession: second.Viewer.SessionID})
	require.NoError(t, err)
	require.Nil(t, h.authenticate(t, second.Token))
}

// unseenStore can't store that a session was used, as on a database that is read-only.
type unseenStore struct{ account.Store }

func (unseenStore) SessionSeen(context.Context, string, time.Time, bool) error {
	return context.DeadlineExceeded
}

func TestWhoIsSignedInIsNotRefusedBecauseThatCantBeNoted(t *testing.T) {
	h := newHarness(t, false)
	token := h.signUp(t, "Firm", "ada@example.com").Token
	h.Service = h.replicaWith(unseenStore{h.store})
	h.clock.Advance(time.Hour)
	require.NotNil(t, h.authenticate(t, token))
}
