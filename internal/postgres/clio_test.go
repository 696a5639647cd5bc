package postgres_test

import (
	"context"
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
	"watchkeeper/internal/watch"
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
		row := db.Pool().QueryRow(t.Context(), "SELECT xmin::text FROM clio_integrations WHERE firm_id = $1", firm)
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

func TestClio_WithTokens(t *testing.T) {
	db := pgtest.Open(t)
	store := postgres.NewClio(db)
	var with []string
	for _, tokens := range [][2]clio.Sealed{{nil, nil}, {clio.Sealed("a"), nil}, {nil, clio.Sealed("r")}} {
		firm := clioFirm(t, db).FirmID
		_, err := store.Change(t.Context(), firm, func(row *clio.Integration) error {
			row.AccessToken, row.RefreshToken = tokens[0], tokens[1]
			return nil
		})
		require.NoError(t, err)
		if tokens[0] != nil || tokens[1] != nil {
			with = append(with, firm)
		}
	}
	rows, err := store.WithTokens(t.Context())
	require.NoError(t, err)
	var found []string
	for _, row := range rows {
		found = append(found, row.FirmID)
	}
	require.ElementsMatch(t, with, found)
}

func TestClio_TakeAuthorization(t *testing.T) {
	db := pgtest.Open(t)
	store, by := postgres.NewClio(db), clioFirm(t, db)
	pending := &clio.PendingAuthorization{
		StateHash: []byte("state"), FirmID: by.FirmID, UserID: by.UserID, SessionID: &by.SessionID,
		CookieHash: []byte("cookie"), ReturnTo: "/", ExpiresAt: clioNow.Add(time.Minute),
	}
	require.NoError(t, store.SaveAuthorization(t.Context(), pending, clioNow))
	claim := clio.Claim{StateHash: []byte("state"), SessionID: by.SessionID}
	for name, test := range map[string]struct {
		claim clio.Claim
		now   time.Time
	}{
		"another state":   {clio.Claim{StateHash: []byte("other"), SessionID: by.SessionID}, clioNow},
		"no proof":        {clio.Claim{StateHash: []byte("state")}, clioNow},
		"another session": {clio.Claim{StateHash: []byte("state"), SessionID: "session_x"}, clioNow},
		"another cookie":  {clio.Claim{StateHash: []byte("state"), CookieHash: []byte("other")}, clioNow},
		"too late":        {claim, clioNow.Add(time.Minute)},
	} {
		_, err := store.TakeAuthorization(t.Context(), test.claim, test.now)
		require.True(t, apperr.Is(err, apperr.NotFound), name)
	}
	taken := takeTogether(t, store, claim)
	require.Len(t, taken, 1, "an authorization is taken once")
	require.Equal(t, by.FirmID, taken[0].FirmID)
	require.Equal(t, "/", taken[0].ReturnTo)
}

// takeTogether has many take the authorization at the same time, and returns what they got.
func takeTogether(t *testing.T, store *postgres.Clio, claim clio.Claim) []*clio.PendingAuthorization {
	const callers = 8
	results := make(chan *clio.PendingAuthorization, callers)
	for range callers {
		go func() {
			pending, err := store.TakeAuthorization(context.WithoutCancel(t.Context()), claim, clioNow)
			if err != nil {
				pending = nil
			}
			results <- pending
		}()
	}
	var taken []*clio.PendingAuthorization
	for range callers {
		if pending := <-results; pending != nil {
			taken = append(taken, pending)
		}
	}
	return taken
}

func TestClio_SaveAuthorization_forgetsTheExpired(t *testing.T) {
	db := pgtest.Open(t)
	store, by := postgres.NewClio(db), clioFirm(t, db)
	for i, state := range []string{"old", "older", "new"} {
		now := clioNow.Add(time.Duration(i) * 5 * time.Minute)
		require.NoError(t, store.SaveAuthorization(t.Context(), &clio.PendingAuthorization{
			StateHash: []byte(state), FirmID: by.FirmID, UserID: by.UserID, CookieHash: []byte(state), ReturnTo: "/",
			ExpiresAt: now.Add(10 * time.Minute),
		}, now))
	}
	var left int
	require.NoError(t, db.Pool().QueryRow(t.Context(), "SELECT count(*) FROM clio_authorizations").Scan(&left))
	require.Equal(t, 2, left, "the first has expired when the third begins")
}

func TestClio_Links(t *testing.T) {
	db := pgtest.Open(t)
	store, firm, stranger := postgres.NewClio(db), clioFirm(t, db).FirmID, clioFirm(t, db).FirmID
	links, err := store.Links(t.Context(), firm)
	require.NoError(t, err)
	require.Empty(t, links.Regions)
	require.False(t, links.Unbound)

	seven, eight := int64(7), int64(8)
	add := func(firmID string, link watch.ClioLink) { clioLink(t, db, firmID, link) }
	add(firm, watch.ClioLink{Region: "us", AccountID: &seven, MatterID: 1, ContactID: &eight, State: watch.Missing, AskedAt: clioNow.Add(time.Hour)})
	add(firm, watch.ClioLink{Region: "us", MatterID: 2, ContactID: &seven, State: watch.Linked, AskedAt: clioNow})
	add(firm, watch.ClioLink{Region: "us", MatterID: 3, ContactID: &eight, State: watch.Linked, AskedAt: clioNow.Add(time.Minute)})
	add(firm, watch.ClioLink{Region: "us", MatterID: 4, State: watch.Linked, AskedAt: clioNow})
	add(stranger, watch.ClioLink{Region: "eu", MatterID: 5, ContactID: &eight, State: watch.Linked, AskedAt: clioNow})

	links, err = store.Links(t.Context(), firm)
	require.NoError(t, err)
	require.Equal(t, &clio.Links{
		Regions: []string{"us"}, Accounts: []int64{7}, Unbound: true,
		Sample: []clio.LinkedMatter{{MatterID: 3, ContactID: 8}, {MatterID: 2, ContactID: 7}, {MatterID: 1, ContactID: 8}},
	}, links, "those found most lately first, those gone missing last")
}

func TestClio_BindLinks(t *testing.T) {
	db := pgtest.Open(t)
	store, firm, stranger := postgres.NewClio(db), clioFirm(t, db).FirmID, clioFirm(t, db).FirmID
	seven := int64(7)
	mine := clioLink(t, db, firm, watch.ClioLink{Region: "us", MatterID: 4, State: watch.Linked, AskedAt: clioNow})
	other := clioLink(t, db, stranger, watch.ClioLink{Region: "us", MatterID: 4, State: watch.Linked, AskedAt: clioNow})

	require.NoError(t, store.BindLinks(t.Context(), firm, seven))
	require.NoError(t, store.BindLinks(t.Context(), firm, 8), "a link that knows its account keeps it")
	links, err := store.Links(t.Context(), firm)
	require.NoError(t, err)
	require.False(t, links.Unbound)
	for _, w := range []struct {
		firmID, id string
		account    *int64
	}{{firm, mine, &seven}, {stranger, other, nil}} {
		found, err := postgres.NewWatches(db).Watch(t.Context(), w.firmID, w.id)
		require.NoError(t, err)
		require.Equal(t, w.account, found.ClioLink.AccountID)
	}
}

// clioLink makes a watch with that link and returns the watch's id.
func clioLink(t *testing.T, db *postgres.DB, firmID string, link watch.ClioLink) string {
	w := watch.New(firmID, clioNow)
	w.FirstName, w.LastName = "Ana", "Rivera"
	link.WatchID, link.FirmID, link.Base, link.Settled = w.ID, firmID, watch.Values{}, watch.Values{}
	w.ClioLink = &link
	require.NoError(t, postgres.NewWatches(db).CreateWatch(t.Context(), w, watch.Origin{Cause: watch.CauseImport}))
	return w.ID
}
