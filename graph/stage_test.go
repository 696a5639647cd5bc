package graph_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/app"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/metrics"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/tracing"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var noon = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

// stage is a whole server before a Clio of its own, at a set clock; tests reach it as clients do.
type stage struct {
	options func(*app.Options)
	t       *testing.T
	clock   *clockwork.FakeClock
	sql     *pgtest.Counter
	clio    *sandbox.Sandbox
	address string
	clioURL string
	url     string // the database's
	db      *postgres.DB
	syncs   *syncer.Service // executes runs, as workers would
	logins  *syncer.Logins  // started by the tests of them

	listener    *postgres.Listener
	clioService *clio.Service
	metrics     *metrics.Metrics
	tracing     *tracing.Tracing // nil: no traces
}

// frontEnd is the origin of pages elsewhere that the server trusts.
const frontEnd = "https://front.example"

// setup is what tests may want otherwise of a stage.
type setup struct {
	options   func(*app.Options)
	now       time.Time
	rateLimit int // how many requests a minute Clio answers
	database  func(testing.TB) string
	traces    string // where they are sent; empty: nowhere
}

func newStage(t *testing.T, changes ...func(*setup)) *stage {
	t.Parallel()
	wanted := setup{now: noon, rateLimit: 10_000, database: pgtest.URL}
	for _, change := range changes {
		change(&wanted)
	}
	s := &stage{t: t, clock: clockwork.NewFakeClockAt(wanted.now), sql: &pgtest.Counter{}}
	s.clio = sandbox.New(sandbox.Options{Clock: s.clock, ClientID: "app", ClientSecret: "secret", RateLimit: wanted.rateLimit})
	clioServer := httptest.NewServer(s.clio)
	t.Cleanup(clioServer.Close)
	s.clioURL = clioServer.URL

	server := httptest.NewUnstartedServer(nil)
	s.address = "http://" + server.Listener.Addr().String()
	s.url, s.options = wanted.database(t), wanted.options
	hooks := []postgres.Option{postgres.WithQueryHook(s.sql)}
	var err error
	s.tracing, err = tracing.Start(t.Context(), wanted.traces, slog.New(slog.NewTextHandler(logOutput(), nil)))
	require.NoError(t, err)
	if hook := s.tracing.QueryHook(); hook != nil {
		hooks = append(hooks, postgres.WithQueryHook(hook))
	}
	s.db = pgtest.OpenURL(t, s.url, hooks...)
	server.Config.Handler = s.handler(s.db)
	server.Start()
	t.Cleanup(server.Close)
	return s
}

// with changes the options of the server.
func with(change func(*app.Options)) func(*setup) {
	return func(s *setup) { s.options = change }
}

// onFresh is for tests that change the schema.
func onFresh(s *setup) { s.database = pgtest.Fresh }

func logOutput() io.Writer {
	if testing.Verbose() {
		return os.Stderr
	}
	return io.Discard
}

// person is somebody who uses the API by a bearer token; without one nobody is signed in.
type person struct {
	*stage
	token, email string
}

func (s *stage) nobody() *person {
	return &person{stage: s}
}

// signUp makes a firm with an administrator.
func (s *stage) signUp(name string) *person {
	p := s.nobody()
	p.email = name + "@firm.example"
	p.token = p.ask(`mutation($name: String!, $email: String!) {
		signUp(input: {firmName: $name, name: $name, email: $email, password: "a long password"}) { token }
	}`, vars{"name": name, "email": p.email}).text("signUp.token")
	return p
}

// connected is a person whose firm is connected to the sandbox's first account.
func (s *stage) connected(name string) *person {
	p := s.signUp(name)
	require.Equal(s.t, "/?clio=connected", p.connect(sandbox.FirstAccount))
	s.clio.ResetRequests()
	return p
}

// connect goes the whole way to Clio and back, and returns where the browser ends.
func (p *person) connect(account int64) string {
	address := p.ask(`mutation { connectClio { authorizationUrl } }`).text("connectClio.authorizationUrl")
	asked, err := url.Parse(address)
	require.NoError(p.t, err)
	form := asked.Query()
	form.Set("decision", "allow")
	form.Set("account", strconv.FormatInt(account, 10))
	back := p.redirect(http.MethodPost, p.clioURL+"/oauth/authorize", form)
	return strings.TrimPrefix(p.redirect(http.MethodGet, back, nil), p.address)
}

