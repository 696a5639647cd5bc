package graph_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/stretchr/testify/require"

	"watchkeeper/graph"
	"watchkeeper/internal/app"
)

const (
	trustedQuery        = `{ signUpAllowed }`
	trustedSubscription = `subscription { syncStatus { linkedWatches } }`
)

func sha256Of(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// trusting is a server that answers those two and what tests need.
func trusting(o *app.Options) {
	manifest := map[string]string{"sub": trustedSubscription, "signUp": signUpDocument}
	manifest[sha256Of(trustedQuery)] = trustedQuery
	o.TrustedDocuments, _ = json.Marshal(manifest)
}

const signUpDocument = `mutation { signUp(input: {firmName: "Firm", name: "Ada", email: "ada@firm.example", password: "a long password"}) ` +
	`{ token userErrors { code } } }`

func TestOnlyTrustedDocumentsAreAnswered(t *testing.T) {
	s := newStage(t, with(trusting))
	hash := sha256Of(trustedQuery)
	for body, expected := range map[string]string{
		`{"query": "{ signUpAllowed }"}`: `"data"`,
		`{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "` + hash + `"}}}`: `"data"`,
		`{"documentId": "` + hash + `"}`:                                  `"data"`,
		`{"query": "{ a: signUpAllowed }"}`:                               `FORBIDDEN`,
		`{"query": "{ __schema { queryType { name } } }"}`:                `FORBIDDEN`,
		`{"query": "{ signUpAllowed } "}`:                                 `FORBIDDEN`,
		`{"documentId": "nothing"}`:                                       `PERSISTED_QUERY_NOT_FOUND`,
		`{"query": "{ a: signUpAllowed }", "documentId": "` + hash + `"}`: `FORBIDDEN`,
	} {
		got := s.send(http.MethodPost, "/graphql", plain, body)
		text, err := json.Marshal(got.members)
		require.NoError(t, err)
		require.Contains(t, string(text), expected, body)
	}
	got := s.send(http.MethodGet, "/graphql?"+url.Values{"documentId": {hash}}.Encode(), plain, "")
	require.Contains(t, got.members, "data")

	p := s.nobody()
	p.token = p.ask(signUpDocument).text("signUp.token")
	opened := p.opened()
	p.send(opened, "a", "subscribe", vars{"extensions": vars{"documentId": "sub"}})
	require.Equal(t, "next", p.receive(opened).Type)
	p.send(opened, "b", "subscribe", vars{"query": `subscription { syncStatus { nextSyncAt } }`})
	require.Equal(t, "b", p.receive(opened).ID)

	header := http.Header{"Content-Type": {plain}, "Accept": {urqlAccepts}, "Authorization": {"Bearer " + p.token}}
	response := s.post(`{"documentId": "sub"}`, header)
	defer func() { require.NoError(t, response.Body.Close()) }()
	require.Equal(t, events, response.Header.Get("Content-Type"))
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() && lines.Text() != "event: next" {
	}
	require.True(t, lines.Scan())
	require.Contains(t, lines.Text(), `"linkedWatches":0`)
}

func TestManifests(t *testing.T) {
	t.Parallel()
	for manifest, problem := range map[string]string{
		`{"a": "{ signUpAllowed }"}`: "",
		`{"format": "apollo-persisted-query-manifest", "version": 1,
			"operations": [{"id": "a", "name": "A", "type": "query", "body": "query A { signUpAllowed }"}]}`: "",
		`{"a": "{ nothing }"}`: "its document a isn't valid",
		`{"a": {}}`:            "neither",
		`[]`:                   "neither",
		`x`:                    "neither",
	} {
		_, err := graph.ReadTrustedDocuments([]byte(manifest))
		if problem == "" {
			require.NoError(t, err, manifest)
		} else {
			require.ErrorContains(t, err, problem)
		}
	}
}

func TestIntrospectionCanBeOff(t *testing.T) {
	p := newStage(t, with(func(o *app.Options) { o.HidesSchema = true })).signUp("ada")
	for _, document := range []string{introspection.Query, `{ ...F } fragment F on Query { a: __type(name: "Watch") { name } }`} {
		require.Equal(t, "FORBIDDEN", p.try(document).code())
	}
	require.Equal(t, "Viewer", p.ask(`{ viewer { __typename } }`).text("viewer.__typename"))
	require.NotContains(t, p.try(`{ viewr { id } }`).Errors[0].Message, "viewer")
}
