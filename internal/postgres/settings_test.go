package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/syncer"
)

// A connection that is lost while settings are being changed waits for them, and then removes the login that waits for a sync: what was
// read before the loss isn't written back over it.
func TestSettingsThatAreChangedKeepTheConnectionWaiting(t *testing.T) {
	s := newSchedule(t)
	firmID := s.firm(0)
	user := clioFirm(t, s.db).UserID
	syncs := postgres.NewSyncs(s.db)
	lost := make(chan struct{})
	_, err := syncs.ChangeSettings(t.Context(), firmID, func(settings *syncer.SyncSettings) error {
		settings.LoginByID, settings.LoggedInAt = &user, &clioNow
		go func() {
			defer close(lost)
			s.connect(firmID, clio.NeedsReconnect, "us")
		}()
		s.untilSomebodyWaits(lost)
		return nil
	})
	require.NoError(t, err)
	<-lost
	settings, err := syncs.Settings(t.Context(), firmID)
	require.NoError(t, err)
	require.False(t, settings.Connected)
	require.Nil(t, settings.LoginByID)
}

// untilSomebodyWaits returns when a statement waits for a lock, or done is closed.
func (s *schedule) untilSomebodyWaits(done <-chan struct{}) {
	s.Helper()
	for waiting := 0; waiting == 0; {
		select {
		case <-done:
			return
		default:
		}
		err := s.db.Pool().QueryRow(pgtest.AcrossFirms(s.Context()),
			`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&waiting)
		require.NoError(s, err)
	}
}
