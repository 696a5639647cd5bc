package graph_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// begin starts a run over all watches and returns its id. No worker executes it yet.
func (p *person) begin(dry bool) string {
	p.t.Helper()
	return p.ask(`mutation($dry: Boolean!) { syncAllWatches(dryRun: $dry) { run { id } userErrors { code } } }`, vars{"dry": dry}).
		text("syncAllWatches.run.id")
}

// execute works on a run until it has ended or waits for Clio.
func (p *person) execute(runID string) {
	p.t.Helper()
	_, err := p.syncs.Execute(p.t.Context(), runID)
	require.NoError(p.t, err)
}

// runClock advances the clock by a quarter of a second whenever so many are waiting for it, until the test ends.
func (s *stage) runClock(waiters int) {
	ctx, stop := context.WithCancel(s.t.Context())
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for s.clock.BlockUntilContext(ctx, waiters) == nil {
			s.clock.Advance(time.Second / 4)
		}
	}()
	s.t.Cleanup(func() { stop(); <-stopped })
}

// What waits for the clock: the check of a stream's session, and the pause before the next read.
const sessionWaits, readerWaits = 1, 1

const followRun = `subscription($id: ID!) { syncRun(id: $id) {
	id status requestedBy { name } counts { processed } finishedAt results { totalCount nodes { watch { firstName conflicts { id } } } }
} }`

// The run now, and again as it changes, to its end, which ends the stream.
func TestFollowingARun(t *testing.T) {
	for name, over := range transports {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			p.imported("1001")
			p.imported("1002")
			id := p.begin(false)
			run := over(p, followRun, vars{"id": id})
			first, ok := run.next()
			require.True(t, ok)
			require.Empty(t, first.Errors)
			require.Equal(t, "QUEUED", first.text("syncRun.status"))
			require.Equal(t, "ada", first.text("syncRun.requestedBy.name"))

			p.runClock(sessionWaits + readerWaits)
			p.execute(id)
			rest := run.rest()
			require.NotEmpty(t, rest)
			last := rest[len(rest)-1]
			require.Empty(t, last.Errors)
			require.Equal(t, "SUCCEEDED", last.text("syncRun.status"))
			require.EqualValues(t, 2, last.at("syncRun.counts.processed"))
			require.Len(t, last.at("syncRun.results.nodes"), 2, "each answer reads anew")
			require.Len(t, last.texts("syncRun.results.nodes.*.watch.firstName"), 2)

			again := over(p, followRun, vars{"id": id}).rest()
			require.Len(t, again, 1, "a run that has ended is sent once")
			require.Equal(t, last.Data, again[0].Data)
		})
	}
}

// Another firm's run, one that doesn't exist and a malformed id are the same: NOT_FOUND. Nobody is UNAUTHENTICATED.
func TestWhatCantBeFollowed(t *testing.T) {
	for name, over := range transports {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			ada, bob := s.connected("ada"), s.signUp("bob")
			ada.imported("1001")
			id := ada.begin(true)
			firstCode := func(p *person, query string, id string) string {
				answers := over(p, query, vars{"id": id}).rest()
				require.Len(t, answers, 1)
				return answers[0].code()
			}
			for _, none := range []string{id, unlike(id), "run", ""} {
				require.Equal(t, "NOT_FOUND", firstCode(bob, followRun, none), none)
			}
			require.Equal(t, "UNAUTHENTICATED", firstCode(s.nobody(), followRun, id))
			require.Equal(t, "UNAUTHENTICATED", firstCode(s.nobody(), `subscription { syncStatus { id } }`, id))
			for _, invalid := range []string{
				`subscription { syncStatus { nothing } }`,
				`subscription { a: syncStatus { id } b: syncStatus { id } }`,
				`subscription { ...F } fragment F on Subscription { syncStatus { id } b: syncStatus { id } }`,
				`subscription { syncStatus @skip(if: true) { id } }`,
			} {
				require.Equal(t, "GRAPHQL_VALIDATION_FAILED", firstCode(ada, invalid, id), invalid)
			}
		})
	}
}

// The status now, and again whenever a run starts or ends, a conflict opens or closes, or the connection changes.
func TestFollowingTheStatus(t *testing.T) {
	for name, over := range transports {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			id := p.imported("1001")
			p.ask(`mutation { updateSyncSettings(input: {conflictResolution: ASK}) { userErrors { code } } }`)
			status := over(p, `subscription { syncStatus {
				id linkedWatches openConflicts currentRun { id } lastRun { id } clioIntegration { state }
			} }`, nil)
			first, ok := status.next()
			require.True(t, ok)
			require.Empty(t, first.Errors)
			require.EqualValues(t, 1, first.at("syncStatus.linkedWatches"))
			require.Nil(t, first.at("syncStatus.currentRun"))

			p.runClock(sessionWaits + readerWaits)
			p.execute(p.begin(true)) // nothing that the status shows
			run := p.begin(false)
			second, ok := status.next()
			require.True(t, ok)
			require.Equal(t, run, second.text("syncStatus.currentRun.id"), "the same status is not sent twice")
			p.ask(`mutation($id: ID!) { updateWatch(id: $id, input: {city: "Reno"}) { userErrors { code } } }`, vars{"id": id})
			p.execute(run)
			status.until(t, func(a answer) bool {
				return a.at("syncStatus.currentRun") == nil && a.text("syncStatus.lastRun.id") == run
			})
			p.sync(id)
			status.until(t, func(a answer) bool { return a.at("syncStatus.openConflicts") == 1.0 })
			conflict := p.ask(`{ syncConflicts { nodes { id } } }`).text("syncConflicts.nodes.0.id")
			p.ask(`mutation($id: ID!) { resolveSyncConflicts(ids: [$id], resolution: LOCAL) { resolvedIds } }`, vars{"id": conflict})
			status.until(t, func(a answer) bool { return a.at("syncStatus.openConflicts") == 0.0 })
			p.ask(`mutation { disconnectClio { userErrors { code } } }`)
			last := status.until(t, func(a answer) bool { return a.text("syncStatus.clioIntegration.state") == "NOT_CONNECTED" })
			require.Equal(t, last.at("syncStatus"), p.ask(`{ syncStatus {
				id linkedWatches openConflicts currentRun { id } lastRun { id } clioIntegration { state }
			} }`).at("syncStatus"))
		})
	}
}

