package clio_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/clio"
)

var (
	keyA    = bytes.Repeat([]byte{'a'}, 32)
	keyB    = bytes.Repeat([]byte{'b'}, 32)
	testRow = clio.Row{Table: "clio_integrations", ID: "firm_1", Column: "access_token"}
)

func newKeyring(t require.TestingT, keys ...[]byte) *clio.Keyring {
	ring, err := clio.NewKeyring(keys)
	require.NoError(t, err)
	return ring
}

func TestKeyring_opensWhatItSealed(t *testing.T) {
	ring := newKeyring(t, keyA)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOf(rapid.Byte()).Draw(t, "text")
		sealed := ring.Seal(text, testRow)
		opened, err := ring.Open(sealed, testRow)
		require.NoError(t, err)
		require.True(t, bytes.Equal(text, opened))
		require.NotEqual(t, sealed, ring.Seal(text, testRow), "sealing twice gave the same result")
	})
}

func TestKeyring_isBoundToItsRow(t *testing.T) {
	ring := newKeyring(t, keyA)
	sealed := ring.Seal([]byte("token"), testRow)
	for _, place := range []clio.Row{
		{Table: "other", ID: testRow.ID, Column: testRow.Column},
		{Table: testRow.Table, ID: "firm_2", Column: testRow.Column},
		{Table: testRow.Table, ID: testRow.ID, Column: "refresh_token"},
		{Table: testRow.Table, ID: "firm_1access", Column: "_token"},
		{},
	} {
		_, err := ring.Open(sealed, place)
		require.Error(t, err, "%+v", place)
	}
}

func TestKeyring_detectsChanges(t *testing.T) {
	ring := newKeyring(t, keyA, keyB)
	sealed := ring.Seal([]byte("token"), testRow)
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		_, err := ring.Open(changed, testRow)
		require.Error(t, err, "byte %d", i)
		_, err = ring.Open(sealed[:i], testRow)
		require.Error(t, err, "cut at %d", i)
	}
}

func TestKeyring_rotation(t *testing.T) {
	before, during, after := newKeyring(t, keyA), newKeyring(t, keyB, keyA), newKeyring(t, keyB)
	old := before.Seal([]byte("token"), testRow)

	opened, err := during.Open(old, testRow)
	require.NoError(t, err)
	require.Equal(t, "token", string(opened))
	require.True(t, during.Knows(clio.KeyIDOf(keyA)))
	require.False(t, during.UsesNewestKey(old))

	renewed := during.Seal(opened, testRow)
	require.True(t, during.UsesNewestKey(renewed))
	_, err = after.Open(renewed, testRow)
	require.NoError(t, err)

	require.False(t, after.Knows(clio.KeyIDOf(keyA)))
	_, err = after.Open(old, testRow)
	require.ErrorContains(t, err, clio.KeyIDOf(keyA).String(), "the error names the missing key")
}

// keySource has keys that change, or can't be read.
type keySource struct {
	keys  [][]byte
	err   error
	reads int
}

func (s *keySource) read() ([][]byte, error) {
	s.reads++
	return s.keys, s.err
}

func TestChangingKeyring(t *testing.T) {
	source := &keySource{keys: [][]byte{keyA}}
	ring, err := clio.NewChangingKeyring(source.read)
	require.NoError(t, err)
	old := ring.Seal([]byte("token"), testRow)

	// Another process adds a key and seals with it.
	source.keys = [][]byte{keyB, keyA}
	renewed := newKeyring(t, keyB, keyA).Seal([]byte("renewed"), testRow)
	opened, err := ring.Open(renewed, testRow)
	require.NoError(t, err)
	require.Equal(t, "renewed", string(opened))
	reads := source.reads
	opened, err = ring.Open(old, testRow)
	require.NoError(t, err)
	require.Equal(t, "token", string(opened))
	require.Equal(t, reads, source.reads, "for a known key nothing is read")

	// What is sealed after a change is sealed with the newest key, also when nothing made the server notice before.
	keyC := bytes.Repeat([]byte{'c'}, 32)
	source.keys = [][]byte{keyC, keyB}
	require.Equal(t, clio.KeyIDOf(keyC), keyIDOf(t, ring.Seal(opened, testRow)))
	_, err = ring.Open(old, testRow)
	require.ErrorContains(t, err, clio.KeyIDOf(keyA).String(), "the key was dropped")

	// Keys that can't be read stay as they are, and nothing is lost.
	source.err = errors.New("the disk is gone")
	require.True(t, ring.UsesNewestKey(ring.Seal(opened, testRow)))
	require.Equal(t, clio.KeyIDOf(keyC), ring.Newest())
	_, err = ring.Open(old, testRow)
	require.ErrorContains(t, err, "the disk is gone")
	source.keys, source.err = [][]byte{{1}}, nil
	require.True(t, ring.UsesNewestKey(ring.Seal(opened, testRow)))

	_, err = clio.NewChangingKeyring(source.read)
	require.Error(t, err)
}

// keyIDOf returns the id of the key that the text was sealed with.
func keyIDOf(t *testing.T, sealed clio.Sealed) (id clio.KeyID) {
	t.Helper()
	require.Greater(t, len(sealed), len(id))
	return clio.KeyID(sealed[1 : 1+len(id)])
}

func TestKeyring_refusesInvalidKeys(t *testing.T) {
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
	sealed := newKeyring(t, keyA).Seal([]byte("token"), testRow)
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
