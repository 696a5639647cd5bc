package httpd_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/trace/noop"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/httpd"
	"watchkeeper/internal/logging"
)

const (
	ownOrigin     = "https://watch.example.com"
	allowedOrigin = "https://console.example.com"
	otherOrigin   = "https://elsewhere.example.org"
	goodToken     = "wks_good"
	brokenToken   = "wks_broken"
	cookieName    = "__Host-watchkeeper_session"
)

// testServer is a server whose parts a test may replace before it sends requests.
type testServer struct {
	httpd.Options
	log      strings.Builder
	observer fakeObserver
}

// fakeObserver records the requests.
type fakeObserver []string

func (o *fakeObserver) RequestEnded(route string, status int, _ time.Duration) {
	*o = append(*o, fmt.Sprint(route, " ", status))
}

func newTestServer(t testing.TB) *testServer {
	t.Helper()
	s := &testServer{}
	s.Options = httpd.Options{
		GraphQL:        http.HandlerFunc(echoViewer),
		Clio:           &fakeConnector{},
		Accounts:       fakeAccounts{},
		Ready:          func(context.Context) error { return nil },
		Cookies:        httpd.NewCookies(ownOrigin),
		PublicURL:      ownOrigin,
		AllowedOrigins: []string{allowedOrigin},
		Assets:         fstest.MapFS{"graphiql.html": {Data: []byte("<!doctype html>")}, "graphiql/init.js": {Data: []byte("start()")}},
		Logger:         slog.New(logging.NewHandler(slog.NewTextHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))),
		Observer:       &s.observer,
		Tracer:         noop.Tracer{},
	}
	return s
}

// send sends a request. Headers are pairs of name and value.
func (s *testServer) send(t *testing.T, method, target, body string, headers ...string) *http.Response {
	t.Helper()
	handler, err := httpd.New(s.Options)
	require.NoError(t, err)
	request := httptest.NewRequest(method, target, strings.NewReader(body))
	request.Host = "watch.example.com"
	for i := 0; i < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder.Result()
}

// fakeAccounts accepts goodToken and fails for brokenToken.
type fakeAccounts struct{}

func (fakeAccounts) Authenticate(_ context.Context, token string) (*account.Viewer, error) {
	switch token {
	case goodToken:
		return &account.Viewer{User: &account.User{ID: "user_1"}, SessionID: "session_1"}, nil
	case brokenToken:
		return nil, errors.New("dial tcp 10.0.0.7: connection refused")
	default:
		return nil, apperr.New(apperr.NotFound, "There is no such session.")
	}
}

// fakeConnector records its arguments.
type fakeConnector struct {
	query clio.CallbackQuery
	proof clio.Proof
}

func (c *fakeConnector) Callback(_ context.Context, query clio.CallbackQuery, proof clio.Proof) string {
	c.query, c.proof = query, proof
	return "/settings?clio=connected"
}

// echoViewer responds with the viewer's id and the body.
func echoViewer(w http.ResponseWriter, r *http.Request) {
	viewerID := "nobody"
	if viewer := account.ViewerFrom(r.Context()); viewer != nil {
		viewerID = viewer.User.ID
	}
	body, _ := io.ReadAll(r.Body)
	_, _ = io.WriteString(w, viewerID+string(body))
}

func readBody(t *testing.T, response *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return string(body)
}

const query = `{"query":"{viewer{id}}"}`

var jsonHeader = []string{"Content-Type", "application/json"}

