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
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/app"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/demo"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
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
	h.sandbox = sandbox.New(sandbox.Options{
		Clock: clockwork.NewRealClock(), ClientID: "demo", ClientSecret: "secret", RateLimit: demo.ClioRequests,
	})
	clioServer := httptest.NewServer(h.ignoreRequest(h.sandbox))
	t.Cleanup(clioServer.Close)
	server := httptest.NewUnstartedServer(nil)
	address := "http://" + server.Listener.Addr().String()
	server.Config.Handler = h.tampering.wrap(newServer(t, address, clioServer.URL))
	server.Start()
	t.Cleanup(server.Close)

	return demo.Run(t.Context(), demo.Options{Server: address, Clio: clioServer.URL, Out: out, KeepServing: keepServing})
}

// newServer wires a server as the program does, whose passwords cost next to nothing.
func newServer(t *testing.T, address, clioAddress string) http.Handler {
	t.Helper()
	keys, err := clio.NewKeyring([][]byte{bytes.Repeat([]byte{7}, 32)})
	require.NoError(t, err)
	parts := app.New(app.Options{
		DB: pgtest.Open(t), Clock: clockwork.NewRealClock(), Logger: slog.New(slog.DiscardHandler), PublicURL: address,
		Clio: clio.Config{ClientID: "demo", ClientSecret: "secret", Region: "us", BaseURL: clioAddress},
		Keys: keys, Transport: &http.Transport{DisableKeepAlives: true},
		Account: []account.Option{account.WithHashCost(account.HashCost{Memory: 8, Time: 1, Threads: 1})},
	})
	handler, err := parts.Handler()
	require.NoError(t, err)
	background, err := parts.Background(app.BackgroundOptions{})
	require.NoError(t, err)
	require.NoError(t, background.Start(t.Context()))
	t.Cleanup(func() { require.NoError(t, background.Stop()) })
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
		r.Header.Del("Accept-Encoding") // a compressed response has nothing to replace
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
