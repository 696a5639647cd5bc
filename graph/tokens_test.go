package graph_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
)

const (
	createToken = `mutation($name: String!, $access: ApiTokenAccess!, $expiresAt: DateTime) {
		createApiToken(input: {name: $name, access: $access, expiresAt: $expiresAt}) {
			apiToken { id name access createdBy { name } createdAt lastUsedAt expiresAt } secret userErrors { code path } } }`
	revokeToken = `mutation($id: ID!) { revokeApiToken(id: $id) { revokedId userErrors { code path } } }`
	listTokens  = `{ viewer { apiTokens { id name access createdBy { name } lastUsedAt expiresAt } } }`
)

// apiToken is a program that uses the API by a token of p's.
func (p *person) apiToken(access string) *person {
	p.t.Helper()
	program := *p
	program.token = p.ask(createToken, vars{"name": access, "access": access}).text("createApiToken.secret")
	require.NotEmpty(p.t, program.token)
	return &program
}

func TestAPITokens(t *testing.T) {
	s := newStage(t)
	ada, other := s.signUp("ada"), s.signUp("other")
	a := ada.ask(createToken, vars{"name": " Night  job ", "access": "SYNC", "expiresAt": "2026-11-24T12:00:00Z"})
	require.Equal(t, "Night job", a.text("createApiToken.apiToken.name"))
	require.Equal(t, "ada", a.text("createApiToken.apiToken.createdBy.name"))
	require.Nil(t, a.at("createApiToken.apiToken.lastUsedAt"))
	require.Regexp(t, `^wk_[A-Z2-7]{26}[0-9A-Za-z]{6}$`, a.at("createApiToken.secret"))
	id := a.text("createApiToken.apiToken.id")
	job := s.nobody()
	job.token = a.text("createApiToken.secret")
	require.Equal(t, "ada", job.ask(`{ viewer { user { name } } }`).text("viewer.user.name"))
	require.Equal(t, []any{false}, job.ask(`{ viewer { sessions { current } } }`).at("viewer.sessions.*.current"))
	s.clock.Advance(90 * time.Second)
	job.ask(`{ viewer { id } }`)
	listed := ada.ask(listTokens)
	require.Equal(t, "2026-11-23T12:01:30Z", listed.text("viewer.apiTokens.0.lastUsedAt"))
	require.Equal(t, id, ada.ask(`query($id: ID!) { node(id: $id) { id ... on ApiToken { name } } }`, vars{"id": id}).text("node.id"))
	require.Nil(t, other.ask(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": id}).at("node"))
	bob := ada.joined("bob", "MEMBER")
	require.Nil(t, bob.ask(listTokens).at("viewer.apiTokens"))
	require.Nil(t, bob.ask(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": id}).at("node"))
	require.Empty(t, other.ask(listTokens).at("viewer.apiTokens"))

	for _, unknown := range []string{unlike(id), "nothing"} {
		require.Equal(t, "NOT_FOUND", ada.ask(revokeToken, vars{"id": unknown}).problem("revokeApiToken"))
	}
	require.Equal(t, "NOT_FOUND", other.ask(revokeToken, vars{"id": id}).problem("revokeApiToken"), "another firm's")
	s.clock.Advance(24*time.Hour - 90*time.Second)
	require.False(t, job.isSignedIn(), "it has expired")
	require.Empty(t, ada.ask(listTokens).at("viewer.apiTokens"))
	require.Equal(t, "NOT_FOUND", ada.ask(revokeToken, vars{"id": id}).problem("revokeApiToken"))
}

func TestBadAPITokens(t *testing.T) {
	s := newStage(t)
	ada := s.signUp("ada")
	a := ada.ask(createToken, vars{"name": " ", "access": "READ", "expiresAt": "2026-11-23T12:00:00Z"})
	require.Equal(t, []string{"name", "expiresAt"}, a.texts("createApiToken.userErrors.*.path.1"))
	require.Nil(t, a.at("createApiToken.secret"))
	_, err := s.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), `INSERT INTO api_tokens (id, firm_id, name, access, token_hash, created_by_id, created_at, expires_at)
		SELECT 'token_' || n, u.firm_id, 'x', 'READ', int4send(n), u.id, '2026-11-23', '2026-11-24' FROM users u, generate_series(1, 100) n`)
	require.NoError(t, err)
	require.Equal(t, "INVALID", ada.ask(createToken, vars{"name": "x", "access": "READ"}).problem("createApiToken"))
	s.clock.Advance(24 * time.Hour)
	require.Empty(t, ada.ask(createToken, vars{"name": "x", "access": "READ"}).problem("createApiToken"), "the others have expired")
}

// A token that is revoked, or whose creator is removed, is good for nothing at once, on every replica, and its streams end.
func TestAPITokensEndAtOnce(t *testing.T) {
	for name, end := range map[string]func(ada *person, token string, creator string){
		"revoked":             func(ada *person, token, _ string) { ada.ask(revokeToken, vars{"id": token}) },
		"creator was removed": func(ada *person, _, creator string) { ada.ask(removeMember, vars{"id": creator}) },
		"expired":             func(ada *person, _, _ string) { ada.clock.Advance(time.Hour) },
	} {
		for transport, over := range transports {
			t.Run(name+" "+transport, func(t *testing.T) {
				s := newStage(t)
				ada := s.signUp("ada")
				bob := ada.joined("bob", "ADMIN")
				created := bob.ask(createToken, vars{"name": "x", "access": "READ", "expiresAt": "2026-11-23T13:00:00Z"})
				job := s.nobody()
				job.token = created.text("createApiToken.secret")
				status := over(job, `subscription { syncStatus { id } }`, nil)
				_, ok := status.next()
				require.True(t, ok)
				socket, _ := job.dial(http.Header{"Authorization": {"Bearer " + job.token}})
				require.NoError(t, s.clock.BlockUntilContext(t.Context(), sessionWaits))

				end(ada.onReplica(), created.text("createApiToken.apiToken.id"), bob.userID())
				last, ok := status.next()
				require.True(t, ok)
				require.Equal(t, "UNAUTHENTICATED", last.code())
				require.Equal(t, "The API token has ended.", last.Errors[0].Message)
				require.False(t, job.isSignedIn())
				asked := job.subscribe(socket, nil, `{ watches { totalCount } }`, nil).rest()
				require.Equal(t, "UNAUTHENTICATED", asked[0].code())
			})
		}
	}
}

func TestWhatTokensAreTold(t *testing.T) {
	ada := newStage(t).signUp("ada")
	read, full := ada.apiToken("READ"), ada.apiToken("FULL")
	refused := read.try(`mutation { syncAllWatches { alreadyRunning } }`)
	require.Equal(t, "FORBIDDEN", refused.code())
	require.Equal(t, "This needs an API token with access SYNC.", refused.Errors[0].Message)
	refused = full.try(createToken, vars{"name": "x", "access": "READ"})
	require.Equal(t, "No API token may do this: sign in.", refused.Errors[0].Message)
	require.Equal(t, "FULL", full.ask(listTokens).text("viewer.apiTokens.0.name"))
	id := full.ask(listTokens).text("viewer.apiTokens.0.id")
	require.Equal(t, id, full.ask(revokeToken, vars{"id": id}).text("revokeApiToken.revokedId"), "a token may end itself")
	require.False(t, full.isSignedIn())
}

// What a token does counts as done by its creator.
func TestATokenActsForItsCreator(t *testing.T) {
	ada := newStage(t).connected("ada")
	job := ada.apiToken("FULL")
	watch := job.imported("1001")
	history := ada.ask(`query($id: ID!) { watch(id: $id) { history { nodes { by { name } } } } }`, vars{"id": watch})
	require.Equal(t, "ada", history.text("watch.history.nodes.0.by.name"))
	require.Equal(t, "/integrations/clio?clio=error", job.connect(sandbox.FirstAccount), "without the browser that began it nobody proves who granted access")
}
