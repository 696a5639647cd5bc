package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// maintained is a database with connections that are maintained.
type maintained struct {
	*testing.T
	db    *postgres.DB
	store *postgres.Clio
}

func newMaintained(t *testing.T) *maintained {
	db := pgtest.Open(t)
	return &maintained{T: t, db: db, store: postgres.NewClio(db)}
}

// connection makes a firm whose connection is due for maintenance that long from now, and returns the firm.
func (u *maintained) connection(from time.Duration, change func(*clio.Integration)) string {
	firmID := clioFirm(u.T, u.db).FirmID
	region, at := "us", clioNow.Add(from)
	_, err := u.store.Change(u.Context(), firmID, func(row *clio.Integration) error {
		row.State, row.Region, row.MaintainAt = clio.Connected, &region, &at
		if change != nil {
			change(row)
		}
		return nil
	})
	require.NoError(u, err)
	return firmID
}

// claim claims up to that many, as seen that long from now, for a minute.
func (u *maintained) claim(from time.Duration, limit int) []string {
	now := clioNow.Add(from)
	firmIDs, err := u.store.ClaimMaintenance(u.Context(), "us", now, now.Add(time.Minute), limit)
	require.NoError(u, err)
	return firmIDs
}

func TestClio_ClaimMaintenance(t *testing.T) {
	u := newMaintained(t)
	third := u.connection(-time.Second, nil)
	first := u.connection(-time.Hour, nil)
	second := u.connection(-time.Minute, func(row *clio.Integration) { row.State = clio.Unreachable })
	due := u.connection(0, nil)
	u.connection(time.Microsecond, nil)
	u.connection(0, func(row *clio.Integration) { row.MaintainAt = nil })

	require.ElementsMatch(t, []string{first, second}, u.claim(0, 2), "those due for longest")
	require.ElementsMatch(t, []string{third, due}, u.claim(0, 9))
	require.Empty(t, u.claim(0, 9))
	row, err := u.store.Integration(t.Context(), second)
	require.NoError(t, err)
	require.Equal(t, clioNow.Add(time.Minute), row.MaintainAt.UTC())
	require.Equal(t, clio.Unreachable, row.State)
}

// A replica that dies leaves what it claimed to others, a minute later.
func TestClio_ClaimMaintenance_theLeaseEnds(t *testing.T) {
	u := newMaintained(t)
	firmID := u.connection(0, nil)
	require.Equal(t, []string{firmID}, u.claim(0, 9))
	require.Empty(t, u.claim(time.Minute-time.Microsecond, 9))
	require.Equal(t, []string{firmID}, u.claim(time.Minute, 9))
}

func TestClio_ClaimMaintenance_leavesAlone(t *testing.T) {
	for name, change := range map[string]func(*clio.Integration){
		"another region":  func(row *clio.Integration) { *row.Region = "eu" },
		"no region":       func(row *clio.Integration) { row.Region = nil },
		"not connected":   func(row *clio.Integration) { row.State = clio.NotConnected },
		"needs reconnect": func(row *clio.Integration) { row.State = clio.NeedsReconnect },
	} {
		t.Run(name, func(t *testing.T) {
			u := newMaintained(t)
			u.connection(-time.Hour, change)
			require.Empty(t, u.claim(0, 9))
		})
	}
}

// A connection that somebody is changing is passed over, without waiting, and others take its place.
func TestClio_ClaimMaintenance_whileOneIsLocked(t *testing.T) {
	u := newMaintained(t)
	locked := u.connection(-time.Hour, nil)
	free := u.connection(-time.Minute, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, err := u.store.Change(ctx, locked, func(*clio.Integration) error {
		firmIDs, err := u.store.ClaimMaintenance(ctx, "us", clioNow, clioNow.Add(time.Minute), 1)
		require.Equal(t, []string{free}, firmIDs)
		return err
	})
	require.NoError(t, err)
	require.Equal(t, []string{locked}, u.claim(0, 9))
}

// Of many who claim at once, each gets others, and together they get all.
func TestClio_ClaimMaintenance_atOnce(t *testing.T) {
	u := newMaintained(t)
	var all []string
	for range 12 {
		all = append(all, u.connection(0, nil))
	}
	const callers = 8
	claimed := make(chan []string)
	for range callers {
		go func() {
			firmIDs, err := u.store.ClaimMaintenance(context.WithoutCancel(t.Context()), "us", clioNow, clioNow.Add(time.Minute), 2)
			if err != nil {
				firmIDs = []string{err.Error()}
			}
			claimed <- firmIDs
		}()
	}
	var got []string
	for range callers {
		got = append(got, <-claimed...)
	}
	require.ElementsMatch(t, all, append(got, u.claim(0, 99)...))
}
