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

// whileRenewing does something while Clio is being asked for a new token, the first time.
func (o *office) whileRenewing(do func()) {
	var once sync.Once
	o.inTheWay(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == tokenPath {
			once.Do(do)
		}
		return false
	})
}

// What one replica is looking after no other is: it waits for nothing and asks Clio nothing.
func TestLookAfter_twoReplicas(t *testing.T) {
	o := connected(t)
	o.clock.Advance(month)
	var second error
	o.whileRenewing(func() { second = o.another(nil).Maintain(o.Context()) })
	o.maintain()
	require.NoError(t, second)
	require.Equal(t, []string{tokenPath}, o.paths())
}

func TestLookAfter_twoReplicasAtOnce(t *testing.T) {
	o := connected(t)
	o.clock.Advance(month)
	errs := make(chan error)
	for _, replica := range []*clio.Service{o.service, o.another(nil)} {
		go func() { errs <- replica.Maintain(t.Context()) }()
	}
	require.NoError(t, errors.Join(<-errs, <-errs))
	require.Equal(t, []string{tokenPath}, o.paths())
	require.Equal(t, clio.Connected, o.integration().State)
}

// A click wants the token that is being renewed: it gets the new one, and Clio is asked once.
func TestLookAfter_andAClick(t *testing.T) {
	o := connected(t)
	o.clock.Advance(month)
	matter := o.matterIDs()[:1]
	clicked := make(chan error, 1)
	o.whileRenewing(func() {
		go func() {
			_, err := o.another(nil).Read(o.Context(), o.user.FirmID, matter)
			clicked <- err
		}()
	})
	o.maintain()
	require.NoError(t, <-clicked)
	require.Equal(t, 1, o.refreshes())
}

// The other way round: what a click is renewing is passed over.
func TestLookAfter_duringAClick(t *testing.T) {
	o := connected(t)
	o.clock.Advance(month)
	var looked error
	o.whileRenewing(func() { looked = o.another(nil).Maintain(o.Context()) })
	require.NoError(t, o.read())
	require.NoError(t, looked)
	o.maintain()
	require.Equal(t, 1, o.refreshes())
}

// connectMany has that many firms more connected, and returns all.
func (o *office) connectMany(n int) []string {
	firmIDs := []string{o.user.FirmID}
	for range n {
		o.user = o.signUp()
		require.Equal(o, "/?clio=connected", o.connect(sandbox.FirstAccount))
		firmIDs = append(firmIDs, o.user.FirmID)
	}
	o.clio.ResetRequests()
	return firmIDs
}

// states are those of the firms' connections.
func (o *office) states(firmIDs []string) []clio.IntegrationState {
	var states []clio.IntegrationState
	for _, firmID := range firmIDs {
		row, err := o.store.Integration(o.Context(), firmID)
		require.NoError(o, err)
		states = append(states, row.State)
	}
	return states
}

// All that is due is looked after, however much it is.
func TestLookAfter_many(t *testing.T) {
	o := connected(t)
	firmIDs := o.connectMany(2*clio.UpkeepBatch - 1)
	o.clock.Advance(month)
	o.maintain()
	require.Equal(t, len(firmIDs), o.refreshes())
	require.Equal(t, slices.Repeat([]clio.IntegrationState{clio.Connected}, len(firmIDs)), o.states(firmIDs))
}

// crowd is a store with one batch of connections, which keeps whoever looks after one until the door opens.
type crowd struct {
	clio.Store
	claimed bool
	inside  atomic.Int64
	door    chan struct{}
}

func (c *crowd) ClaimMaintenance(context.Context, string, time.Time, time.Time, int) ([]string, error) {
	if c.claimed {
		return nil, nil
	}
	c.claimed = true
	return make([]string, clio.UpkeepBatch), nil
}

func (c *crowd) Integration(context.Context, string) (*clio.Integration, error) {
	c.inside.Add(1)
	<-c.door
	return &clio.Integration{State: clio.NotConnected}, nil
}

func (c *crowd) Change(context.Context, string, func(*clio.Integration) error) (*clio.Integration, error) {
	return nil, nil
}

// Renewing holds connections to the database: clicks need some too.
func TestLookAfter_aFewAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &crowd{door: make(chan struct{})}
		config := clio.Config{ClientID: appID, ClientSecret: appSecret, Region: "us"}
		service := clio.NewService(
			config, store, keyring(t, keyA), clockwork.NewFakeClockAt(noon), slog.New(slog.DiscardHandler), nil)
		looked := make(chan error)
		go func() { looked <- service.Maintain(t.Context()) }()
		synctest.Wait()
		require.EqualValues(t, clio.UpkeepAtOnce, store.inside.Load())
		close(store.door)
		require.NoError(t, <-looked)
		require.EqualValues(t, clio.UpkeepBatch, store.inside.Load())
	})
}

// What is wrong with one firm's connection is that firm's alone.
func TestLookAfter_oneFirmsFailure(t *testing.T) {
	o := connected(t)
	firmIDs := o.connectMany(3)
	for i, breakIt := range []func(*clio.Integration) error{
		func(row *clio.Integration) error { row.RefreshToken = nil; return nil },
		func(row *clio.Integration) error { row.AccessToken = clio.Sealed("not to be opened"); return nil },
	} {
		_, err := o.store.Change(t.Context(), firmIDs[i], breakIt)
		require.NoError(t, err)
	}
	o.clock.Advance(month)
	o.maintain()
	require.Equal(t, 2, o.refreshes())
	require.Equal(t, []clio.IntegrationState{clio.NeedsReconnect, clio.Connected, clio.Connected, clio.Connected},
		o.states(firmIDs))
	require.Contains(t, o.log.String(), firmIDs[1])
	before := o.log.String()
	o.maintain()
	require.Equal(t, before, o.log.String(), "what has just failed is looked at again at once")
}

// refusing is a store that fails in one way.
type refusing struct {
	clio.Store
	claim  error
	firmID string // whose row can't be changed
	change error
}

func (r *refusing) ClaimMaintenance(ctx context.Context, region string, now, until time.Time, limit int) ([]string, error) {
	if r.claim != nil {
		return nil, r.claim
	}
	return r.Store.ClaimMaintenance(ctx, region, now, until, limit)
}

func (r *refusing) Change(ctx context.Context, firmID string, rule func(*clio.Integration) error) (*clio.Integration, error) {
	if firmID == r.firmID {
		return nil, r.change
	}
	return r.Store.Change(ctx, firmID, rule)
}

// A failing database is told of; what can be done is done.
func TestLookAfter_theDatabaseFails(t *testing.T) {
	o := connected(t)
	firmIDs := o.connectMany(2)
	o.clock.Advance(month)
	broken := errors.New("the disk is full")
	over := func(store *refusing) *clio.Service {
		store.Store = o.store
		return clio.NewService(o.config, store, o.keys, o.clock, o.logger(), o.transport)
	}
	require.ErrorIs(t, over(&refusing{claim: broken}).Maintain(t.Context()), broken)
	require.Zero(t, o.refreshes())
	require.ErrorIs(t, over(&refusing{firmID: firmIDs[0], change: broken}).Maintain(t.Context()), broken)
	require.Equal(t, 2, o.refreshes())
	o.clock.Advance(clio.UpkeepLease)
	o.maintain()
	require.Equal(t, 3, o.refreshes(), "when the lease is over the third has its turn")
}
