package app_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
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
