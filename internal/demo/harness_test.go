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

// harness is a server with its own Clio sandbox for the tour, and what to falsify in their responses.
type harness struct {
	tampering tamper
	// ignored is a request to the sandbox's control API that succeeds without an effect, such as "PATCH /sandbox/contacts/504".
	ignored string
	sandbox *sandbox.Sandbox
}

// tamper falsifies responses of the server: in the responses to requests that contain in, beginning with the first request that
// contains from, it replaces old by new.
type tamper struct {
	from     string
	in       string
	old, new string
}

// run runs the tour and returns its output.
func (h *harness) run(t *testing.T, keepServing bool) (string, error) {
	t.Helper()
	var output bytes.Buffer
	err := h.runTo(t, &output, keepServing)
	return output.String(), err
}

func (h *harness) runTo(t *testing.T, out io.Writer, keepServing bool) error {
	t.Helper()
	h.sandbox = sandbox.New(sandbox.Options{Clock: clockwork.NewRealClock(), ClientID: "demo", ClientSecret: "secret"})
	clioServer := httptest.NewServer(h.ignoreRequest(h.sandbox))
	t.Cleanup(clioServer.Close)
	server := httptest.NewUnstartedServer(nil)
	address := "http://" + server.Listener.Addr().String()
	server.Config.Handler = h.tampering.wrap(newServer(t, address, clioServer.URL))
	server.Start()
	t.Cleanup(server.Close)

	return demo.Run(t.Context(), demo.Options{Server: address, Clio: clioServer.URL, Out: out, KeepServing: keepServing})
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

// ignoreRequest answers the ignored request without passing it on.
func (h *harness) ignoreRequest(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method+" "+r.URL.Path == h.ignored {
			_, _ = io.WriteString(w, `{"data": {}}`)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// wrap returns a handler that falsifies responses of next.
func (a tamper) wrap(next http.Handler) http.Handler {
	var begun atomic.Bool
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if bytes.Contains(body, []byte(a.from)) {
			begun.Store(true)
		}
		if a.old == "" || !begun.Load() || !bytes.Contains(body, []byte(a.in)) {
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
		_, _ = io.WriteString(w, strings.ReplaceAll(answer.Body.String(), a.old, a.new))
	})
}
