package graph_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a caller can't correct is a top-level error with a code, and no user error (contract, conventions).
func TestTopLevelErrorsHaveACode(t *testing.T) {
	p := newStage(t).signUp("ada")
	cases := map[string]struct {
		query     string
		variables vars
		code      string
	}{
		"no GraphQL":                {`{ watches `, nil, "GRAPHQL_PARSE_FAILED"},
		"no such field":             {`{ nothing }`, nil, "GRAPHQL_VALIDATION_FAILED"},
		"no such enum value":        {`{ watches(filter: {status: GONE}) { totalCount } }`, nil, "GRAPHQL_VALIDATION_FAILED"},
		"an enum in a variable":     {`query($s: WatchStatus) { watches(filter: {status: $s}) { totalCount } }`, vars{"s": "GONE"}, "GRAPHQL_VALIDATION_FAILED"},
		"a missing argument":        {`{ watch { id } }`, nil, "GRAPHQL_VALIDATION_FAILED"},
		"first of 0":                {`{ watches(first: 0) { totalCount } }`, nil, "BAD_USER_INPUT"},
		"first of 101":              {`{ watches(first: 101) { totalCount } }`, nil, "BAD_USER_INPUT"},
		"first of clioMatters":      {`{ clioMatters(first: 101) { nodes { id } } }`, nil, "BAD_USER_INPUT"},
		"no cursor":                 {`{ watches(after: "x") { totalCount } }`, nil, "BAD_USER_INPUT"},
		"no date":                   {`mutation { createWatch(input: {firstName: "A", lastName: "B", dateOfBirth: "2025-02-30"}) { watch { id } } }`, nil, "BAD_USER_INPUT"},
		"no date in a variable":     {`mutation($d: Date) { createWatch(input: {firstName: "A", lastName: "B", dateOfBirth: $d}) { watch { id } } }`, vars{"d": "yesterday"}, "BAD_USER_INPUT"},
		"a number for a date":       {`mutation($d: Date) { createWatch(input: {firstName: "A", lastName: "B", dateOfBirth: $d}) { watch { id } } }`, vars{"d": 5}, "BAD_USER_INPUT"},
		"Clio without a connection": {`{ clioMatters { nodes { id } } }`, nil, "CLIO_NOT_CONNECTED"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			a := p.try(c.query, c.variables)
			require.Equal(t, c.code, a.code())
			require.NotEmpty(t, a.requestID)
			require.Equal(t, a.requestID, a.Errors[0].Extensions.RequestID)
		})
	}
}

func TestTooMuchAtOnceIsRefused(t *testing.T) {
	p := newStage(t).signUp("ada")
	var query strings.Builder
	for _, alias := range strings.Split("abcdefghijklmnopqrstuvwxyz", "") {
		query.WriteString(alias + `: watches(first: 100) { nodes { id firstName lastName city state tags version createdAt history { nodes { id } } } } `)
	}
	require.Equal(t, "QUERY_TOO_COMPLEX", p.try(`{ `+query.String()+` }`).code())
	round := `{ watches { nodes { history { nodes { run { results { nodes { watch { id } } } } } } } } }`
	require.Equal(t, "QUERY_TOO_COMPLEX", p.try(round).code(), "what goes in circles multiplies")
	everything := `{ watches(first: 100) { totalCount nodes { ...w } edges { cursor node { ...w
		conflicts { id field local clio detectedAt } history { nodes { id field before after at cause by { name } run { id } } } } } pageInfo { endCursor } } }` + everythingOfAWatch
	require.Empty(t, p.try(everything).Errors, "a full page with everything nested is allowed")
}

func TestExplicitNullMeansTheDefault(t *testing.T) {
	p := newStage(t).signUp("ada")
	p.ask(`{ watches(first: null, after: null, filter: null, orderBy: null) { totalCount } }`)
	p.ask(`query($first: Int) { watches(first: $first) { totalCount } }`, vars{"first": nil})
}

func TestGETReadsAndNeverWrites(t *testing.T) {
	s := newStage(t)
	get := func(query string, more ...string) (int, answer) {
		response, err := http.Get(s.address + "/graphql?query=" + url.QueryEscape(query) + strings.Join(more, ""))
		require.NoError(t, err)
		defer func() { require.NoError(t, response.Body.Close()) }()
		a := answer{t: t}
		require.NoError(t, json.NewDecoder(response.Body).Decode(&a))
		return response.StatusCode, a
	}
	status, a := get(`{ signUpAllowed }`)
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, true, a.at("signUpAllowed"))
	status, a = get(`mutation { signOut { userErrors { code } } }`)
	require.Equal(t, http.StatusMethodNotAllowed, status)
	require.Equal(t, "GRAPHQL_VALIDATION_FAILED", a.code())
	head, err := http.Head(s.address + "/graphql?query=" + url.QueryEscape(`{ signUpAllowed }`))
	require.NoError(t, err)
	require.NoError(t, head.Body.Close())
	require.Equal(t, http.StatusOK, head.StatusCode)
	require.Equal(t, "application/json", head.Header.Get("Content-Type"))
	for _, bad := range []string{"&variables={", "&variables=[]", "&extensions={"} {
		status, a = get(`{ signUpAllowed }`, bad)
		require.Equal(t, http.StatusBadRequest, status)
		require.Equal(t, "GRAPHQL_PARSE_FAILED", a.code())
	}
}
