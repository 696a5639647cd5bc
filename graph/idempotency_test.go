package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
)

const createQuill = `mutation($first: String!) { createWatch(input: {firstName: $first, lastName: "Quill"}) { watch { id firstName } userErrors { code } } }`

// keyed sends an operation with an Idempotency-Key; several keys are as many headers.
func (p *person) keyed(ctx context.Context, query string, variables vars, keys ...string) (answer, error) {
	encoded, err := json.Marshal(vars{"query": query, "variables": variables})
	require.NoError(p.t, err)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.address+"/graphql", bytes.NewReader(encoded))
	require.NoError(p.t, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+p.token)
	for _, key := range keys {
		request.Header.Add("Idempotency-Key", key)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = response.Body.Close() }()
	a := answer{t: p.t, status: response.StatusCode}
	return a, json.NewDecoder(response.Body).Decode(&a)
}

func (p *person) withKey(key, query string, variables ...vars) answer {
	p.t.Helper()
	a, err := p.keyed(p.t.Context(), query, append(variables, vars{})[0], key)
	require.NoError(p.t, err)
	return a
}

// replayed reports whether it is an answer of before.
func (a answer) replayed() bool {
	a.t.Helper()
	var extensions struct{ Replayed bool }
	require.NoError(a.t, json.Unmarshal(a.Extensions, &extensions))
	return extensions.Replayed
}

func (p *person) watches() int {
	p.t.Helper()
	return int(p.ask(`{ watches { totalCount } }`).at("watches.totalCount").(float64))
}

// answered is how many requests with keys have been executed.
func (p *person) answered() (count int) {
	p.t.Helper()
	err := p.db.Pool().QueryRow(pgtest.AcrossFirms(p.t.Context()), "SELECT count(*) FROM idempotent_requests WHERE claimed_until IS NULL").Scan(&count)
	require.NoError(p.t, err)
	return count
}

// rowsFor is how many requests are kept under a key.
func (p *person) rowsFor(key string) (count int) {
	p.t.Helper()
	err := p.db.Pool().QueryRow(pgtest.AcrossFirms(p.t.Context()), "SELECT count(*) FROM idempotent_requests WHERE key_hash = sha256($1)", []byte(key)).
		Scan(&count)
	require.NoError(p.t, err)
	return count
}

// The same key, operation and variables get the first answer again for a day, whatever has changed since.
func TestTheSameRequestIsCarriedOutOnce(t *testing.T) {
	p := newStage(t).signUp("ada")
	first := p.withKey("one", createQuill, vars{"first": "Ana"})
	require.Empty(t, first.Errors)
	require.False(t, first.replayed())
	p.update(first.text("createWatch.watch.id"), vars{"firstName": "Anna"})
	p.clock.Advance(24*time.Hour - time.Second)
	again := p.withKey("one", createQuill, vars{"first": "Ana"})
	require.Equal(t, first.Data, again.Data)
	require.True(t, again.replayed())
	require.Equal(t, first.cost(), again.cost(), "it is charged as ever")
	require.Equal(t, 1, p.watches())

	require.NotEqual(t, first.Data, p.withKey("two", createQuill, vars{"first": "Ana"}).Data, "another key is another request")
	require.NotEqual(t, first.Data, p.ask(createQuill, vars{"first": "Ana"}).Data)
	require.Equal(t, 3, p.watches())
	p.clock.Advance(2 * time.Second)
	require.False(t, p.withKey("one", createQuill, vars{"first": "Ana"}).replayed(), "after a day the key is free")
	require.False(t, p.withKey("two", createQuill, vars{"first": "Eve"}).replayed())
}

// Another operation under a key, or one with other variables, is refused and not executed.
func TestAKeyIsForOneRequest(t *testing.T) {
	p := newStage(t).signUp("ada")
	p.withKey("one", createQuill, vars{"first": "Ana"})
	for _, other := range []answer{
		p.withKey("one", createQuill, vars{"first": "Eve"}),
		p.withKey("one", strings.ReplaceAll(createQuill, "Quill", "Rivera"), vars{"first": "Ana"}),
	} {
		require.Equal(t, "BAD_USER_INPUT", other.code())
		require.Nil(t, other.Data)
	}
	require.Equal(t, 1, p.watches())
}

// Keys belong to whoever sends them: neither another firm nor a colleague meets them.
func TestKeysOfDifferentCallers(t *testing.T) {
	s := newStage(t)
	p, stranger := s.signUp("ada"), s.signUp("bob")
	eve := p.member("eve")
	var ids []string
	for _, caller := range []*person{p, stranger, eve} {
		a := caller.withKey("one", createQuill, vars{"first": "Ana"})
		require.False(t, a.replayed())
		ids = append(ids, a.text("createWatch.watch.id"))
	}
	require.Len(t, slices.Compact(ids), 3)

	secret := p.ask(`mutation { createApiToken(input: {name: "Job", access: FULL}) { secret } }`).text("createApiToken.secret")
	token := &person{stage: s, token: secret}
	require.False(t, token.withKey("one", createQuill, vars{"first": "Ana"}).replayed())
	require.True(t, token.withKey("one", createQuill, vars{"first": "Ana"}).replayed())
}

