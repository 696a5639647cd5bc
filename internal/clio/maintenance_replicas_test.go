package clio_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/sandbox"
)

// duringRefresh calls do during the first refresh request.
func (h *harness) duringRefresh(do func()) {
	var once sync.Once
	h.intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == tokenPath {
			once.Do(do)
		}
		return false
	})
}

// A second replica skips a connection that is being maintained: it doesn't wait and doesn't ask Clio.
func TestMaintain_twoReplicas(t *testing.T) {
	h := connectedHarness(t)
	h.clock.Advance(tokenLifetime)
	var second error
	h.duringRefresh(func() { second = h.newReplica(nil).Maintain(h.Context()) })
	h.maintain()
	require.NoError(t, second)
	require.Equal(t, []string{tokenPath}, h.paths())
}

func TestMaintain_twoReplicasAtOnce(t *testing.T) {
	h := connectedHarness(t)
	h.clock.Advance(tokenLifetime)
	errs := make(chan error)
	for _, replica := range []*clio.Service{h.service, h.newReplica(nil)} {
		go func() { errs <- replica.Maintain(t.Context()) }()
	}
	require.NoError(t, errors.Join(<-errs, <-errs))
	require.Equal(t, []string{tokenPath}, h.paths())
	require.Equal(t, clio.Connected, h.integration().State)
}

// A click that needs the token during a refresh gets the new one, and Clio is asked once.
func TestMaintain_andAClick(t *testing.T) {
	h := connectedHarness(t)
	h.clock.Advance(tokenLifetime)
	matter := h.matterIDs()[:1]
	clicked := make(chan error, 1)
	h.duringRefresh(func() {
		go func() {
			_, err := h.newReplica(nil).Read(h.Context(), h.user.FirmID, matter)
			clicked <- err
		}()
	})
	h.maintain()
	require.NoError(t, <-clicked)
	require.Equal(t, 1, h.refreshes())
}

// Maintenance skips a connection that a click is refreshing.
func TestMaintain_duringAClick(t *testing.T) {
	h := connectedHarness(t)
	h.clock.Advance(tokenLifetime)
	var result error
	h.duringRefresh(func() { result = h.newReplica(nil).Maintain(h.Context()) })
	require.NoError(t, h.readMatter())
	require.NoError(t, result)
	h.maintain()
	require.Equal(t, 1, h.refreshes())
}

// connectFirms connects n more firms and returns the ids of all.
func (h *harness) connectFirms(n int) []string {
	firmIDs := []string{h.user.FirmID}
	for range n {
		h.user = h.signUp()
		require.Equal(h, "/?clio=connected", h.connect(sandbox.FirstAccount))
		firmIDs = append(firmIDs, h.user.FirmID)
	}
	h.clio.ResetRequests()
	return firmIDs
}

// states returns the states of the firms' connections.
func (h *harness) states(firmIDs []string) []clio.IntegrationState {
	var states []clio.IntegrationState
	for _, firmID := range firmIDs {
		row, err := h.store.Integration(h.Context(), firmID)
		require.NoError(h, err)
		states = append(states, row.State)
	}
	return states
}

// All connections that are due are maintained, however many.
func TestMaintain_many(t *testing.T) {
	h := connectedHarness(t)
	firmIDs := h.connectFirms(2*clio.MaintenanceBatch - 1)
	h.clock.Advance(tokenLifetime)
	h.maintain()
	require.Equal(t, len(firmIDs), h.refreshes())
	require.Equal(t, slices.Repeat([]clio.IntegrationState{clio.Connected}, len(firmIDs)), h.states(firmIDs))
}

// blockingStore has one batch of connections and blocks every reader until release is closed.
type blockingStore struct {
	clio.Store
	claimed bool
	active  atomic.Int64
	release chan struct{}
}

func (c *blockingStore) ClaimMaintenance(context.Context, string, time.Time, time.Time, int) ([]string, error) {
	if c.claimed {
		return nil, nil
	}
	c.claimed = true
	return make([]string, clio.MaintenanceBatch), nil
}

