package clio_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
)

// withKeys is a replica that has these keys.
func (o *office) withKeys(keys ...[]byte) *clio.Service {
	return clio.NewService(o.config, o.store, keyring(o, keys...), o.clock, o.logger(), o.transport)
}

func TestCheckKeys_rotation(t *testing.T) {
	o := connected(t)
	before := o.stored()
	require.NoError(t, o.service.CheckKeys(t.Context()))
	require.Equal(t, before, o.stored(), "nothing to seal anew")

	require.NoError(t, o.withKeys(keyB, keyA).CheckKeys(t.Context()))
	after := o.stored()
	onlyNew := keyring(t, keyB)
	require.True(t, onlyNew.Newest(after.AccessToken))
	require.True(t, onlyNew.Newest(after.RefreshToken))

	alone := o.withKeys(keyB)
	require.NoError(t, alone.CheckKeys(t.Context()), "the earlier key may go")
	_, err := alone.Read(t.Context(), o.user.FirmID, o.matterIDs()[:1])
	require.NoError(t, err)
}

func TestCheckKeys_unknownKey(t *testing.T) {
	o := connected(t)
	before := o.stored()
	err := o.withKeys(keyB).CheckKeys(t.Context())
	require.ErrorContains(t, err, "ENCRYPTION_KEYS")
	require.NotContains(t, err.Error(), string(keyB))
	require.Equal(t, before, o.stored())
}

// A replica that hasn't got the newest key yet must not take the connection for a dead one.
func TestUnknownKey_isNoReasonToReconnect(t *testing.T) {
	o := connected(t)
	_, err := o.withKeys(keyB).Read(t.Context(), o.user.FirmID, o.matterIDs()[:1])
	require.Error(t, err)
	require.Equal(t, clio.Connected, o.integration().State)
	require.NoError(t, o.read())
}