func TestAddresses(t *testing.T) {
	for _, test := range []struct {
		name, method, target string
		headers              []string
		status               int
		body                 string
	}{
		{"the API by POST", "POST", "/graphql", jsonHeader, 200, "nobody" + query},
		{"the API by GET", "GET", "/graphql?query={viewer{id}}", nil, 200, "nobody" + query},
		{"GraphiQL for a browser", "GET", "/graphql", []string{"Accept", "text/html,*/*"}, 200, "<!doctype html>"},
		{"a WebSocket isn't sent GraphiQL", "GET", "/graphql", []string{"Accept", "text/html", "Upgrade", "websocket"}, 200, "nobody" + query},
		{"health", "GET", "/healthz", nil, 200, "The server is running.\n"},
		{"readiness", "GET", "/readyz", nil, 200, "The server is ready.\n"},
		{"a file of the pages", "GET", "/assets/graphiql/init.js", nil, 200, "start()"},
		{"no directory listing", "GET", "/assets/graphiql/", nil, 404, "404 page not found\n"},
		{"a missing file", "GET", "/assets/other.js", nil, 404, "404 page not found\n"},
		{"an unknown address", "GET", "/graphiql", nil, 404, "404 page not found\n"},
		{"another method", "DELETE", "/graphql", nil, 405, "Method Not Allowed\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			response := newTestServer(t).send(t, test.method, test.target, query, test.headers...)
			require.Equal(t, test.status, response.StatusCode)
			require.Equal(t, test.body, readBody(t, response))
		})
	}
}

func TestRootRedirectsToGraphiQL(t *testing.T) {
	response := newTestServer(t).send(t, "GET", "/", "")
	require.Equal(t, http.StatusFound, response.StatusCode)
	require.Equal(t, "/graphql", response.Header.Get("Location"))
}

func TestSecurityHeaders(t *testing.T) {
	for _, target := range []string{"/graphql", "/healthz", "/nowhere", "/assets/graphiql/init.js"} {
		header := newTestServer(t).send(t, "GET", target, "").Header
		require.Contains(t, header.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self';")
		require.Contains(t, header.Get("Content-Security-Policy"), "frame-ancestors 'none'")
		require.Equal(t, "nosniff", header.Get("X-Content-Type-Options"))
		require.NotEmpty(t, header.Get("Referrer-Policy"))
	}
}

func TestBrowsersAreToldToStayWithHTTPS(t *testing.T) {
	s := newTestServer(t)
	require.Equal(t, "max-age=31536000", s.send(t, "GET", "/healthz", "").Header.Get("Strict-Transport-Security"))
	s.PublicURL = "http://127.0.0.1:8080"
	require.Empty(t, s.send(t, "GET", "/healthz", "").Header.Values("Strict-Transport-Security"), "http can't promise it")
}

func TestNotReady(t *testing.T) {
	s := newTestServer(t)
	s.Ready = func(context.Context) error { return errors.New("dial tcp 10.0.0.7: connection refused") }
	response := s.send(t, "GET", "/readyz", "")
	require.Equal(t, http.StatusServiceUnavailable, response.StatusCode)
	require.NotContains(t, readBody(t, response), "10.0.0.7")
	require.Contains(t, s.log.String(), "connection refused")
}

func TestPanicIsLoggedAnd500(t *testing.T) {
	s := newTestServer(t)
	s.GraphQL = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("the lost key") })
	response := s.send(t, "POST", "/graphql", query, jsonHeader...)
	require.Equal(t, http.StatusInternalServerError, response.StatusCode)
	require.JSONEq(t, `{"errors":[{"message":"Something went wrong on the server. Try again later.","extensions":{"code":"INTERNAL","requestId":"`+
		response.Header.Get("X-Request-Id")+`"}}]}`, readBody(t, response))
	require.Contains(t, s.log.String(), "the lost key")
	require.Contains(t, s.log.String(), "request_id="+response.Header.Get("X-Request-Id"))
}

func TestLogContainsNoQuery(t *testing.T) {
	s := newTestServer(t)
	s.send(t, "GET", "/graphql?query=Beatrice", `{"query":"{Beatrice}"}`, "User-Agent", "Beatrice")
	require.Contains(t, s.log.String(), `route="GET /graphql" status=200`)
	require.NotContains(t, s.log.String(), "Beatrice")
}

func TestRequestsAreObservedByTheirRoute(t *testing.T) {
	s := newTestServer(t)
	for _, target := range []string{"/healthz", "/unknown/17", "/metrics", "/assets/other.js", "/graphql?query=x"} {
		s.send(t, "GET", target, "")
	}
	require.Equal(t, fakeObserver{
		"GET /healthz 200", "none 404", "none 404", "GET /assets/{file...} 404", "GET /graphql 200",
	}, s.observer)
}
