package clio_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
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
