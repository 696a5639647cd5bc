package clio_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"sync"
	"testing"

	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/watch"
)

func TestMain(m *testing.M) {
	pgtest.Main(m)
}

const (
	appID     = "application"
	appSecret = "application-secret"
)

// harness is a server with one firm, and a Clio sandbox.
type harness struct {
	*testing.T
	clock   *clockwork.FakeClock
	db      *postgres.DB
	store   *postgres.Clio
	clio    *sandbox.Sandbox
	config  clio.Config
	keys    *clio.Keyring
	service *clio.Service
	user    clio.Requester
	log     *syncBuffer
	// transport opens a connection for each request: on a kept-alive connection Go would retry a broken request.
	transport http.RoundTripper

	mu          sync.Mutex
	interceptor func(w http.ResponseWriter, r *http.Request) bool
}

func newHarness(t *testing.T) *harness {
	t.Parallel()
	h := &harness{T: t, clock: clockwork.NewFakeClockAt(noon), db: pgtest.Open(t), keys: newKeyring(t, keyA), log: &syncBuffer{},
		transport: &http.Transport{DisableKeepAlives: true}}
	h.store = postgres.NewClio(h.db)
	h.clio = sandbox.New(sandbox.Options{Clock: h.clock, ClientID: appID, ClientSecret: appSecret, RateLimit: 10_000})
	server := httptest.NewServer(http.HandlerFunc(h.serveClio))
	t.Cleanup(server.Close)
	h.config = clio.Config{
		ClientID: appID, ClientSecret: appSecret, Region: "us", BaseURL: server.URL,
		PublicURL: "https://watch.example", AllowedOrigins: []string{"https://app.example"},
	}
	h.service = h.newReplica(nil)
	h.user = h.signUp()
	return h
}

// newReplica returns another replica of the server, with changed settings; change may be nil.
func (h *harness) newReplica(change func(*clio.Config)) *clio.Service {
	config := h.config
	if change != nil {
		change(&config)
	}
	return clio.NewService(config, h.store, h.keys, h.clock, h.logger(), h.transport)
}

func (h *harness) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(h.log, nil))
}

// serveClio serves the sandbox, unless a test has set an interceptor that handles the request.
func (h *harness) serveClio(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	interceptor := h.interceptor
	h.mu.Unlock()
	if interceptor == nil || !interceptor(w, r) {
		h.clio.ServeHTTP(w, r)
	}
}

// respondWith makes Clio answer all further requests to a path with this response.
func (h *harness) respondWith(path string, status int, body string, headers ...string) {
	h.intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != path {
			return false
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set(sandbox.FaultHeader, "test")
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
		return true
	})
}

// intercept sets the interceptor, which returns whether it has handled the request; nil removes it.
func (h *harness) intercept(interceptor func(w http.ResponseWriter, r *http.Request) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.interceptor = interceptor
}

// signUp creates a firm with one signed-in user.
func (h *harness) signUp() clio.Requester {
	firm := &account.Firm{ID: ident.New(ident.Firm), Name: "Firm", CreatedAt: noon}
	user := &account.User{ID: ident.New(ident.User), FirmID: firm.ID, Name: "User", Email: firm.ID + "@firm.example",
		Role: "ADMIN", PasswordHash: "none", CreatedAt: noon}
	session := h.newSession(user.ID)
	err := postgres.NewAccounts(h.db).CreateFirm(h.Context(), firm, user, session, func(bool) error { return nil })
	require.NoError(h, err)
	return clio.Requester{FirmID: firm.ID, UserID: user.ID, SessionID: session.ID}
}

func (h *harness) newSession(userID string) *account.Session {
	id := ident.New(ident.Session)
	return &account.Session{ID: id, UserID: userID, TokenHash: []byte(id), CreatedAt: noon, LastSeenAt: noon, LastRequestAt: noon}
}

// approve allows or declines access at Clio, and returns the query that the browser brings back.
func (h *harness) approve(address, decision string, account int64) clio.CallbackQuery {
	asked, err := url.Parse(address)
	require.NoError(h, err)
	form := asked.Query()
	form.Set("decision", decision)
	form.Set("account", strconv.FormatInt(account, 10))
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(h.Context(), http.MethodPost, h.config.BaseURL+"/oauth/authorize?"+form.Encode(), nil)
	require.NoError(h, err)
	response, err := browser.Do(request)
	require.NoError(h, err)
	require.NoError(h, response.Body.Close())
	require.Equal(h, http.StatusSeeOther, response.StatusCode)
	back, err := response.Location()
	require.NoError(h, err)
	require.Equal(h, h.config.PublicURL+"/oauth/clio/callback", back.Scheme+"://"+back.Host+back.Path)
	query := back.Query()
	return clio.CallbackQuery{State: query.Get("state"), Code: query.Get("code"), Error: query.Get("error")}
}

// connect connects the firm to a Clio account and returns the address that the browser is sent to.
func (h *harness) connect(account int64) string {
	authorization, err := h.service.Connect(h.Context(), h.user, nil)
	require.NoError(h, err)
	return h.service.Callback(h.Context(), h.approve(authorization.URL, "allow", account), clio.Proof{Cookie: authorization.Cookie})
}

// connectedHarness returns a harness whose firm is connected to the sandbox's first account.
func connectedHarness(t *testing.T) *harness {
	h := newHarness(t)
	require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount))
	h.clio.ResetRequests()
	return h
}

// addLinkedWatch adds a watch that is linked to a matter.
func (h *harness) addLinkedWatch(firmID string, matterID, contactID int64, change func(*watch.ClioLink)) *watch.Watch {
	w := watch.New(firmID, noon)
	w.FirstName, w.LastName = "Ana", "Rivera"
	w.ClioLink = &watch.ClioLink{
		WatchID: w.ID, FirmID: firmID, Region: "us", MatterID: matterID, ContactID: &contactID,
		State: watch.Linked, Base: watch.Values{}, Settled: watch.Values{}, LinkCheck: watch.LinkCheck{AskedAt: noon},
	}
	if change != nil {
		change(w.ClioLink)
	}
	require.NoError(h, postgres.NewWatches(h.db).CreateWatch(h.Context(), w, watch.Origin{Cause: watch.CauseImport}))
	return w
}

// integration returns the firm's connection as the API shows it.
func (h *harness) integration() *clio.Integration {
	row, err := h.service.Integration(h.Context(), h.user.FirmID)
	require.NoError(h, err)
	return row
}

// storedRow returns the stored row with its sealed tokens.
func (h *harness) storedRow() *clio.Integration {
	row, err := h.store.Integration(h.Context(), h.user.FirmID)
	require.NoError(h, err)
	return row
}

// injectFaults turns on faults of the sandbox.
func (h *harness) injectFaults(switches ...sandbox.Switch) {
	require.NoError(h, h.clio.Fail(switches...))
}

// paths returns the paths of the requests that reached the sandbox.
func (h *harness) paths() []string {
	var paths []string
	for _, request := range h.clio.Requests() {
		paths = append(paths, request.Path)
	}
	return paths
}

// matterIDs returns the ids of the sandbox's matters.
func (h *harness) matterIDs() []int64 {
	var ids []int64
	for _, matter := range h.clio.Matters() {
		ids = append(ids, matter.ID)
	}
	return ids
}

// readMatter reads one matter and returns the error.
func (h *harness) readMatter() error {
	_, err := h.service.Read(h.Context(), h.user.FirmID, h.matterIDs()[:1])
	return err
}

// syncBuffer is a buffer that is safe for concurrent use.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