func (p *person) redirect(method, address string, form url.Values) string {
	request, err := http.NewRequestWithContext(p.t.Context(), method, address, strings.NewReader(form.Encode()))
	require.NoError(p.t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Authorization", "Bearer "+p.token)
	response, err := http.DefaultTransport.RoundTrip(request)
	require.NoError(p.t, err)
	require.NoError(p.t, response.Body.Close())
	return response.Header.Get("Location")
}

type vars map[string]any

// answer is an answer of the API.
type answer struct {
	t      *testing.T
	Data   any `json:"data"`
	Errors []struct {
		Message    string                                    `json:"message"`
		Path       []any                                     `json:"path"`
		Extensions struct{ Code, RetryAt, RequestID string } `json:"extensions"`
	} `json:"errors"`
	Extensions json.RawMessage `json:"extensions"`
	status     int
	requestID  string // of the header
}

// ask asks the API, which must not answer with a top-level error.
func (p *person) ask(query string, variables ...vars) answer {
	p.t.Helper()
	a := p.try(query, variables...)
	require.Empty(p.t, a.Errors, query)
	return a
}

// try asks the API, whatever it answers.
func (p *person) try(query string, variables ...vars) answer {
	p.t.Helper()
	body := map[string]any{"query": query}
	if len(variables) > 0 {
		body["variables"] = variables[0]
	}
	encoded, err := json.Marshal(body)
	require.NoError(p.t, err)
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.address+"/graphql", bytes.NewReader(encoded))
	require.NoError(p.t, err)
	request.Header.Set("Content-Type", "application/json")
	if p.token != "" {
		request.Header.Set("Authorization", "Bearer "+p.token)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(p.t, err)
	defer func() { require.NoError(p.t, response.Body.Close()) }()
	a := answer{t: p.t, status: response.StatusCode, requestID: response.Header.Get("X-Request-Id")}
	require.NoError(p.t, json.NewDecoder(response.Body).Decode(&a))
	return a
}

// code is the first top-level error's. Each error names its request.
func (a answer) code() string {
	a.t.Helper()
	require.NotEmpty(a.t, a.Errors)
	for _, problem := range a.Errors {
		require.NotEmpty(a.t, problem.Extensions.RequestID, problem.Message)
	}
	return a.Errors[0].Extensions.Code
}

// at walks to a value: "watches.nodes.0.firstName". A * takes every item of a list.
func (a answer) at(path string) any {
	a.t.Helper()
	return walk(a.t, a.Data, strings.Split(path, "."))
}

func walk(t *testing.T, value any, path []string) any {
	t.Helper()
	if len(path) == 0 || value == nil {
		return value
	}
	switch value := value.(type) {
	case map[string]any:
		require.Contains(t, value, path[0])
		return walk(t, value[path[0]], path[1:])
	case []any:
		if path[0] == "*" {
			all := make([]any, len(value))
			for i, item := range value {
				all[i] = walk(t, item, path[1:])
			}
			return all
		}
		index, err := strconv.Atoi(path[0])
		require.NoError(t, err)
		require.Less(t, index, len(value))
		return walk(t, value[index], path[1:])
	default:
		require.Fail(t, "nothing to walk", "%v has no %v", value, path)
		return nil
	}
}

// text is the text at a place; empty for null.
func (a answer) text(path string) string {
	a.t.Helper()
	text, _ := a.at(path).(string)
	return text
}

// texts are the texts at a place with a *.
func (a answer) texts(path string) []string {
	a.t.Helper()
	texts := []string{}
	for _, item := range a.at(path).([]any) {
		text, _ := item.(string)
		texts = append(texts, text)
	}
	return texts
}

// unlike is an id of the same kind that names nothing: with another last letter, whichever the id's is.
func unlike(id string) string {
	last := "0"
	if strings.HasSuffix(id, last) {
		last = "1"
	}
	return id[:len(id)-1] + last
}
