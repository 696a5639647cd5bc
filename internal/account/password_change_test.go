package account_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
)

// meanwhileStore lets something happen between the verification of a password and what follows.
type meanwhileStore struct {
	account.Store
	happens func()
}

func (s *meanwhileStore) UserByEmail(ctx context.Context, email string) (*account.User, error) {
	user, err := s.Store.UserByEmail(ctx, email)
	s.happens()
	return user, err
}

func (h *harness) changePassword(t *testing.T, viewer *account.Viewer, from, to string) error {
	t.Helper()
	return h.ChangePassword(t.Context(), viewer, account.ChangePasswordInput{CurrentPassword: from, NewPassword: to}, account.Client{})
}

// A sign-in that verified the old password leaves no session behind once the new one holds.
func TestASignInDuringAChangeOfThePassword(t *testing.T) {
	h := newHarness(t, false)
	ada := h.signUp(t, "Firm", "ada@example.com")
	service := h.replicaWith(&meanwhileStore{h.store, func() {
		require.NoError(t, h.changePassword(t, ada.Viewer, goodPassword, "a better password"))
	}})
	_, err := service.SignIn(t.Context(), account.SignInInput{Email: "ada@example.com", Password: goodPassword}, account.Client{})
	requireCode(t, apperr.InvalidCredentials, err)
	sessions, err := h.Sessions(t.Context(), ada.Viewer)
	require.NoError(t, err)
	require.Len(t, sessions, 1)
}

// Of two changes at once by the same old password the first holds.
func TestTwoChangesOfThePassword(t *testing.T) {
	h := newHarness(t, false)
	ada := h.signUp(t, "Firm", "ada@example.com")
	require.NoError(t, h.changePassword(t, ada.Viewer, goodPassword, "a better password"))
	err := h.changePassword(t, ada.Viewer, goodPassword, "another password") // the viewer as it was before
	require.Equal(t, map[string]apperr.Code{"currentPassword": apperr.InvalidCredentials}, errorCodes(t, err))
	require.NoError(t, h.signIn(t, "ada@example.com", "a better password"))
}
