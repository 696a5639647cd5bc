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

// office is a server with one firm, before a Clio of its own.
type office struct {
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
	// transport makes a connection for each request: on one that was kept, Go's own would try a broken request again.
	transport http.RoundTripper

	mu        sync.Mutex
	intercept func(w http.ResponseWriter, r *http.Request) bool
}

func newOffice(t *testing.T) *office {
	t.Parallel()
	o := &office{T: t, clock: clockwork.NewFakeClockAt(noon), db: pgtest.Open(t), keys: keyring(t, keyA), log: &syncBuffer{},
		transport: &http.Transport{DisableKeepAlives: true}}
	o.store = postgres.NewClio(o.db)
	o.clio = sandbox.New(sandbox.Options{Clock: o.clock, ClientID: appID, ClientSecret: appSecret, RateLimit: 10_000})
	server := httptest.NewServer(http.HandlerFunc(o.serveClio))
	t.Cleanup(server.Close)
	o.config = clio.Config{
		ClientID: appID, ClientSecret: appSecret, Region: "us", BaseURL: server.URL,
		PublicURL: "https://watch.example", AllowedOrigins: []string{"https://app.example"},
	}
	o.service = o.another(nil)
	o.user = o.signUp()
	return o
}

// another is one more replica of the server, with its settings changed.
func (o *office) another(change func(*clio.Config)) *clio.Service {
	config := o.config
	if change != nil {
		change(&config)
	}
	return clio.NewService(config, o.store, o.keys, o.clock, o.logger(), o.transport)
}

func (o *office) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(o.log, nil))
}

// serveClio is Clio, except where a test stands in its way.
func (o *office) serveClio(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	intercept := o.intercept
	o.mu.Unlock()
	if intercept == nil || !intercept(w, r) {
		o.clio.ServeHTTP(w, r)
	}
}

// answer has Clio answer the requests to a path with this, from now on.
func (o *office) answer(path string, status int, body string, headers ...string) {
	o.inTheWay(func(w http.ResponseWriter, r *http.Request) bool {
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

func (o *office) inTheWay(intercept func(w http.ResponseWriter, r *http.Request) bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.intercept = intercept
}

// signUp makes a firm with one user who is signed in.
func (o *office) signUp() clio.Requester {
	firm := &account.Firm{ID: ident.New(ident.Firm), Name: "Firm", CreatedAt: noon}
	user := &account.User{ID: ident.New(ident.User), FirmID: firm.ID, Name: "User", Email: firm.ID + "@firm.example",
		Role: "ADMIN", PasswordHash: "none", CreatedAt: noon}
	session := o.sessionOf(user.ID)
	err := postgres.NewAccounts(o.db).CreateFirm(o.Context(), firm, user, session, func(bool) error { return nil })
	require.NoError(o, err)
	return clio.Requester{FirmID: firm.ID, UserID: user.ID, SessionID: session.ID}
}

func (o *office) sessionOf(userID string) *account.Session {
	id := ident.New(ident.Session)
	return &account.Session{ID: id, UserID: userID, TokenHash: []byte(id), CreatedAt: noon, LastSeenAt: noon, LastRequestAt: noon}
}

// approve does what the user does in Clio: it allows or declines, and returns what the browser brings back.
func (o *office) approve(address, decision string, account int64) clio.CallbackQuery {
	asked, err := url.Parse(address)
	require.NoError(o, err)
	form := asked.Query()
	form.Set("decision", decision)
	form.Set("account", strconv.FormatInt(account, 10))
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(o.Context(), http.MethodPost, o.config.BaseURL+"/oauth/authorize?"+form.Encode(), nil)
	require.NoError(o, err)
	response, err := browser.Do(request)
	require.NoError(o, err)
	require.NoError(o, response.Body.Close())
	require.Equal(o, http.StatusSeeOther, response.StatusCode)
	back, err := response.Location()
	require.NoError(o, err)
	require.Equal(o, o.config.PublicURL+"/oauth/clio/callback", back.Scheme+"://"+back.Host+back.Path)
	query := back.Query()
	return clio.CallbackQuery{State: query.Get("state"), Code: query.Get("code"), Error: query.Get("error")}
}

// connect goes the whole way to an account of Clio's and returns where the browser ends.
func (o *office) connect(account int64) string {
	authorization, err := o.service.Connect(o.Context(), o.user, nil)
	require.NoError(o, err)
	return o.service.Callback(o.Context(), o.approve(authorization.URL, "allow", account), clio.Proof{Cookie: authorization.Cookie})
}

// connected is an office whose firm is connected to the sandbox's first account.
func connected(t *testing.T) *office {
	o := newOffice(t)
	require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount))
	o.clio.ResetRequests()
	return o
}

// link has the firm watch somebody through a matter of Clio's.
func (o *office) link(firmID string, matterID, contactID int64, change func(*watch.ClioLink)) *watch.Watch {
	w := watch.New(firmID, noon)
	w.FirstName, w.LastName = "Ana", "Rivera"
	w.ClioLink = &watch.ClioLink{
		WatchID: w.ID, FirmID: firmID, Region: "us", MatterID: matterID, ContactID: &contactID,
		State: watch.Linked, Base: watch.Values{}, Settled: watch.Values{}, AskedAt: noon,
	}
	if change != nil {
		change(w.ClioLink)
	}
	require.NoError(o, postgres.NewWatches(o.db).CreateWatch(o.Context(), w, watch.Origin{Cause: watch.CauseImport}))
	return w
}

// integration is how the firm's connection looks to the API.
func (o *office) integration() *clio.Integration {
	row, err := o.service.Integration(o.Context(), o.user.FirmID)
	require.NoError(o, err)
	return row
}

// stored is the row itself, sealed tokens and all.
func (o *office) stored() *clio.Integration {
	row, err := o.store.Integration(o.Context(), o.user.FirmID)
	require.NoError(o, err)
	return row
}

// fail turns a fault of the sandbox on.
func (o *office) fail(switches ...sandbox.Switch) {
	require.NoError(o, o.clio.Fail(switches...))
}

// paths are those of the requests that reached Clio's own answers.
func (o *office) paths() []string {
	var paths []string
	for _, request := range o.clio.Requests() {
		paths = append(paths, request.Path)
	}
	return paths
}

// matterIDs are the numbers of the sandbox's matters.
func (o *office) matterIDs() []int64 {
	var ids []int64
	for _, matter := range o.clio.Matters() {
		ids = append(ids, matter.ID)
	}
	return ids
}

// read reads a matter, for what that does to the connection.
func (o *office) read() error {
	_, err := o.service.Read(o.Context(), o.user.FirmID, o.matterIDs()[:1])
	return err
}

// syncBuffer is a log that many may write to.
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
