package graph_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The statuses of GraphQL over HTTP: an operation that isn't executed is 200 in application/json, which older clients read only with a
// success, and 400 in application/graphql-response+json. It has no data, not even null: null means that it was executed.
func TestStatusesOfOperationsThatAreNotExecuted(t *testing.T) {
	s := newStage(t)
	cases := map[string]struct{ body, code string }{
		"no GraphQL":     {`{"query": "{"}`, "GRAPHQL_PARSE_FAILED"},
		"no such field":  {`{"query": "{ nothing }"}`, "GRAPHQL_VALIDATION_FAILED"},
		"no variable":    {`{"query": "query($id: ID!) { node(id: $id) { id } }"}`, "GRAPHQL_VALIDATION_FAILED"},
		"no operation":   {`{"query": "query A { signUpAllowed }", "operationName": "B"}`, "GRAPHQL_VALIDATION_FAILED"},
		"no stream":      {`{"query": "subscription { syncStatus { id } }"}`, "GRAPHQL_VALIDATION_FAILED"},
		"too complex":    {`{"query": "{` + strings.Repeat(" __typename", 51) + `}"}`, "QUERY_TOO_COMPLEX"},
		"only its hash":  {`{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "00"}}}`, "PERSISTED_QUERY_NOT_SUPPORTED"},
		"an empty query": {`{"query": "", "extensions": {"persistedQuery": {"version": 1}}}`, "PERSISTED_QUERY_NOT_SUPPORTED"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			for mediaType, status := range map[string]int{plain: http.StatusOK, response: http.StatusBadRequest} {
				got := s.send(http.MethodPost, "/graphql", mediaType, c.body)
				require.Equal(t, status, got.status, mediaType)
				require.Equal(t, mediaType, got.mediaType)
				require.NotContains(t, got.members, "data")
				require.Contains(t, string(got.members["errors"]), c.code)
			}
		})
	}
}

// A request without a query isn't one of GraphQL, whatever the client accepts.
func TestARequestWithoutAQueryIsRefused(t *testing.T) {
	s := newStage(t)
	for _, mediaType := range []string{plain, response} {
		for _, got := range []sent{
			s.send(http.MethodPost, "/graphql", mediaType, `{"qeury": "{ signUpAllowed }"}`),
			s.send(http.MethodPost, "/graphql", mediaType, `{"query": " "}`),
			s.send(http.MethodGet, "/graphql?qeury="+url.QueryEscape(`{ signUpAllowed }`), mediaType, ""),
		} {
			require.Equal(t, http.StatusBadRequest, got.status)
			require.NotContains(t, got.members, "data")
			require.Contains(t, string(got.members["errors"]), "GRAPHQL_PARSE_FAILED")
		}
	}
}

// An operation that was executed has data and 200, also when a field failed.
func TestStatusesOfOperationsThatAreExecuted(t *testing.T) {
	s := newStage(t)
	for _, mediaType := range []string{plain, response} {
		got := s.send(http.MethodPost, "/graphql", mediaType, `{"query": "{ watches { totalCount } }"}`)
		require.Equal(t, http.StatusOK, got.status)
		require.Contains(t, string(got.members["errors"]), "UNAUTHENTICATED")
		require.JSONEq(t, `{"watches": null}`, string(got.members["data"]))
	}
}

// sent is the response to a request, with the members of its JSON.
type sent struct {
	status    int
	mediaType string
	members   map[string]json.RawMessage
}

func (s *stage) send(method, path, accept, body string) sent {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.address+path, strings.NewReader(body))
	require.NoError(s.t, err)
	request.Header = http.Header{"Content-Type": {plain}, "Accept": {accept}}
	got, err := http.DefaultClient.Do(request)
	require.NoError(s.t, err)
	defer func() { require.NoError(s.t, got.Body.Close()) }()
	result := sent{status: got.StatusCode, mediaType: got.Header.Get("Content-Type")}
	require.NoError(s.t, json.NewDecoder(got.Body).Decode(&result.members))
	return result
}
