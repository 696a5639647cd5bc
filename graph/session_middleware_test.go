package graph_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const signOut = `mutation { signOut { userErrors { code } } }`

// A WebSocket that was opened by a session doesn't outlive it, whether the session was signed out or has expired.
func TestAWebSocketIsSignedOutWithItsSession(t *testing.T) {
	for name, end := range map[string]func(*person){
		"signed out": func(p *person) { p.ask(signOut) },
		"expired":    func(p *person) { p.clock.Advance(31 * 24 * time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).signUp("ada")
			socket, _ := p.dial(http.Header{"Authorization": {"Bearer " + p.token}})
			const whoAmI = `{ viewer { user { name } } }`
			asked := p.subscribe(socket, nil, whoAmI, nil).rest()
			require.Equal(t, "ada", asked[0].text("viewer.user.name"))
			end(p)
			again := func(query string) answer {
				p.send(socket, "2", "subscribe", vars{"query": query})
				answers := p.responses(socket).rest()
				require.Len(t, answers, 1)
				return answers[0]
			}
			require.Nil(t, again(whoAmI).at("viewer"))
			require.Equal(t, "UNAUTHENTICATED", again(`{ watches { totalCount } }`).code())
			require.Equal(t, "UNAUTHENTICATED", again(`subscription { syncStatus { id } }`).code())
		})
	}
}

// A stream ends when its session is ended, on whichever replica, and within a minute after it has expired, and says why; as long as the
// session lasts, so does the stream.
func TestAStreamEndsWithItsSession(t *testing.T) {
	const revoke = `mutation($id: ID!) { revokeSession(id: $id) { revokedId } }`
	for name, end := range map[string]func(streaming, elsewhere *person){
		"signed out": func(streaming, _ *person) { streaming.ask(signOut) },
		"expired":    func(streaming, _ *person) { streaming.clock.Advance(31 * 24 * time.Hour) },
		"revoked on another replica": func(streaming, elsewhere *person) {
			elsewhere.onReplica().ask(revoke, vars{"id": streaming.sessionID()})
		},
		"the password was changed on another replica": func(_, elsewhere *person) {
			elsewhere.onReplica().ask(`mutation { changePassword(input: {currentPassword: "a long password", newPassword: "another password"}) {
				userErrors { code } } }`)
		},
	} {
		for transport, over := range transports {
			t.Run(name+" "+transport, func(t *testing.T) {
				p := newStage(t).signUp("ada")
				status := over(p, `subscription { syncStatus { id } }`, nil)
				first, ok := status.next()
				require.True(t, ok)
				require.Empty(t, first.Errors)

				timeout, fail := context.WithTimeout(t.Context(), 10*time.Second)
				defer fail()
				for range 2 {
					p.sql.Reset()
					require.NoError(t, p.clock.BlockUntilContext(timeout, sessionWaits), "the stream watches its session")
					p.clock.Advance(time.Minute)
					require.Eventually(t, func() bool { return p.sql.Count() > 0 }, 10*time.Second, time.Millisecond, "it was checked")
				}
				end(p, p.signIn("a long password"))
				last, ok := status.next()
				require.True(t, ok)
				require.Equal(t, "UNAUTHENTICATED", last.code())
				require.Empty(t, status.rest())
			})
		}
	}
}
