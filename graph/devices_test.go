package graph_test

import (
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A browser keeps its cookies: wrong guesses from elsewhere don't keep its owner out, and a new session replaces the old one.
func TestABrowserSignsInAgain(t *testing.T) {
	s := newStage(t)
	s.signUp("ada")
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	browser := &http.Client{Jar: jar}
	post := func(client *http.Client, query string) string {
		body, err := json.Marshal(vars{"query": query})
		require.NoError(t, err)
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.address+"/graphql", strings.NewReader(string(body)))
		require.NoError(t, err)
		request.Header.Set("Content-Type", "application/json")
		response, err := client.Do(request)
		require.NoError(t, err)
		defer func() { _ = response.Body.Close() }()
		var answer json.RawMessage
		require.NoError(t, json.NewDecoder(response.Body).Decode(&answer))
		return string(answer)
	}
	signIn := func(client *http.Client, password string) string {
		return post(client, `mutation { signIn(input: {email: "ada@firm.example", password: "`+password+`"}) { token userErrors { code } } }`)
	}
	tokenIn := func(answer string) string {
		return decoded(t, []byte(answer)).text("signIn.token")
	}
	first := tokenIn(signIn(browser, "a long password"))
	for range 10 {
		require.Contains(t, signIn(http.DefaultClient, "a wrong password"), "INVALID_CREDENTIALS")
	}
	require.Contains(t, signIn(http.DefaultClient, "a long password"), "RATE_LIMITED")

	second := tokenIn(signIn(browser, "a long password"))
	require.NotEqual(t, first, second)
	require.Contains(t, post(browser, "{ viewer { id } }"), `"id":`)
	old := s.nobody()
	old.token = first
	require.Nil(t, old.ask("{ viewer { id } }").at("viewer"), "the replaced session has ended")
}
