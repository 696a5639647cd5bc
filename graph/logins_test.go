package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
)

const signIn = `mutation($email: String!) { signIn(input: {email: $email, password: "a long password"}) { token userErrors { code } } }`

// logIn signs the person in once more, and starts the sync that a login wants.
func (p *person) logIn() {
	p.t.Helper()
	p.token = p.ask(signIn, vars{"email": p.email}).text("signIn.token")
	p.followLogins()
}

// followLogins starts the syncs that logins want.
func (s *stage) followLogins() {
	s.t.Helper()
	s.logins.Start(s.t.Context())
	require.NoError(s.t, s.logins.Stop(s.t.Context()))
}

// wantingLogins is a person of a connected firm with so many watches, whose logins a sync follows.
func wantingLogins(t *testing.T, watches int, changes ...func(*setup)) *person {
	p := newStage(t, changes...).connected("ada")
	p.link(watches)
	require.Nil(t, p.set(vars{"syncOnLogin": true, "frequency": "MANUAL"}), "whatever the other settings are")
	return p
}

func TestASyncFollowsASignIn(t *testing.T) {
	p := wantingLogins(t, 130)
	p.logIn()
	p.work()
	runs := p.runsOf("LOGIN")
	require.Len(t, runs, 2, "the round continues by itself")
	for _, run := range runs {
		require.Equal(t, "ada", run.RequestedBy.Name)
		require.Equal(t, "SUCCEEDED", run.Status)
		require.Equal(t, runs[0].RoundID, run.RoundID)
	}
	require.Zero(t, runs[0].Remaining)
	p.policy("ASK")
	require.Zero(t, p.startDue(), "no login is waiting")
}

func TestNoSyncFollowsUnlessItIsWanted(t *testing.T) {
	p := newStage(t).connected("ada")
	p.link(1)
	p.logIn()
	p.set(vars{"autoSyncEnabled": true})
	p.logIn()
	require.Empty(t, p.runsOf("LOGIN"))
	require.Equal(t, "INVALID_CREDENTIALS", p.ask(`mutation($email: String!) { signIn(input: {email: $email, password: "wrong"}) { userErrors { code } } }`,
		vars{"email": p.email}).text("signIn.userErrors.0.code"))
	p.set(vars{"syncOnLogin": true})
	p.followLogins()
	require.Empty(t, p.runsOf("LOGIN"), "neither a failed sign-in nor an earlier one")
}

// The logins of a firm's users start at most one sync in fifteen minutes.
func TestLoginsWithinFifteenMinutesHaveOneSync(t *testing.T) {
	p := wantingLogins(t, 1)
	for range 3 {
		p.logIn()
		p.work()
		p.clock.Advance(5*time.Minute - time.Microsecond)
	}
	require.Len(t, p.runsOf("LOGIN"), 1)
	p.clock.Advance(3 * time.Microsecond)
	p.logIn()
	require.Len(t, p.runsOf("LOGIN"), 2)
}

// Where the sync had to wait for a run to end, the fifteen minutes begin with the sync.
func TestTheFifteenMinutesBeginWithTheSync(t *testing.T) {
	p := wantingLogins(t, 1)
	manual := p.begin(false)
	p.logIn()
	p.clock.Advance(14 * time.Minute)
	p.execute(manual)
	p.work()
	require.Len(t, p.runsOf("LOGIN"), 1)
	p.clock.Advance(14 * time.Minute)
	p.logIn()
	require.Len(t, p.runsOf("LOGIN"), 1)
	p.clock.Advance(time.Minute)
	p.logIn()
	require.Len(t, p.runsOf("LOGIN"), 2)
}

// A login that waits for a run to end is forgotten when the connection is lost.
func TestALoginIsForgottenWithTheConnection(t *testing.T) {
	p := wantingLogins(t, 1)
	p.begin(false)
	p.logIn()
	p.ask(`mutation { disconnectClio { userErrors { code } } }`)
	p.work()
	p.clock.Advance(day)
	require.Equal(t, "/?clio=connected", p.connect(sandbox.FirstAccount))
	require.Zero(t, p.startDue())
	require.Empty(t, p.runsOf("LOGIN"))
}

