package main_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// passwordIsReset lets somebody in again who can't sign in, beside a running server and its built-in database.
func passwordIsReset(t *testing.T, program string) {
	address := freeAddress(t)
	settings := []string{"DATA_DIR=" + filepath.Join(dataFolder(t)), "LISTEN_ADDR=" + address, "PUBLIC_URL=https://watch.example"}
	start(t, program, settings).until("serving")
	signedUp := post(t, address, `mutation { signUp(input: {firmName: \"F\", name: \"A\", email: \"ada@firm.example\", password: \"forgotten\"}) { token } }`)
	require.Contains(t, signedUp, "wks_")

	output, err := start(t, program, settings, "reset-password", "bob@firm.example").end()
	require.Error(t, err)
	require.Contains(t, output, "nobody signs in with the e-mail address bob@firm.example")

	output, err = start(t, program, settings, "reset-password", "Ada@firm.example").end()
	require.NoError(t, err, output)
	token := strings.TrimPrefix(regexp.MustCompile(`(?m)^https://watch\.example/reset/wkr_\S+$`).FindString(output), "https://watch.example/reset/")
	require.NotEmpty(t, token, output)
	const reset = `mutation { resetPassword(input: {token: \"TOKEN\", newPassword: \"another password\"}) { viewer { user { email } } userErrors { code } } }`
	require.Contains(t, post(t, address, strings.Replace(reset, "TOKEN", token, 1)), "ada@firm.example")
	require.Contains(t, post(t, address, strings.Replace(reset, "TOKEN", token, 1)), "NOT_FOUND")
}
