package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

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
	require.NoError(t, db.Pool().QueryRow(pgtest.AcrossFirms(t.Context()), "SELECT count(*) FROM clio_authorizations").Scan(&left))
	require.Equal(t, 2, left, "the first has expired when the third begins")
}
