package clio_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/clio"
)

var (
	keyA = bytes.Repeat([]byte{'a'}, 32)
	keyB = bytes.Repeat([]byte{'b'}, 32)
	here = clio.Row{Table: "clio_integrations", ID: "firm_1", Column: "access_token"}
)

func keyring(t require.TestingT, keys ...[]byte) *clio.Keyring {
	ring, err := clio.NewKeyring(keys)
	require.NoError(t, err)
	return ring
}

func TestKeyring_opensWhatItSealed(t *testing.T) {
	ring := keyring(t, keyA)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOf(rapid.Byte()).Draw(t, "text")
		sealed := ring.Seal(text, here)
		opened, err := ring.Open(sealed, here)
		require.NoError(t, err)
		require.True(t, bytes.Equal(text, opened))
		require.NotEqual(t, sealed, ring.Seal(text, here), "sealed alike twice")
	})
}

func TestKeyring_opensNothingElsewhere(t *testing.T) {
	ring := keyring(t, keyA)
	sealed := ring.Seal([]byte("token"), here)
	for _, place := range []clio.Row{
		{Table: "other", ID: here.ID, Column: here.Column},
		{Table: here.Table, ID: "firm_2", Column: here.Column},
		{Table: here.Table, ID: here.ID, Column: "refresh_token"},
		{Table: here.Table, ID: "firm_1access", Column: "_token"},
		{},
	} {
		_, err := ring.Open(sealed, place)
		require.Error(t, err, "%+v", place)
	}
}

func TestKeyring_opensNothingThatWasChanged(t *testing.T) {
	ring := keyring(t, keyA, keyB)
	sealed := ring.Seal([]byte("token"), here)
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		_, err := ring.Open(changed, here)
		require.Error(t, err, "byte %d", i)
		_, err = ring.Open(sealed[:i], here)
		require.Error(t, err, "cut at %d", i)
	}
}

func TestKeyring_rotatesByListingANewKeyFirst(t *testing.T) {
	before, during, after := keyring(t, keyA), keyring(t, keyB, keyA), keyring(t, keyB)
	old := before.Seal([]byte("token"), here)

	opened, err := during.Open(old, here)
	require.NoError(t, err)
	require.Equal(t, "token", string(opened))
	require.True(t, during.Knows(old))
	require.False(t, during.Newest(old))

	renewed := during.Seal(opened, here)
	require.True(t, during.Newest(renewed))
	require.True(t, after.Knows(renewed))
	_, err = after.Open(renewed, here)
	require.NoError(t, err)

	require.False(t, after.Knows(old))
	_, err = after.Open(old, here)
	require.ErrorContains(t, err, clio.KeyIDOf(keyA).String(), "the id tells which key is missing")
}

func TestKeyring_refusesKeysThatAreNone(t *testing.T) {
	for name, keys := range map[string][][]byte{
		"no key":      {},
		"too short":   {keyA[:16]},
		"too long":    {append(bytes.Clone(keyA), 'a')},
		"twice":       {keyA, keyB, keyA},
		"empty later": {keyA, {}},
	} {
		_, err := clio.NewKeyring(keys)
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), "aaaa", name)
	}
}

func TestSealed_neverPrints(t *testing.T) {
	sealed := keyring(t, keyA).Seal([]byte("token"), here)
	row := &clio.Integration{FirmID: "firm_1", AccessToken: sealed, RefreshToken: sealed}
	var out strings.Builder
	slog.New(slog.NewJSONHandler(&out, nil)).Info("row", "row", row, "token", sealed)
	slog.New(slog.NewTextHandler(&out, nil)).Info("row", "row", row, "token", sealed)
	asJSON, err := json.Marshal(row)
	require.NoError(t, err)
	out.Write(asJSON)
	fmt.Fprintf(&out, "%v %+v %#v %s", row, *row, row, sealed)

	hidden := out.String()
	require.Contains(t, hidden, "[sealed]")
	for _, leak := range []string{
		string(sealed), fmt.Sprintf("%v", []byte(sealed)), fmt.Sprintf("%x", []byte(sealed)),
		strings.Trim(fmt.Sprintf("%v", []byte(sealed[:12])), "[]"), "0x1, 0x",
	} {
		require.NotContains(t, hidden, leak)
	}
}
