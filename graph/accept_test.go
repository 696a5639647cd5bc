package graph_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	urqlAccepts = "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed"
	plain       = "application/json"
	response    = "application/graphql-response+json"
	events      = "text/event-stream"
)

// Clients name event streams among the types that they take: only subscriptions become streams.
func TestAcceptDecidesTheMediaType(t *testing.T) {
	p := newStage(t).connected("ada")
	const query, subscription = `{ signUpAllowed }`, `subscription { syncStatus { nextSyncAt } }`
	cases := map[string]struct {
		document string
		accept   []string
		expected string
	}{
		"a query without Accept":          {query, nil, plain},
		"a query of urql":                 {query, []string{urqlAccepts}, response},
		"a mutation of urql":              {`mutation { signOut { userErrors { code } } }`, []string{urqlAccepts}, response},
		"a query, streams first":          {query, []string{"text/event-stream, application/json;q=0.5"}, plain},
		"a query, streams only":           {query, []string{events}, events},
		"a query in two headers":          {query, []string{events, plain}, plain},
		"a query by q-values":             {query, []string{"application/json;q=0.5, application/graphql-response+json;q=0.9"}, response},
		"a query, one type refused":       {query, []string{"application/graphql-response+json;q=0, application/json;q=0.1"}, plain},
		"a query of a browser":            {query, []string{"*/*"}, plain},
		"a subscription":                  {subscription, []string{events}, events},
		"a subscription of urql":          {subscription, []string{urqlAccepts}, events},
		"a subscription, streams refused": {subscription, []string{"text/event-stream;q=0, application/json"}, plain},
		"a subscription by name":          {`query A ` + query + ` subscription B { syncStatus { nextSyncAt } }`, []string{urqlAccepts}, events},
		"what can't be parsed":            {`{`, []string{urqlAccepts}, response},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			body, err := json.Marshal(vars{"query": c.document, "operationName": operationName(c.document)})
			require.NoError(t, err)
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.address+"/graphql", strings.NewReader(string(body)))
			require.NoError(t, err)
			request.Header = http.Header{"Content-Type": {plain}, "Accept": c.accept}
			if !strings.Contains(name, "mutation") {
				request.Header.Set("Authorization", "Bearer "+p.token)
			}
			got, err := http.DefaultClient.Do(request)
			require.NoError(t, err)
			defer func() { require.NoError(t, got.Body.Close()) }()
			require.Equal(t, c.expected, got.Header.Get("Content-Type"))
			if c.expected != events {
				text, err := io.ReadAll(got.Body)
				require.NoError(t, err)
				require.True(t, json.Valid(text), string(text))
			}
		})
	}
}

func operationName(document string) any {
	if strings.Contains(document, " B {") {
		return "B"
	}
	return nil
}

// The cookie of a sign-in reaches a client that names event streams: a stream's headers are sent before the mutation has run.
func TestASignInOfUrqlSetsItsCookie(t *testing.T) {
	s := newStage(t)
	s.signUp("ada")
	body := `{"query": "mutation { signIn(input: {email: \"ada@firm.example\", password: \"a long password\"}) { viewer { user { id } } } }"}`
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.address+"/graphql", strings.NewReader(body))
	require.NoError(t, err)
	request.Header = http.Header{"Content-Type": {plain}, "Accept": {urqlAccepts}}
	got, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, got.Body.Close())
	require.Len(t, got.Cookies(), 2, "the session, and the device")
}

// What can't be sent isn't advertised: with @defer, data came without the part that was to come later.
func TestDeferIsNotOffered(t *testing.T) {
	p := newStage(t).signUp("ada")
	require.NotContains(t, p.ask(`{ __schema { directives { name } } }`).texts("__schema.directives.*.name"), "defer")
	require.Equal(t, "GRAPHQL_VALIDATION_FAILED", p.try(`{ viewer { ... @defer { user { name } } } }`).code())
}
