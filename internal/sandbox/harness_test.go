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

// harness is a running sandbox, and a client that is connected to its first firm.
type harness struct {
	*sandbox.Sandbox
	t      *testing.T
	clock  *clockwork.FakeClock
	server *httptest.Server
	client *http.Client
	token  string
}

func newHarness(t *testing.T, options sandbox.Options) *harness {
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
	return &harness{Sandbox: s, t: t, clock: clock, server: server, client: client, token: access}
}

// response is a response with its body read.
type response struct {
	status int
	header http.Header
	body   []byte
}

// send sends a request. Headers are pairs of name and value. The token is sent unless they include Authorization.
func (h *harness) send(method, path, body string, headers ...string) response {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.server.URL+path, strings.NewReader(body))
	require.NoError(h.t, err)
	r.Header.Set("Authorization", "Bearer "+h.token)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := h.client.Do(r)
	require.NoError(h.t, err)
	data, err := io.ReadAll(res.Body)
	require.NoError(h.t, err)
	require.NoError(h.t, res.Body.Close())
	return response{status: res.StatusCode, header: res.Header, body: data}
}

func (h *harness) get(path string, headers ...string) response {
	h.t.Helper()
	return h.send(http.MethodGet, path, "", headers...)
}

// postForm posts a form, without the token.
func (h *harness) postForm(path string, pairs ...string) response {
	h.t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return h.send(http.MethodPost, path, form.Encode(),
		"Authorization", "", "Content-Type", "application/x-www-form-urlencoded")
}

type object = map[string]any

// json decodes the body as an object.
func (a response) json(t *testing.T) object {
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

// list gets a page. The path is relative to /api/v4/, or an absolute address from an earlier page.
func (h *harness) list(path string) list {
	h.t.Helper()
	path = strings.TrimPrefix(path, h.server.URL)
	if !strings.HasPrefix(path, "/") {
		path = "/api/v4/" + path
	}
	got := h.get(path)
	require.Equal(h.t, 200, got.status, "%s", got.body)
	var page list
	require.NoError(h.t, json.Unmarshal(got.body, &page))
	return page
}

// ids returns the ids of the records on the page.
func (l list) ids() []int64 {
	ids := []int64{}
	for _, each := range l.Data {
		id, _ := each["id"].(float64)
		ids = append(ids, int64(id))
	}
	return ids
}

// matter gets a matter with these fields.
func (h *harness) matter(id, fields string) object {
	h.t.Helper()
	got := h.get("/api/v4/matters/" + id + ".json?fields=" + url.QueryEscape(fields))
	require.Equal(h.t, 200, got.status, "%s", got.body)
	data, ok := got.json(h.t)["data"].(object)
	require.True(h.t, ok)
	return data
}
