package postgres_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

var clioNow = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// clioFirm makes a firm with one user who is signed in.
func clioFirm(t *testing.T, db *postgres.DB) clio.Requester {
	firm := &account.Firm{ID: ident.New(ident.Firm), Name: "Firm", CreatedAt: clioNow}
	user := &account.User{ID: ident.New(ident.User), FirmID: firm.ID, Name: "User", Email: firm.ID + "@firm.example",
		Role: "ADMIN", PasswordHash: "none", CreatedAt: clioNow}
	id := ident.New(ident.Session)
	session := &account.Session{ID: id, UserID: user.ID, TokenHash: []byte(id), CreatedAt: clioNow, LastSeenAt: clioNow, LastRequestAt: clioNow}
	err := postgres.NewAccounts(db).CreateFirm(t.Context(), firm, user, session, func(bool) error { return nil })
	require.NoError(t, err)
	return clio.Requester{FirmID: firm.ID, UserID: user.ID, SessionID: session.ID}
}

func TestClio_Change(t *testing.T) {
	db := pgtest.Open(t)
	store, firm := postgres.NewClio(db), clioFirm(t, db).FirmID
	_, err := store.Integration(t.Context(), firm)
	require.True(t, apperr.Is(err, apperr.NotFound), err)

	region, number := "us", int64(7)
	full := clio.Integration{
		FirmID: firm, State: clio.Connected, Region: &region, AccountID: &number, ClioUserName: &region, ClioFirmName: &region,
		AccessToken: clio.Sealed("a\x00b"), RefreshToken: clio.Sealed("c"), TokenExpiresAt: &clioNow,
		ConnectedAt: &clioNow, Problem: &region, ProblemSince: &clioNow,
	}
	row, err := store.Change(t.Context(), firm, func(row *clio.Integration) error {
		require.Equal(t, clio.Integration{FirmID: firm, State: clio.NotConnected}, *row)
		*row = full
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, full, *row)
	found, err := store.Integration(t.Context(), firm)
	require.NoError(t, err)
	for _, at := range []*time.Time{found.TokenExpiresAt, found.ConnectedAt, found.ProblemSince} {
		*at = at.UTC()
	}
	require.Equal(t, full, *found)

	failure := errors.New("no")
	_, err = store.Change(t.Context(), firm, func(row *clio.Integration) error {
		row.State = clio.NotConnected
		return failure
	})
	require.ErrorIs(t, err, failure)
	found, err = store.Integration(t.Context(), firm)
	require.NoError(t, err)
	require.Equal(t, clio.Connected, found.State)
}

// A rule that changes nothing leaves no new version of the row.
func TestClio_Change_writesChangesOnly(t *testing.T) {
	db := pgtest.Open(t)
	store, firm := postgres.NewClio(db), clioFirm(t, db).FirmID
	version := func() (xmin string) {
		row := db.Pool().QueryRow(pgtest.AcrossFirms(t.Context()), "SELECT xmin::text FROM clio_integrations WHERE firm_id = $1", firm)
		require.NoError(t, row.Scan(&xmin))
		return xmin
	}
	change := func(state clio.IntegrationState) {
		_, err := store.Change(t.Context(), firm, func(row *clio.Integration) error { row.State = state; return nil })
		require.NoError(t, err)
	}
	change(clio.Connected)
	before := version()
	change(clio.Connected)
	require.Equal(t, before, version())
	change(clio.Unreachable)
	require.NotEqual(t, before, version())
}

// While one rule runs, the next one waits, on a firm's first row too.
func TestClio_Change_oneAtATime(t *testing.T) {
	db := pgtest.Open(t)
	store, firm := postgres.NewClio(db), clioFirm(t, db).FirmID
	const callers = 8
	errs := make(chan error, callers)
	for range callers {
		go func() {
			_, err := store.Change(t.Context(), firm, func(row *clio.Integration) error {
				next := int64(1)
				if row.AccountID != nil {
					next = *row.AccountID + 1
				}
				row.AccountID = &next
				return nil
			})
			errs <- err
		}()
	}
	for range callers {
		require.NoError(t, <-errs)
	}
	row, err := store.Integration(t.Context(), firm)
	require.NoError(t, err)
	require.EqualValues(t, callers, *row.AccountID)
}
