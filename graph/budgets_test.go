package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/app"
)

// told is what a response says of its cost.
type told struct {
	Requested, Limit, Remaining int
	ResetAt                     time.Time
}

// reply is a response to an operation, with its extensions.cost.
type reply struct {
	status int
	header http.Header
	cost   *told
}

func (p *person) raw(query, accept string) reply {
	p.t.Helper()
	body, err := json.Marshal(vars{"query": query})
	require.NoError(p.t, err)
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.address+"/graphql", strings.NewReader(string(body)))
	require.NoError(p.t, err)
	request.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {accept}}
	if p.token != "" {
		request.Header.Set("Authorization", "Bearer "+p.token)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(p.t, err)
	defer func() { _ = response.Body.Close() }()
	var decoded struct{ Extensions struct{ Cost *told } }
	require.NoError(p.t, json.NewDecoder(response.Body).Decode(&decoded))
	return reply{response.StatusCode, response.Header, decoded.Extensions.Cost}
}

func aBudget(o *app.Options) { o.Budget = 3_000_000 }

func TestAnswersTellTheirCost(t *testing.T) {
	s := newStage(t, with(aBudget))
	p := s.signUp("ada")
	first := p.raw(`{ viewer { id } }`, plain).cost
	require.Equal(t, &told{Requested: 2, Limit: 3_000_000, Remaining: 3_000_000 - 2, ResetAt: s.clock.Now().Truncate(time.Second)}, first)
	second := p.raw(`{ viewer { id firm { id } } }`, plain).cost
	require.Equal(t, first.Remaining-4, second.Remaining)
	for i, refused := range []string{`{ nothing }`, `{`, `{` + strings.Repeat(` __typename`, 51) + `}`} {
		cost := p.raw(refused, plain).cost
		require.Equal(t, 100, cost.Requested, "a document that had to be read")
		require.Equal(t, second.Remaining-100*(i+1), cost.Remaining)
	}
	require.Nil(t, s.nobody().raw(`{ signUpAllowed }`, plain).cost)
	s.clock.Advance(time.Hour)
	later := p.raw(`{ viewer { id } }`, plain).cost
	require.Equal(t, 3_000_000-2, later.Remaining, "budgets fill again")
}

func TestASubscriptionTellsItsCostOnce(t *testing.T) {
	p := newStage(t).connected("ada")
	p.imported("1001")
	followed := p.overEvents(`subscription { syncStatus { linkedWatches } }`, nil)
	first, ok := followed.next()
	require.True(t, ok)
	require.Contains(t, string(first.Extensions), `"requested":2`)
}

// Whoever has spent everything is refused for a while; others aren't.
func TestBudgetsRunOut(t *testing.T) {
	s := newStage(t, with(aBudget))
	p, other := s.signUp("ada"), s.signUp("bob")
	costly := `{ a: watches(first: 100) { nodes { history(first: 100) { nodes { id field before after } } } } ` +
		`b: watches(first: 100) { nodes { history(first: 40) { nodes { id field before after } } } } }`
	var refused reply
	for range 100 {
		if refused = p.raw(costly, plain); refused.status != http.StatusOK {
			break
		}
	}
	require.Equal(t, http.StatusTooManyRequests, refused.status)
	seconds, err := strconv.Atoi(refused.header.Get("Retry-After"))
	require.NoError(t, err)
	require.Equal(t, "RATE_LIMITED", p.try(costly).code())
	strict := p.raw(costly, "application/graphql-response+json")
	require.Equal(t, http.StatusTooManyRequests, strict.status)
	require.Less(t, strict.cost.Remaining, strict.cost.Requested)
	require.Equal(t, http.StatusOK, other.raw(costly, plain).status)

	s.clock.Advance(time.Duration(seconds) * time.Second)
	require.Equal(t, http.StatusOK, p.raw(costly, plain).status)
}

// Everybody at an address who isn't signed in shares a small budget.
func TestNobodysBudgetRunsOut(t *testing.T) {
	nobody := newStage(t).nobody()
	statuses := map[int]int{}
	for range 110 {
		statuses[nobody.raw(`mutation { signIn(input: {email: "", password: ""}) { userErrors { code } } }`, plain).status]++
	}
	require.Equal(t, map[int]int{http.StatusOK: 99, http.StatusTooManyRequests: 11}, statuses)
	require.Equal(t, http.StatusOK, nobody.raw(`{ nothing }`, plain).status, "there is a little left")
	for i := range 100 {
		if nobody.raw(fmt.Sprintf(`{ nothing%d }`, i), plain).status == http.StatusTooManyRequests {
			return
		}
	}
	require.Fail(t, "documents that aren't valid cost something too")
}