// A follower that doesn't read delays nothing, and gets the end.
func TestASlowFollowerGetsTheEnd(t *testing.T) {
	p := newStage(t).connected("ada")
	p.imported("1001")
	id := p.begin(false)
	firm := p.ask(`{ viewer { firm { id } } }`).text("viewer.firm.id")
	runs, err := p.syncs.FollowRun(t.Context(), firm, id)
	require.NoError(t, err)
	p.runClock(readerWaits)
	p.execute(id)
	var last string
	for run := range runs {
		last = string(run.Status)
	}
	require.Equal(t, "SUCCEEDED", last)
}

// However much happens, it is read at most four times a second, and the last state is sent.
func TestFollowersReadNowAndThen(t *testing.T) {
	p := newStage(t).connected("ada")
	p.imported("1001")
	firm := p.ask(`{ viewer { firm { id } } }`).text("viewer.firm.id")
	states, err := p.syncs.FollowStatus(t.Context(), firm)
	require.NoError(t, err)
	require.Nil(t, (<-states).CurrentRun)
	const pause = time.Second / 4
	timeout, fail := context.WithTimeout(t.Context(), time.Minute)
	defer fail()
	for range 3 {
		p.execute(p.begin(false))
		last := p.begin(false)
		require.NoError(t, p.clock.BlockUntilContext(timeout, 1), "it was notified")
		p.sql.Reset()
		p.clock.Advance(pause - time.Millisecond)
		require.NoError(t, p.clock.BlockUntilContext(timeout, 1), "it waits still")
		require.Zero(t, p.sql.Count())
		p.clock.Advance(time.Millisecond)
		require.Equal(t, last, (<-states).CurrentRun.ID)
		p.execute(last)
		p.clock.Advance(pause)
		require.Nil(t, (<-states).CurrentRun)
	}
}

// Following ends when the follower leaves.
func TestFollowingEndsWithTheFollower(t *testing.T) {
	p := newStage(t).signUp("ada")
	firm := p.ask(`{ viewer { firm { id } } }`).text("viewer.firm.id")
	ctx, cancel := context.WithCancel(t.Context())
	states, err := p.syncs.FollowStatus(ctx, firm)
	require.NoError(t, err)
	<-states
	cancel()
	for range states { // ends only when the channel is closed
	}
}

// A cookie is accepted from the server's own pages and the trusted ones; others may not open a WebSocket. A token in connection_init
// works as it does in a header, and takes precedence over a cookie.
func TestWhoAsksOverAWebSocket(t *testing.T) {
	s := newStage(t)
	ada, bob := s.signUp("ada"), s.signUp("bob")
	const whoAmI = `{ viewer { user { name } } }`
	cookie := "watchkeeper_session=" + ada.token
	name := func(header http.Header, initPayload vars) string {
		socket, status := ada.dial(header)
		require.Equal(t, http.StatusSwitchingProtocols, status)
		first, ok := ada.subscribe(socket, initPayload, whoAmI, nil).next()
		require.True(t, ok)
		return first.text("viewer.user.name")
	}
	require.Empty(t, name(nil, nil))
	require.Empty(t, name(nil, vars{"Authorization": "Bearer wks_nobody's"}))
	require.Equal(t, "ada", name(nil, vars{"Authorization": "bearer " + ada.token}))
	require.Equal(t, "ada", name(http.Header{"Authorization": {"Bearer " + ada.token}}, nil))
	for _, origin := range []string{s.address, frontEnd} {
		require.Equal(t, "ada", name(http.Header{"Origin": {origin}, "Cookie": {cookie}}, nil), origin)
	}
	require.Equal(t, "bob", name(http.Header{"Cookie": {cookie}}, vars{"Authorization": "Bearer " + bob.token}))

	for _, origin := range []string{"https://elsewhere.example", strings.Replace(frontEnd, "https", "http", 1)} {
		for _, header := range []http.Header{{"Origin": {origin}}, {"Origin": {origin}, "Cookie": {cookie}}} {
			_, status := ada.dial(header)
			require.Equal(t, http.StatusForbidden, status, origin)
		}
	}
}

// A request with only one response can't carry a subscription, and a WebSocket no mutation.
func TestOperationsKeepToTheirTransports(t *testing.T) {
	p := newStage(t).signUp("ada")
	require.Equal(t, "GRAPHQL_VALIDATION_FAILED", p.try(`subscription { syncStatus { id } }`).code())
	refused := p.overWebSocket(`mutation { signOut { userErrors { code } } }`, nil).rest()
	require.Len(t, refused, 1)
	require.Equal(t, "GRAPHQL_VALIDATION_FAILED", refused[0].code())
	answers := p.overEvents(`{ viewer { user { name } } }`, nil).rest()
	require.Len(t, answers, 1)
	require.Equal(t, "ada", answers[0].text("viewer.user.name"))
}
