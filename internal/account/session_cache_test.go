package account_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
)

// cached is a service that remembers sessions for two seconds, and hears of changes.
func cached(t *testing.T) *harness {
	t.Helper()
	h := newHarness(t, true)
	h.cache = 2 * time.Second
	h.Service = h.replica()
	h.listener.Start(t.Context())
	t.Cleanup(h.listener.Stop)
	return h
}

func TestARequestUsesWhatTheOneBeforeFound(t *testing.T) {
	h := cached(t)
	token := h.signUp(t, "Firm", "ada@example.com").Token
	lookups := func(requests int) int {
		h.statements.Reset()
		for range requests {
			require.Equal(t, "ada@example.com", h.authenticate(t, token).User.Email)
		}
		return h.statements.Count()
	}
	require.Equal(t, 2, lookups(10), "the first lookup only begins to listen")
	require.Zero(t, lookups(10))
	h.clock.Advance(2 * time.Second)
	require.Equal(t, 1, lookups(10))
	h.clock.Advance(time.Minute)
	require.Equal(t, 3, lookups(10), "its use is stored, and then it is remembered anew")
}

// What this replica changed is seen by the next request, and what others changed as soon as they tell.
func TestWhatARememberedSessionShowsIsNeverOld(t *testing.T) {
	h := cached(t)
	ada := h.signUp(t, "Firm", "ada@example.com")
	remember := func() *account.Viewer {
		h.authenticate(t, ada.Token)
		return h.authenticate(t, ada.Token)
	}
	viewer := remember()
	_, err := h.UpdateProfile(t.Context(), viewer, account.UpdateProfileInput{Name: "Ada King"})
	require.NoError(t, err)
	require.Equal(t, "Ada King", h.authenticate(t, ada.Token).User.Name)
	_, err = h.UpdateFirm(t.Context(), remember(), account.UpdateFirmInput{Name: "Other"})
	require.NoError(t, err)
	require.Equal(t, "Other", h.authenticate(t, ada.Token).Firm.Name)

	elsewhere := *h
	elsewhere.Service = h.replica()
	_, err = elsewhere.UpdateProfile(t.Context(), remember(), account.UpdateProfileInput{Name: "Ada Lovelace"})
	require.NoError(t, err)
	require.Eventually(t, func() bool { return h.authenticate(t, ada.Token).User.Name == "Ada Lovelace" }, 20*time.Second, time.Millisecond)

	require.NoError(t, elsewhere.SignOut(t.Context(), remember()))
	require.Eventually(t, func() bool { return h.authenticate(t, ada.Token) == nil }, 20*time.Second, time.Millisecond)
	again, err := h.from(t, account.Client{}, goodPassword)
	require.NoError(t, err)
	ada = again
	require.NoError(t, h.SignOut(t.Context(), remember()))
	require.Nil(t, h.authenticate(t, ada.Token))
}
