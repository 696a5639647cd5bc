package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/syncer"
)

// schedule is a database with firms for which rounds are due.
type schedule struct {
	*testing.T
	db   *postgres.DB
	runs *postgres.Runs
}

func newSchedule(t *testing.T) *schedule {
	db := pgtest.Open(t)
	return &schedule{T: t, db: db, runs: postgres.NewRuns(db)}
}

// connect changes the firm's connection to Clio.
func (s *schedule) connect(firmID string, state clio.IntegrationState, region string) {
	s.Helper()
	_, err := postgres.NewClio(s.db).Change(s.Context(), firmID, func(row *clio.Integration) error {
		row.State, row.Region = state, &region
		return nil
	})
	require.NoError(s, err)
}

// plan has a round of the firm's be started that long from now.
func (s *schedule) plan(firmID string, from time.Duration) {
	s.Helper()
	_, err := postgres.NewSyncs(s.db).ChangeSettings(s.Context(), firmID, func(settings *syncer.SyncSettings) error {
		settings.StartAt = new(clioNow.Add(from))
		return nil
	})
	require.NoError(s, err)
}

// firm makes one that is connected to the American Clio, and for which a round is to be started that long from now.
func (s *schedule) firm(from time.Duration) string {
	s.Helper()
	firmID := clioFirm(s.T, s.db).FirmID
	s.connect(firmID, clio.Connected, "us")
	s.plan(firmID, from)
	return firmID
}

// start starts what is due, and returns the firms of which settings were found, in order.
func (s *schedule) start(batch int) (firms []string) {
	s.Helper()
	found, started, err := s.runs.StartDueRuns(s.Context(), "us", clioNow, batch, func(settings *syncer.SyncSettings) *syncer.SyncRun {
		firms = append(firms, settings.FirmID)
		settings.StartAt = nil
		return &syncer.SyncRun{
			ID: ident.New(ident.SyncRun), FirmID: settings.FirmID, RoundID: ident.New(ident.SyncRound), Trigger: syncer.TriggerSchedule,
			Scope: syncer.ScopeAll, Status: syncer.RunQueued, WatchIDs: []string{}, MatterIDs: []int64{}, CreatedAt: clioNow,
		}
	})
	require.NoError(s, err)
	require.Equal(s, len(firms), found)
	require.Equal(s, len(firms), started)
	return firms
}

func TestWhatIsDueIsStartedInBatchesThatLongestDueFirst(t *testing.T) {
	s := newSchedule(t)
	third, first, second := s.firm(-time.Second), s.firm(-time.Hour), s.firm(-time.Minute)
	s.firm(time.Microsecond)
	due := s.firm(0)
	require.ElementsMatch(t, []string{first, second}, s.start(2))
	require.ElementsMatch(t, []string{third, due}, s.start(2))
	require.Empty(t, s.start(2))
	require.Len(t, jobs(t, s.db), 4, "one for each run")
}

// What can't be started is skipped, and delays nothing that comes after it.
func TestWhatCannotBeStartedIsSkipped(t *testing.T) {
	s := newSchedule(t)
	lost, elsewhere, busy, held := s.firm(-4*time.Hour), s.firm(-3*time.Hour), s.firm(-2*time.Hour), s.firm(-time.Hour)
	s.connect(lost, clio.NeedsReconnect, "us")
	s.connect(elsewhere, clio.Connected, "ca")
	underWay := &syncer.SyncRun{
		ID: ident.New(ident.SyncRun), FirmID: busy, RoundID: ident.New(ident.SyncRound), Trigger: syncer.TriggerManual, Scope: syncer.ScopeAll,
		Status: syncer.RunRunning, WatchIDs: []string{}, MatterIDs: []int64{}, CreatedAt: clioNow,
	}
	_, err := s.db.Bun().NewInsert().Model(underWay).Exec(pgtest.AcrossFirms(t.Context()))
	require.NoError(t, err)
	tx, err := s.db.Pool().Begin(pgtest.AcrossFirms(t.Context()))
	require.NoError(t, err)
	defer func() { _ = tx.Rollback(context.Background()) }()
	_, err = tx.Exec(t.Context(), "SELECT 1 FROM firms WHERE id = $1 FOR NO KEY UPDATE", held)
	require.NoError(t, err)
	free := s.firm(-time.Minute)

	require.Equal(t, []string{free}, s.start(1+1), "one is held by somebody")
	require.NoError(t, tx.Rollback(t.Context()))
	require.Equal(t, []string{held}, s.start(1))
	require.Empty(t, s.start(1))
	s.connect(lost, clio.Connected, "us")
	s.connect(elsewhere, clio.Connected, "us")
	_, _, err = s.runs.CancelRun(t.Context(), busy, underWay.ID, clioNow)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{lost, elsewhere, busy}, s.start(9))
}

// A firm's settings may get their row while its connection is made or lost: whichever comes first, they know of it.
func TestSettingsFollowTheConnection(t *testing.T) {
	s := newSchedule(t)
	settings := func(firmID string) bool {
		read, err := postgres.NewSyncs(s.db).Settings(t.Context(), firmID)
		require.NoError(t, err)
		return read.Connected
	}
	later, earlier := clioFirm(t, s.db).FirmID, clioFirm(t, s.db).FirmID
	s.plan(later, 0)
	require.False(t, settings(later))
	for _, firmID := range []string{later, earlier} {
		s.connect(firmID, clio.Connected, "us")
		require.True(t, settings(firmID))
		s.plan(firmID, 0)
		require.True(t, settings(firmID), "settings that are changed leave it alone")
		s.connect(firmID, clio.Unreachable, "us")
		require.True(t, settings(firmID))
		s.connect(firmID, clio.NeedsReconnect, "us")
		require.False(t, settings(firmID))
	}
}