// Of many that are sent at once one is executed; the others wait for its answer.
func TestTheSameRequestAtOnce(t *testing.T) {
	p := newStage(t).connected("ada")
	const others = 7
	answers := make(chan answer, 1+others)
	send := func() { answers <- p.withKey("one", importMatters, vars{"ids": []string{"1001"}}) }
	begun := false
	p.clio.OnRequest(func(sandbox.Request) {
		if begun {
			return
		}
		begun = true
		for range others {
			go send()
		}
		timeout, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_ = p.clock.BlockUntilContext(timeout, others)
	})
	send()
	first := <-answers
	require.Empty(t, first.Errors)
	require.Equal(t, []string{"IMPORTED"}, first.texts("importMatters.results.*.outcome"))
	require.False(t, first.replayed())
	p.runClock(1)
	for range others {
		a := <-answers
		require.Empty(t, a.Errors)
		require.True(t, a.replayed())
		require.Equal(t, first.Data, a.Data)
	}
}

// Waiting has an end: RATE_LIMITED, and when to come again. A server that died is succeeded once it can't be at work any more.
func TestWaitingForTheSameRequestHasAnEnd(t *testing.T) {
	p := newStage(t).signUp("ada")
	p.withKey("one", createQuill, vars{"first": "Ana"})
	_, err := p.db.Pool().Exec(pgtest.AcrossFirms(t.Context()),
		"UPDATE idempotent_requests SET claimed_until = $1, answer = NULL", p.clock.Now().Add(75*time.Second))
	require.NoError(t, err)
	p.runClock(1)
	busy := p.withKey("one", createQuill, vars{"first": "Ana"})
	require.Equal(t, "RATE_LIMITED", busy.code())
	require.NotEmpty(t, busy.Errors[0].Extensions.RetryAt)
	require.Equal(t, http.StatusTooManyRequests, busy.status)
	p.clock.Advance(75 * time.Second)
	require.False(t, p.withKey("one", createQuill, vars{"first": "Ana"}).replayed())
	require.Equal(t, 2, p.watches())
}

// What wasn't executed may be sent again with its key. What was, is answered alike, also where its payload was lost.
func TestOnlyWhatWasCarriedOutIsKept(t *testing.T) {
	p := newStage(t).connected("ada")
	member := p.member("eve")
	const settings = `mutation { updateSyncSettings(input: {syncOnLogin: true}) { syncSettings { syncOnLogin } } }`
	require.Equal(t, "FORBIDDEN", member.withKey("one", settings).code())
	_, err := p.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "UPDATE users SET role = 'ADMIN' WHERE email = $1", member.email)
	require.NoError(t, err)
	now := member.withKey("one", settings)
	require.False(t, now.replayed())
	require.Equal(t, true, now.at("updateSyncSettings.syncSettings.syncOnLogin"))

	invalid := p.withKey("two", `mutation { createWatch(input: {firstName: "", lastName: "Quill"}) { userErrors { code } } }`)
	require.Equal(t, "INVALID", invalid.text("createWatch.userErrors.0.code"))
	require.True(t, p.withKey("two", `mutation { createWatch(input: {firstName: "", lastName: "Quill"}) { userErrors { code } } }`).replayed())

	lost := `mutation { createWatch(input: {firstName: "Ana", lastName: "Quill"}) { query { nodes(ids: [` + strings.Repeat(`"x" `, 101) + `]) { id } } } }`
	first := p.withKey("three", lost)
	require.Equal(t, "BAD_USER_INPUT", first.code())
	require.Nil(t, first.at("createWatch"))
	again := p.withKey("three", lost)
	require.True(t, again.replayed())
	require.Equal(t, first.Data, again.Data)
	require.Equal(t, []any{"createWatch", "query", "nodes"}, again.Errors[0].Path)
	require.Equal(t, "BAD_USER_INPUT", again.code())
	require.NotEqual(t, first.Errors[0].Extensions.RequestID, again.Errors[0].Extensions.RequestID, "it is a request of its own")
	require.Equal(t, 1, p.watches())
}