// The first request of a session after twelve idle hours is a login; the next isn't, and neither is one before.
func TestASessionThatWasIdleIsALogin(t *testing.T) {
	p := wantingLogins(t, 1)
	request := func() int {
		p.ask(`{ viewer { user { name } } }`)
		p.followLogins()
		return len(p.runsOf("LOGIN"))
	}
	request()
	p.clock.Advance(12*time.Hour - time.Microsecond)
	require.Equal(t, 0, request())
	p.clock.Advance(12 * time.Hour)
	require.Equal(t, 1, request())
	p.work()
	p.clock.Advance(time.Hour)
	require.Equal(t, 1, request())
}

// A sign-in never waits for its sync, whatever the sync is waiting for; the sync starts as soon as it can.
func TestASignInNeverWaitsForTheSync(t *testing.T) {
	p := wantingLogins(t, 1)
	p.logins.Start(t.Context())
	holding, err := p.db.Pool().Begin(pgtest.AcrossFirms(t.Context()))
	require.NoError(t, err)
	_, err = holding.Exec(t.Context(), "SELECT 1 FROM firms, sync_settings FOR NO KEY UPDATE") // as whoever starts runs does
	require.NoError(t, err)
	p.token = p.ask(signIn, vars{"email": p.email}).text("signIn.token")
	require.Empty(t, p.runsOf("LOGIN"))
	require.NoError(t, holding.Rollback(t.Context()))
	require.NoError(t, p.logins.Stop(t.Context()), "what is left to do is done before")
	require.Len(t, p.runsOf("LOGIN"), 1)
}

// A sign-in succeeds even when its sync can't be started.
func TestASignInNeverFailsForTheSync(t *testing.T) {
	p := wantingLogins(t, 1, onFresh)
	_, err := p.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "ALTER TABLE sync_settings RENAME TO gone")
	require.NoError(t, err)
	p.logIn()
	require.NotEmpty(t, p.token)
	_, err = p.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "ALTER TABLE gone RENAME TO sync_settings")
	require.NoError(t, err)
	p.logIn()
	require.Len(t, p.runsOf("LOGIN"), 1, "and the next has one")
}

func TestALoginDuringARun(t *testing.T) {
	p := wantingLogins(t, 130)
	manual := p.begin(false)
	p.logIn()
	require.Empty(t, p.runsOf("LOGIN"))
	p.execute(manual)
	require.Len(t, p.runsOf("LOGIN"), 1, "it begins when the manual run ends, which checked only a part")
	p.clock.Advance(time.Hour)
	p.logIn()
	p.work()
	require.Len(t, p.runsOf("LOGIN"), 2, "a round that passes over all watches is under way: no other follows")
	require.Zero(t, p.startDue())

	p.until(p.daily().Add(5 * time.Minute))
	manual = p.begin(false)
	p.logIn()
	p.execute(manual)
	p.work()
	require.Zero(t, p.startDue(), "one round for both")
	require.Len(t, p.runsOf("SCHEDULE"), 2)
	require.Len(t, p.runsOf("LOGIN"), 2)
	require.Zero(t, p.startDue())
}

// A login that waits for a run to end is forgotten when syncOnLogin is switched off.
func TestALoginIsForgottenWhenItIsNoLongerWanted(t *testing.T) {
	p := wantingLogins(t, 1)
	manual := p.begin(false)
	p.logIn()
	p.set(vars{"syncOnLogin": false})
	p.execute(manual)
	require.Zero(t, p.startDue())
	require.Empty(t, p.runsOf("LOGIN"))
}

func TestNoSyncFollowsWithoutAConnection(t *testing.T) {
	p := newStage(t).signUp("ada")
	p.set(vars{"syncOnLogin": true})
	p.logIn()
	require.Equal(t, "/?clio=connected", p.connect(sandbox.FirstAccount))
	require.Zero(t, p.startDue(), "nor later")
	p.logIn()
	require.Len(t, p.runsOf("LOGIN"), 1)
}
