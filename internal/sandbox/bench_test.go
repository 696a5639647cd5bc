package sandbox_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// bench is a sandbox that listens, and a caller who is connected to its first firm.
type bench struct {
	*sandbox.Sandbox
	t      *testing.T
	clock  *clockwork.FakeClock
	server *httptest.Server
	client *http.Client
	token  string
}

func newBench(t *testing.T, options sandbox.Options) *bench {
	t.Helper()
	clock := clockwork.NewFakeClockAt(time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC))
	options.Clock = clock
	if options.RateLimit == 0 {
		options.RateLimit = 1_000_000
	}
	s := sandbox.New(options)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	client := server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	access, _ := s.IssueToken(sandbox.FirstAccount)
	return &bench{Sandbox: s, t: t, clock: clock, server: server, client: client, token: access}
}

// answer is an answer with its body read.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// send makes a request. Headers are pairs of name and value; the token goes along unless Authorization is among them.
func (b *bench) send(method, path, body string, headers ...string) answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.server.URL+path, strings.NewReader(body))
	require.NoError(b.t, err)
	r.Header.Set("Authorization", "Bearer "+b.token)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := b.client.Do(r)
	require.NoError(b.t, err)
	data, err := io.ReadAll(response.Body)
	require.NoError(b.t, err)
	require.NoError(b.t, response.Body.Close())
	return answer{status: response.StatusCode, header: response.Header, body: data}
}

func (b *bench) get(path string, headers ...string) answer {
	b.t.Helper()
	return b.send(http.MethodGet, path, "", headers...)
}

// form posts a form without a token.
func (b *bench) form(path string, pairs ...string) answer {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return b.send(http.MethodPost, path, form.Encode(),
		"Authorization", "", "Content-Type", "application/x-www-form-urlencoded")
}

type object = map[string]any

// json reads the body as an object.
func (a answer) json(t *testing.T) object {
	t.Helper()
	var read object
	require.NoError(t, json.Unmarshal(a.body, &read), "%d %s", a.status, a.body)
	return read
}

// list is a page of a list.
type list struct {
	Data []object `json:"data"`
	Meta struct {
		Paging  struct{ Next, Previous string } `json:"paging"`
		Records int                             `json:"records"`
	} `json:"meta"`
}

// list gets a page. The path is below /api/v4/, or a whole address from a page before.
func (b *bench) list(path string) list {
	b.t.Helper()
	path = strings.TrimPrefix(path, b.server.URL)
	if !strings.HasPrefix(path, "/") {
		path = "/api/v4/" + path
	}
	got := b.get(path)
	require.Equal(b.t, 200, got.status, "%s", got.body)
	var page list
	require.NoError(b.t, json.Unmarshal(got.body, &page))
	return page
}

// ids are the numbers on the page.
func (l list) ids() []int64 {
	ids := []int64{}
	for _, each := range l.Data {
		id, _ := each["id"].(float64)
		ids = append(ids, int64(id))
	}
	return ids
}

// matter shows one matter with those fields.
func (b *bench) matter(id, fields string) object {
	b.t.Helper()
	got := b.get("/api/v4/matters/" + id + ".json?fields=" + url.QueryEscape(fields))
	require.Equal(b.t, 200, got.status, "%s", got.body)
	data, ok := got.json(b.t)["data"].(object)
	require.True(b.t, ok)
	return data
}