func (c *blockingStore) Integration(context.Context, string) (*clio.Integration, error) {
	c.active.Add(1)
	<-c.release
	return &clio.Integration{State: clio.NotConnected}, nil
}

func (c *blockingStore) Change(context.Context, string, func(*clio.Integration) error) (*clio.Integration, error) {
	return nil, nil
}

// Refreshing holds database connections, and clicks need some too.
func TestMaintain_limitsConcurrency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &blockingStore{release: make(chan struct{})}
		config := clio.Config{ClientID: appID, ClientSecret: appSecret, Region: "us"}
		service := clio.NewService(
			config, store, newKeyring(t, keyA), clockwork.NewFakeClockAt(noon), slog.New(slog.DiscardHandler), nil)
		result := make(chan error)
		go func() { result <- service.Maintain(t.Context()) }()
		synctest.Wait()
		require.EqualValues(t, clio.MaintenanceConcurrency, store.active.Load())
		close(store.release)
		require.NoError(t, <-result)
		require.EqualValues(t, clio.MaintenanceBatch, store.active.Load())
	})
}

// A problem with one firm's connection doesn't affect others.
func TestMaintain_oneFirmFails(t *testing.T) {
	h := connectedHarness(t)
	firmIDs := h.connectFirms(3)
	for i, inject := range []func(*clio.Integration) error{
		func(row *clio.Integration) error { row.RefreshToken = nil; return nil },
		func(row *clio.Integration) error { row.AccessToken = clio.Sealed("garbage"); return nil },
	} {
		_, err := h.store.Change(t.Context(), firmIDs[i], inject)
		require.NoError(t, err)
	}
	h.clock.Advance(tokenLifetime)
	h.maintain()
	require.Equal(t, 2, h.refreshes())
	require.Equal(t, []clio.IntegrationState{clio.NeedsReconnect, clio.Connected, clio.Connected, clio.Connected},
		h.states(firmIDs))
	require.Contains(t, h.log.String(), firmIDs[1])
	before := h.log.String()
	h.maintain()
	require.Equal(t, before, h.log.String(), "a failed connection is retried at once")
}

// failingStore is a store whose claims, or whose changes of one firm, fail.
type failingStore struct {
	clio.Store
	claimErr  error
	firmID    string // the firm whose row can't be changed
	changeErr error
}

func (r *failingStore) ClaimMaintenance(ctx context.Context, region string, integration, until time.Time, limit int) ([]string, error) {
	if r.claimErr != nil {
		return nil, r.claimErr
	}
	return r.Store.ClaimMaintenance(ctx, region, integration, until, limit)
}

func (r *failingStore) Change(ctx context.Context, firmID string, rule func(*clio.Integration) error) (*clio.Integration, error) {
	if firmID == r.firmID {
		return nil, r.changeErr
	}
	return r.Store.Change(ctx, firmID, rule)
}

// A database error is returned; other firms are maintained all the same.
func TestMaintain_theDatabaseFails(t *testing.T) {
	h := connectedHarness(t)
	firmIDs := h.connectFirms(2)
	h.clock.Advance(tokenLifetime)
	broken := errors.New("the disk is full")
	serviceWith := func(store *failingStore) *clio.Service {
		store.Store = h.store
		return clio.NewService(h.config, store, h.keys, h.clock, h.logger(), h.transport)
	}
	require.ErrorIs(t, serviceWith(&failingStore{claimErr: broken}).Maintain(t.Context()), broken)
	require.Zero(t, h.refreshes())
	require.ErrorIs(t, serviceWith(&failingStore{firmID: firmIDs[0], changeErr: broken}).Maintain(t.Context()), broken)
	require.Equal(t, 2, h.refreshes())
	h.clock.Advance(clio.MaintenanceLease)
	h.maintain()
	require.Equal(t, 3, h.refreshes(), "the third is due again when the lease ends")
}