// A mutation that has begun is executed to its end, though its client has gone: the next request gets its answer.
func TestAKeyedMutationOutlivesItsClient(t *testing.T) {
	p := newStage(t).connected("ada")
	ctx, disconnect := context.WithCancel(t.Context())
	p.whileClioAnswers(disconnect)
	_, err := p.keyed(ctx, importMatters, vars{"ids": []string{"1001"}}, "one")
	require.ErrorIs(t, err, context.Canceled)
	require.Eventually(t, func() bool { return p.watches() == 1 && p.answered() == 1 }, 10*time.Second, time.Millisecond)
	again := p.withKey("one", importMatters, vars{"ids": []string{"1001"}})
	require.True(t, again.replayed())
	require.Equal(t, []string{"IMPORTED"}, again.texts("importMatters.results.*.outcome"))
}

// Keys that aren't are refused. On queries, and on mutations that set cookies, keys have no effect.
func TestWhatKeysAreFor(t *testing.T) {
	p := newStage(t).connected("ada")
	for _, bad := range []string{"", "a b", "ä", strings.Repeat("x", 256)} {
		require.Equal(t, "BAD_USER_INPUT", p.withKey(bad, createQuill, vars{"first": "Ana"}).code(), bad)
	}
	two, err := p.keyed(t.Context(), createQuill, vars{"first": "Ana"}, "one", "two")
	require.NoError(t, err)
	require.Equal(t, "BAD_USER_INPUT", two.code())
	require.Zero(t, p.watches())
	require.Empty(t, p.withKey(strings.Repeat("x", 255), createQuill, vars{"first": "Ana"}).Errors)

	const list = `{ watches { totalCount } }`
	require.EqualValues(t, 1, p.withKey("list", list).at("watches.totalCount"))
	p.ask(createQuill, vars{"first": "Eve"})
	require.EqualValues(t, 2, p.withKey("list", list).at("watches.totalCount"))

	const connect = `mutation { connectClio { authorizationUrl } }`
	require.NotEqual(t, p.withKey("connect", connect).Data, p.withKey("connect", connect).Data)
	const token = `mutation { createApiToken(input: {name: "a", access: READ}) { secret } }`
	require.NotEqual(t, p.withKey("token", token).Data, p.withKey("token", token).Data, "what is shown once isn't kept")
	for range 2 {
		wrong := p.withKey("password", `mutation { changePassword(input: {currentPassword: "no", newPassword: "a longer password"}) { userErrors { code } } }`)
		require.NotEmpty(t, wrong.at("changePassword.userErrors"))
		require.False(t, wrong.replayed())
	}
	require.Zero(t, p.rowsFor("password"))
	require.Empty(t, p.withKey("out", signOut).at("signOut.userErrors"))
	require.Empty(t, p.nobody().withKey("in", `mutation { signIn(input: {email: "x@y", password: "z"}) { userErrors { code } } }`).Errors)
}

// Answers may have secrets, so that they are sealed; they are pruned after a day, and a caller's are bounded.
func TestKeptAnswersAreSealedAndPruned(t *testing.T) {
	p := newStage(t).signUp("ada")
	ctx := pgtest.AcrossFirms(t.Context())
	rows := func() (count, bytes int) {
		require.NoError(t, p.db.Pool().QueryRow(ctx, `SELECT count(*), coalesce(sum(octet_length(answer)), 0) FROM idempotent_requests`).Scan(&count, &bytes))
		return count, bytes
	}
	for i := range 3 {
		p.withKey(fmt.Sprint("key-", i), createQuill, vars{"first": "Anastasia"})
	}
	count, size := rows()
	require.Equal(t, 3, count)
	require.Greater(t, size, 100)
	var text string
	require.NoError(t, p.db.Pool().QueryRow(ctx, `SELECT string_agg(q::text || encode(answer, 'escape'), ' ') FROM idempotent_requests q`).Scan(&text))
	require.NotContains(t, text, "Anastasia")
	require.NotContains(t, text, "key-1")

	p.clock.Advance(23 * time.Hour)
	p.withKey("key-3", createQuill, vars{"first": "Anastasia"})
	p.clock.Advance(time.Hour + time.Second)
	require.NoError(t, postgres.NewAnswers(p.db).Prune(t.Context(), p.clock.Now().Add(-24*time.Hour)))
	count, _ = rows()
	require.Equal(t, 1, count)
}

// An answer that isn't kept any more, or can't be opened, isn't a reason to carry the request out again.
func TestAnAnswerThatIsNotKept(t *testing.T) {
	p := newStage(t).signUp("ada")
	for i, lost := range []string{`answer = NULL`, `answer = '\x0102'`} {
		key := fmt.Sprint("key", i)
		p.withKey(key, createQuill, vars{"first": "Ana"})
		_, err := p.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "UPDATE idempotent_requests SET "+lost)
		require.NoError(t, err)
		require.Equal(t, "BAD_USER_INPUT", p.withKey(key, createQuill, vars{"first": "Ana"}).code())
		require.Equal(t, i+1, p.watches())
	}
}
