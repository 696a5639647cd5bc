package demo_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jonboulle/clockwork"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"watchkeeper/graph"
	"watchkeeper/internal/account"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/demo"
	"watchkeeper/internal/httpd"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
	"watchkeeper/web"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// stage is what the tour is shown on: a whole server before a Clio of its own, with what stands between them and the tour.
type stage struct {
	tampering tampering
	// ignores is a request to the sandbox's control API that it answers without doing anything, such as
	// "PATCH /sandbox/contacts/504".
	ignores string
	sandbox *sandbox.Sandbox
}

// tampering is a wrong answer of the server's: in answers to requests that contain all of in, from the one on that
// contains since, was becomes is.
type tampering struct {
	since   string
	in      string
	was, is string
}

// tour runs the demo on a new stage, and returns what it told.
func (s *stage) tour(t *testing.T, servingOn bool) (string, error) {
	t.Helper()
	var told bytes.Buffer
	err := s.tourTo(t, &told, servingOn)
	return told.String(), err
}

func (s *stage) tourTo(t *testing.T, out io.Writer, servingOn bool) error {
	t.Helper()
	s.sandbox = sandbox.New(sandbox.Options{Clock: clockwork.NewRealClock(), ClientID: "demo", ClientSecret: "secret"})
	clioServer := httptest.NewServer(s.deaf(s.sandbox))
	t.Cleanup(clioServer.Close)
	server := httptest.NewUnstartedServer(nil)
	address := "http://" + server.Listener.Addr().String()
	server.Config.Handler = s.tampering.of(newServer(t, address, clioServer.URL))
	server.Start()
	t.Cleanup(server.Close)

	return demo.Run(t.Context(), demo.Options{Server: address, Clio: clioServer.URL, Out: out, ServingOn: servingOn})
}

// newServer wires a server as the program does.
func newServer(t *testing.T, address, clioAddress string) http.Handler {
	t.Helper()
	db, clock, log := pgtest.Open(t), clockwork.NewRealClock(), slog.New(slog.DiscardHandler)
	keys, err := clio.NewKeyring([][]byte{bytes.Repeat([]byte{7}, 32)})
	require.NoError(t, err)
	clioService := clio.NewService(clio.Config{
		ClientID: "demo", ClientSecret: "secret", Region: "us", BaseURL: clioAddress, PublicURL: address,
	}, postgres.NewClio(db), keys, clock, log, &http.Transport{DisableKeepAlives: true})
	watches := watch.NewService(postgres.NewWatches(db), clock)
	syncs := syncer.NewService(syncer.Parts{
		Store: postgres.NewSyncs(db), Runs: postgres.NewRuns(db), Notifier: postgres.NewListener(db, clock, log), Clio: clioService, Watches: watches, Clock: clock,
	})
	accounts := account.NewService(postgres.NewAccounts(db), syncer.NewLogins(syncs, log), clock, false)
	cookies := httpd.NewCookies(address)
	handler, err := httpd.New(httpd.Options{
		GraphQL: graph.NewHandler(&graph.Resolver{
			AccountService: accounts, WatchService: watches, ClioService: clioService, SyncService: syncs, Cookies: cookies,
		}, log),
		Clio: clioService, Accounts: accounts, Ready: db.Ping, Cookies: cookies, PublicURL: address,
		Assets: web.Assets, Logger: log, Metrics: prometheus.NewRegistry(),
	})
	require.NoError(t, err)
	return handler
}

// deaf answers the request that is to be ignored by itself.
func (s *stage) deaf(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method+" "+r.URL.Path == s.ignores {
			_, _ = io.WriteString(w, `{"data": {}}`)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// of stands before the server.
func (a tampering) of(next http.Handler) http.Handler {
	var begun atomic.Bool
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if bytes.Contains(body, []byte(a.since)) {
			begun.Store(true)
		}
		if a.was == "" || !begun.Load() || !bytes.Contains(body, []byte(a.in)) {
			next.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		w.WriteHeader(answer.Code)
		_, _ = io.WriteString(w, strings.ReplaceAll(answer.Body.String(), a.was, a.is))
	})
}
