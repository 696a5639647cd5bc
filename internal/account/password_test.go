package account_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/postgres/pgtest"
)

func TestPasswordsAreStoredAsArgon2idInPHCFormat(t *testing.T) {
	h := newHarnessWith(t, true) // at the cost that servers have
	hashes := map[account.PasswordHash]bool{}
	for _, email := range []string{"ada@example.com", "bob@example.com"} {
		h.signUp(t, "Firm", email)
		user, err := h.store.UserByEmail(t.Context(), email)
		require.NoError(t, err)
		require.Regexp(t, `^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`, string(user.PasswordHash))
		hashes[user.PasswordHash] = true
	}
	require.Len(t, hashes, 2, "equal passwords have different hashes")
	_, err := h.SignIn(t.Context(), account.SignInInput{Email: "ada@example.com", Password: goodPassword}, account.Client{})
	require.NoError(t, err)
}

// The hash is argon2's own: echo -n "correct horse" | argon2 somesaltsomesalt -id -t 3 -m 12 -p 1 -l 16 -e
func TestHashesOfOtherCostsVerify(t *testing.T) {
	h := newHarness(t, false)
	h.signUp(t, "Firm", "ada@example.com")
	for hash, ok := range map[account.PasswordHash]bool{
		"$argon2id$v=19$m=4096,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$FWqRomSOLBdIbnpNokGysQ": true,
		"":                                        false,
		"$argon2i$v=19$m=8,t=1,p=1$c2E$a2V5":      false,
		"$argon2id$v=18$m=8,t=1,p=1$c2FsdA$a2V5":  false,
		"$argon2id$v=19$m=8,t=0,p=1$c2FsdA$a2V5":  false,
		"$argon2id$v=19$m=8,t=1,p=1$c2FsdA$":      false,
		"$argon2id$v=19$m=8,t=1,p=1$c2FsdA$a2V5!": false,
	} {
		_, err := h.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "UPDATE users SET password_hash = $1", string(hash))
		require.NoError(t, err)
		_, err = h.SignIn(t.Context(), account.SignInInput{Email: "ada@example.com", Password: goodPassword}, account.Client{})
		require.Equal(t, ok, err == nil, string(hash))
	}
}

func TestPrintingHidesPasswords(t *testing.T) {
	const secret = "hunter2"
	var log bytes.Buffer
	for _, value := range []any{
		account.SignUpInput{Password: secret}, account.SignInInput{Password: secret}, account.User{PasswordHash: secret},
		account.ChangePasswordInput{CurrentPassword: secret, NewPassword: secret}, account.ResetPasswordInput{Token: secret, NewPassword: secret},
		account.AcceptInvitationInput{Token: secret, Password: secret},
		&account.SignInInput{Password: secret}, account.PasswordHash(secret),
	} {
		slog.New(slog.NewTextHandler(&log, nil)).Info("people", "value", value)
		fmt.Fprintf(&log, "%v %+v %#v %s", value, value, value, value)
	}
	for _, value := range []any{
		account.SignUpInput{Password: secret}, account.SignInInput{Password: secret}, account.User{PasswordHash: secret},
		account.ChangePasswordInput{CurrentPassword: secret, NewPassword: secret}, account.ResetPasswordInput{Token: secret, NewPassword: secret},
		account.AcceptInvitationInput{Token: secret, Password: secret},
	} {
		require.NoError(t, json.NewEncoder(&log).Encode(value))
	}
	require.NotContains(t, log.String(), secret)
	require.GreaterOrEqual(t, strings.Count(log.String(), "[secret]"), 20)
}
