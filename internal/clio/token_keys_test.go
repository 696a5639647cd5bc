package clio_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres/pgtest"
)

// replicaWithKeys returns a replica with these keys.
func (h *harness) replicaWithKeys(keys ...[]byte) *clio.Service {
	return clio.NewService(h.config, h.store, newKeyring(h, keys...), h.clock, h.logger(), h.transport)
}

func TestCheckKeys_rotation(t *testing.T) {
	h := connectedHarness(t)
	before := h.storedRow()
	require.NoError(t, h.service.CheckKeys(t.Context()))
	require.Equal(t, before, h.storedRow(), "no token needs a new key")

	require.NoError(t, h.replicaWithKeys(keyB, keyA).CheckKeys(t.Context()))
	after := h.storedRow()
	onlyNew := newKeyring(t, keyB)
	require.True(t, onlyNew.UsesNewestKey(after.AccessToken))
	require.True(t, onlyNew.UsesNewestKey(after.RefreshToken))

	newKeyOnly := h.replicaWithKeys(keyB)
	require.NoError(t, newKeyOnly.CheckKeys(t.Context()), "the older key can be removed")
	_, err := newKeyOnly.Read(t.Context(), h.user.FirmID, h.matterIDs()[:1])
	require.NoError(t, err)
}

func TestTokenKeys(t *testing.T) {
	h := connectedHarness(t)
	old, both := clio.NewTokenKeys(h.store, newKeyring(t, keyA)), clio.NewTokenKeys(h.store, newKeyring(t, keyB, keyA))
	uses, err := both.Uses(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[clio.KeyID]int{clio.KeyIDOf(keyA): 2}, uses)

	resealed, err := both.Reseal(t.Context())
	require.NoError(t, err)
	require.Equal(t, 2, resealed)
	uses, err = both.Uses(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[clio.KeyID]int{clio.KeyIDOf(keyB): 2}, uses)
	resealed, err = both.Reseal(t.Context())
	require.NoError(t, err)
	require.Zero(t, resealed)

	require.ErrorContains(t, old.Check(t.Context()), "tokens: 2")
	_, err = old.Reseal(t.Context())
	require.ErrorContains(t, err, clio.KeyIDOf(keyB).String())
}

func TestTokenKeys_manyFirms(t *testing.T) {
	h := connectedHarness(t)
	const firms = 250 // more than are looked up at once
	_, err := h.db.Pool().Exec(pgtest.AcrossFirms(t.Context()),
		`INSERT INTO firms (id, name, created_at) SELECT 'firm_' || n, 'Firm', now() FROM generate_series(1, $1) AS n`, firms)
	require.NoError(t, err)
	before := newKeyring(t, keyA)
	for n := range firms {
		id := fmt.Sprint("firm_", n+1)
		_, err := h.store.Change(t.Context(), id, func(row *clio.Integration) error {
			row.AccessToken = before.Seal([]byte(id), clio.Row{Table: "clio_integrations", ID: id, Column: "access_token"})
			return nil
		})
		require.NoError(t, err)
	}
	tokens := clio.NewTokenKeys(h.store, newKeyring(t, keyB, keyA))
	resealed, err := tokens.Reseal(t.Context())
	require.NoError(t, err)
	require.Equal(t, firms+2, resealed)
	uses, err := tokens.Uses(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[clio.KeyID]int{clio.KeyIDOf(keyB): firms + 2}, uses)
}

// A server that serves while another process adds a key and seals all tokens with it reads on, and renews with the new key.
func TestTokenKeys_rotationWhileServing(t *testing.T) {
	h := connectedHarness(t)
	source := &keySource{keys: [][]byte{keyA}}
	ring, err := clio.NewChangingKeyring(source.read)
	require.NoError(t, err)
	service := clio.NewService(h.config, h.store, ring, h.clock, h.logger(), h.transport)
	read := func() {
		t.Helper()
		_, err := service.Read(t.Context(), h.user.FirmID, h.matterIDs()[:1])
		require.NoError(t, err)
	}
	read()
	source.keys = [][]byte{keyB, keyA}
	read()
	_, err = clio.NewTokenKeys(h.store, newKeyring(t, keyB, keyA)).Reseal(t.Context())
	require.NoError(t, err)
	read()
	h.clock.Advance(40 * 24 * time.Hour) // the token is due
	read()
	require.Equal(t, clio.KeyIDOf(keyB), keyIDOf(t, h.storedRow().AccessToken))
	require.Equal(t, clio.KeyIDOf(keyB), keyIDOf(t, h.storedRow().RefreshToken))
}

func TestCheckKeys_unknownKey(t *testing.T) {
	h := connectedHarness(t)
	before := h.storedRow()
	err := h.replicaWithKeys(keyB).CheckKeys(t.Context())
	require.ErrorContains(t, err, "ENCRYPTION_KEYS")
	require.NotContains(t, err.Error(), string(keyB))
	require.Equal(t, before, h.storedRow())
}

// A replica that doesn't have the newest key yet must not end the connection.
func TestUnknownKey_keepsTheConnection(t *testing.T) {
	h := connectedHarness(t)
	_, err := h.replicaWithKeys(keyB).Read(t.Context(), h.user.FirmID, h.matterIDs()[:1])
	require.Error(t, err)
	require.Equal(t, clio.Connected, h.integration().State)
	require.NoError(t, h.readMatter())
}
