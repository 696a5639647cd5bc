package app_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"watchkeeper/internal/app"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func newApp(t *testing.T, db *postgres.DB, publicURL string) *app.App {
	t.Helper()
	keys, err := clio.NewKeyring([][]byte{make([]byte, 32)})
	require.NoError(t, err)
	return app.New(app.Options{
		DB: db, Clock: clockwork.NewRealClock(), Logger: slog.New(slog.DiscardHandler), PublicURL: publicURL,
		Clio: clio.Config{Region: "us"}, Keys: keys, Transport: http.DefaultTransport,
	})
}

func TestTheHandlerServesTheAPI(t *testing.T) {
	handler, err := newApp(t, pgtest.Open(t), "http://watch.example").Handler()
	require.NoError(t, err)
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://watch.example/graphql", strings.NewReader(`{"query": "{ signUpAllowed }"}`))
	request.Header.Set("Content-Type", "application/json")
	recorded := httptest.NewRecorder()
	handler.ServeHTTP(recorded, request)
	require.JSONEq(t, `{"data": {"signUpAllowed": true}}`, recorded.Body.String())
}

// The console's files pass through everything that answers of the API pass through.
func TestTheHandlerServesTheConsole(t *testing.T) {
	handler, err := newApp(t, pgtest.Open(t), "http://watch.example").Handler()
	require.NoError(t, err)
	get := func(path string, headers ...string) *httptest.ResponseRecorder {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://watch.example"+path, nil)
		request.Header.Set("Accept", "text/html")
		request.Header.Set("Accept-Encoding", "gzip")
		for i := 0; i < len(headers); i += 2 {
			request.Header.Set(headers[i], headers[i+1])
		}
		recorded := httptest.NewRecorder()
		handler.ServeHTTP(recorded, request)
		return recorded
	}
	for _, path := range []string{"/", "/watches", "/integrations/matters?first=1&clio=connected", "/invite/wki_abc", "/reset/wkr_abc"} {
		page := get(path, "Accept-Encoding", "identity")
		require.Equal(t, http.StatusOK, page.Code, path)
		require.Contains(t, page.Body.String(), `<div id="root">`)
		require.Contains(t, page.Header().Get("Content-Security-Policy"), "connect-src 'self' ws://watch.example")
		require.Equal(t, http.StatusNotModified, get(path, "Accept-Encoding", "identity", "If-None-Match", page.Header().Get("ETag")).Code)
	}
	script := regexp.MustCompile(`/assets/[^"]+\.js`).FindAllString(get("/", "Accept-Encoding", "identity").Body.String(), -1)
	require.NotEmpty(t, script)
	for _, path := range append(script, "/graphiql/graphiql-4.1.2.min.js") {
		file := get(path)
		require.Equal(t, http.StatusOK, file.Code)
		require.Equal(t, []string{"Accept-Encoding"}, file.Header().Values("Vary"))
		require.Equal(t, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'", file.Header().Get("Content-Security-Policy"))
		if file.Header().Get("Content-Encoding") == "gzip" { // once, and not with other padding each time
			require.Equal(t, file.Body.Bytes(), get(path).Body.Bytes())
			require.Equal(t, http.StatusNotModified, get(path, "If-None-Match", file.Header().Get("ETag")).Code)
		}
	}
	require.Equal(t, http.StatusNotFound, get("/assets/index-00000000.js").Code)
	require.Equal(t, "/graphiql", get("/graphql").Header().Get("Location"))
}

func TestAPublicAddressThatIsNoOriginIsRefused(t *testing.T) {
	_, err := newApp(t, pgtest.Open(t), "watch.example/path").Handler()
	require.Error(t, err)
}

func TestTheBackgroundEndsWithStop(t *testing.T) {
	parts := newApp(t, pgtest.Open(t), "http://watch.example")
	background, err := parts.Background(app.BackgroundOptions{})
	require.NoError(t, err)
	before := goleak.IgnoreCurrent()
	listening, cancel := parts.Listener.Subscribe("anything")
	defer cancel()
	require.NoError(t, background.Start(t.Context()))
	<-listening
	require.NoError(t, background.Stop())
	goleak.VerifyNone(t, before, goleak.IgnoreTopFunction("github.com/jackc/pgx/v5/pgxpool.(*Pool).backgroundHealthCheck"))
}

func TestABackgroundThatCantStartRunsNothing(t *testing.T) {
	db := pgtest.Open(t)
	parts := newApp(t, db, "http://watch.example")
	background, err := parts.Background(app.BackgroundOptions{})
	require.NoError(t, err)
	require.NoError(t, db.Close())
	before := goleak.IgnoreCurrent()
	require.Error(t, background.Start(t.Context()))
	goleak.VerifyNone(t, before)
}
