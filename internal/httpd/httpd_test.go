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
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
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
		Console:        page("the console"),
		GraphiQL:       page("GraphiQL"),
		Logger:         slog.New(logging.NewHandler(slog.NewTextHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))),
		Observer:       &s.observer,
		Tracer:         noop.Tracer{},
	}
	return s
}

// page answers each request with one text.
func page(text string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) })
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
		{"a WebSocket isn't sent GraphiQL", "GET", "/graphql", []string{"Accept", "text/html", "Upgrade", "websocket"}, 200, "nobody" + query},
		{"health", "GET", "/healthz", nil, 200, "The server is running.\n"},
		{"readiness", "GET", "/readyz", nil, 200, "The server is ready.\n"},
		{"GraphiQL", "GET", "/graphiql", nil, 200, "GraphiQL"},
		{"a file of GraphiQL", "GET", "/graphiql/page.js", nil, 200, "GraphiQL"},
		{"a file of the console", "GET", "/assets/index.js", nil, 200, "the console"},
		{"the console", "GET", "/", nil, 200, "the console"},
		{"an address of the console", "GET", "/watches/watch_1", nil, 200, "the console"},
		{"one that begins like one of the server's", "GET", "/readyzone", nil, 200, "the console"},
		{"below the API", "GET", "/graphql/other", nil, 404, "404 page not found\n"},
		{"below OAuth", "GET", "/oauth/clio", nil, 404, "404 page not found\n"},
		{"OAuth itself", "GET", "/oauth", nil, 404, "404 page not found\n"},
		{"below health", "GET", "/healthz/", nil, 404, "404 page not found\n"},
		{"below readiness", "GET", "/readyz/more", nil, 404, "404 page not found\n"},
		{"the metrics, which are elsewhere", "GET", "/metrics", nil, 404, "404 page not found\n"},
		{"a form to the console", "POST", "/watches", nil, 405, "Method Not Allowed\n"},
		{"another method for an asset", "PUT", "/assets/index.js", nil, 405, "Method Not Allowed\n"},
		{"another method for GraphiQL", "POST", "/graphiql", nil, 405, "Method Not Allowed\n"},
		{"another method", "DELETE", "/graphql", nil, 405, "Method Not Allowed\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			response := newTestServer(t).send(t, test.method, test.target, query, test.headers...)
			require.Equal(t, test.status, response.StatusCode)
			require.Equal(t, test.body, readBody(t, response))
		})
	}
}

func TestABrowserIsLedToGraphiQL(t *testing.T) {
	for target, location := range map[string]string{
		"/graphql": "/graphiql", "/graphql?query=%7Bviewer%7Bid%7D%7D": "/graphiql?query=%7Bviewer%7Bid%7D%7D",
	} {
		response := newTestServer(t).send(t, "GET", target, "", "Accept", "text/html,*/*")
		require.Equal(t, http.StatusFound, response.StatusCode)
		require.Equal(t, location, response.Header.Get("Location"))
		require.Equal(t, "no-store", response.Header.Get("Cache-Control"))
		require.Contains(t, response.Header.Values("Vary"), "Accept")
	}
}

func TestSecurityHeaders(t *testing.T) {
	for _, target := range []string{"/graphql", "/healthz", "/oauth/nowhere", "/assets/index.js", "/watches", "/graphiql"} {
		header := newTestServer(t).send(t, "GET", target, "").Header
		require.Equal(t, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'", header.Get("Content-Security-Policy"))
		require.Equal(t, "nosniff", header.Get("X-Content-Type-Options"))
		require.Equal(t, "no-referrer", header.Get("Referrer-Policy"), "invitations have a token in their address")
		require.Equal(t, "DENY", header.Get("X-Frame-Options"))
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

// Invitations and password resets have a token in their address; the log has it neither there nor in a span.
func TestLogContainsNoTokenOfALink(t *testing.T) {
	for _, target := range []string{"/invite/wki_secret", "/reset/wkr_secret", "/invite//wki_secret", "/oauth/wki_secret"} {
		for _, method := range []string{"GET", "POST"} {
			s := newTestServer(t)
			spans := tracetest.NewSpanRecorder()
			s.Tracer = trace.NewTracerProvider(trace.WithSpanProcessor(spans)).Tracer("")
			s.Console = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") })
			s.send(t, method, target, "", "Referer", ownOrigin+target)
			require.Contains(t, s.log.String(), "msg=request")
			require.NotContains(t, s.log.String(), "secret")
			require.Empty(t, spans.Ended())
		}
	}
}

func TestRequestsAreObservedByTheirRoute(t *testing.T) {
	s := newTestServer(t)
	for _, target := range []string{
		"/healthz", "/watches/watch_1", "/metrics", "/assets/index-1a2b3c.js", "/graphql?query=x", "/graphiql", "/graphiql/page.js", "/invite/wki_secret",
	} {
		s.send(t, "GET", target, "")
	}
	s.send(t, "POST", "/unknown/17", "")
	require.Equal(t, fakeObserver{
		"GET /healthz 200", "GET / 200", "GET / 404", "GET /assets/{file...} 200", "GET /graphql 200", "GET /graphiql 200",
		"GET /graphiql/{file...} 200", "GET / 200", "none 405",
	}, s.observer)
}
