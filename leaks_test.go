package main_test

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/tracing/tracetest"
)

// The values that appear in the journeys, besides those that Clio and the server make up. None is part of another.
const (
	leakEmail     = "hermenegilde@pettifoggery.example"
	leakName      = "Hermenegilde Snodgrass"
	leakPassword  = "correct horse battery staple"
	leakWrong     = "incorrect horse battery staple"
	leakFirst     = "Xanthippe"
	leakLast      = "Quillfeather"
	leakRenamed   = "Zebulonia"
	leakStreet    = "1717 Marzipan Terrace"
	leakBirth     = "1941-07-09"
	leakBadBirth  = "1941-31-47"
	leakNumber    = "DN-88231-QF"
	leakRenumber  = "DN-99342-QF"
	leakAttorney  = "Barnabas Thistlewood"
	leakTyped     = "Persephone"
	leakTypedLast = "Okonkwo-Brandywine"
	leakTypedDate = "1938-02-17"
)

// leaking is a server that says of itself all that it can, in its log, its traces and its metrics.
type leaking struct {
	*firm
	secrets *secrets
	traces  *tracetest.Receiver
	metrics string
	program *process
	log     chan string
}

// What the program says of itself has no secret of anybody's, whatever it does.
func saysNothingPersonal(t *testing.T, program string) {
	l := newLeaking(t, program)
	l.signUpAndIn()
	l.useClio()
	l.makeMistakes()
	l.meetFaults()

	_, metrics := get(t, "http://"+l.metrics+"/metrics")
	require.NoError(t, l.program.Process.Signal(os.Interrupt))
	log := <-l.log
	traces := l.traces.Text()
	for _, expected := range []string{`"route":"POST /graphql"`, `"request_id":`, `"trace_id":`, "the API failed", "connecting to clio failed", "clio is failing"} {
		require.Contains(t, log, expected)
	}
	for _, expected := range []string{"execute a run", "GET /api/v4/matters.json", "INSERT", "POST /oauth/token", "GET /oauth/clio/callback"} {
		require.Contains(t, traces, expected)
	}
	require.Contains(t, metrics, "watchkeeper_runs_total")
	for kind, least := range map[string]int{"access_token": 2, "refresh_token": 2, "code": 3, "state": 3, "code_verifier": 3, "session": 2,
		"watchkeeper_session": 1, "watchkeeper_device": 1, "watchkeeper_authorization": 1} {
		require.GreaterOrEqual(t, l.secrets.kinds()[kind], least, "the journeys have no %s", kind)
	}
	for place, text := range map[string]string{"log": log, "traces": traces, "metrics": metrics} {
		require.Empty(t, l.secrets.foundIn(text), "in the %s", place)
	}
}

func newLeaking(t *testing.T, program string) *leaking {
	t.Helper()
	r := newReplicas(t, program, 1, 5*time.Second)
	l := &leaking{
		firm: &firm{replicas: r}, secrets: &secrets{all: map[string]string{}}, traces: tracetest.New(t), metrics: freeAddress(t), log: make(chan string, 1),
	}
	r.clio.address = newSpy(t, r.clio, l.secrets)
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	database, err := url.Parse(r.database)
	require.NoError(t, err)
	database.User = url.UserPassword(database.User.Username(), "database-"+rand.Text())
	password, _ := database.User.Password()
	clientSecret := "client-secret-" + rand.Text()
	l.secrets.add(t, "setting", password, clientSecret, base64.StdEncoding.EncodeToString(key), string(key))
	l.secrets.add(t, "person", leakEmail, leakName, leakPassword, leakWrong, leakFirst, leakLast, leakRenamed, leakStreet, leakBirth, leakBadBirth,
		leakNumber, leakRenumber, leakAttorney, leakTyped, leakTypedLast, leakTypedDate)
	l.program = start(t, program, append(r.settings, "LISTEN_ADDR="+r.addresses[0],
		"DATABASE_URL="+database.String(), "ENCRYPTION_KEYS="+base64.StdEncoding.EncodeToString(key),
		"CLIO_BASE_URL="+r.clio.address, "CLIO_CLIENT_SECRET="+clientSecret,
		"LOG_LEVEL=debug", "LOG_FORMAT=json", "METRICS_ADDR="+l.metrics, "OTEL_EXPORTER_OTLP_ENDPOINT="+l.traces.URL))
	l.program.until(`"msg":"serving"`)
	go func() {
		var all strings.Builder
		for line := range l.program.lines {
			all.WriteString(line + "\n")
		}
		l.log <- all.String()
	}()
	return l
}

// do asks the API for what has to succeed.
func (l *leaking) do(into any, query string, variables vars) {
	l.Helper()
	require.NoError(l, l.ask(into, query, variables), query)
}

func (l *leaking) signUpAndIn() {
	l.Helper()
	var signedUp struct{ SignUp struct{ Token string } }
	l.do(&signedUp, `mutation($name: String!, $email: String!, $password: String!) {
		signUp(input: {firmName: $name, name: $name, email: $email, password: $password}) { token }
	}`, vars{"name": leakName, "email": leakEmail, "password": leakPassword})
	const signIn = `mutation($email: String!, $password: String!) { signIn(input: {email: $email, password: $password}) { token userErrors { code } } }`
	var signedIn struct {
		SignIn struct {
			Token      string
			UserErrors []struct{ Code string }
		}
	}
	l.do(&signedIn, signIn, vars{"email": leakEmail, "password": leakWrong})
	require.Len(l, signedIn.SignIn.UserErrors, 1)
	l.do(&signedIn, signIn, vars{"email": leakEmail, "password": leakPassword})
	l.token = signedIn.SignIn.Token
	l.secrets.add(l.T, "session", signedUp.SignUp.Token, l.token)
	l.signInByBrowser()
}

// signInByBrowser signs in with the cookies that the server set, and asks something with them.
func (l *leaking) signInByBrowser() {
	l.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(l, err)
	browser := http.Client{Jar: jar, Timeout: timeout}
	for _, query := range []string{
		`mutation { signIn(input: {email: \"` + leakEmail + `\", password: \"` + leakPassword + `\"}) { token } }`,
		`mutation { connectClio { authorizationUrl } }`,
	} {
		request, err := http.NewRequestWithContext(l.Context(), http.MethodPost, "http://"+l.addresses[0]+"/graphql", strings.NewReader(`{"query":"`+query+`"}`))
		require.NoError(l, err)
		request.Header.Set("Content-Type", "application/json")
		response, err := browser.Do(request)
		require.NoError(l, err)
		for _, cookie := range response.Cookies() {
			l.secrets.add(l.T, cookie.Name, cookie.Value)
		}
		require.NoError(l, response.Body.Close())
	}
}

// useClio connects, looks, imports, edits, and syncs what changed, by a click and in the background.
func (l *leaking) useClio() {
	l.Helper()
	attorney := l.clio.AddUser(sandbox.User{Head: sandbox.Head{ID: 77}, FirstName: new("Barnabas"), LastName: new("Thistlewood"), Enabled: true}).ID
	client := l.clio.AddContact(sandbox.Contact{
		Type: "Person", FirstName: new(leakFirst), LastName: new(leakLast), DateOfBirth: new(leakBirth),
		PrimaryAddress: &sandbox.Address{Street: new(leakStreet), City: new("Tampa"), Province: new("FL"), Country: new("US"), Primary: true},
	}).ID
	matter := l.clio.AddMatter(sandbox.Matter{DisplayNumber: new(leakNumber), Status: "Open", ClientID: &client, ResponsibleAttorneyID: &attorney}).ID
	require.NoError(l, l.connect())
	var found struct {
		ClioMatters struct{ Nodes []struct{ ClientName string } }
	}
	l.do(&found, `query($text: String) { clioMatters(filter: {search: $text}) { nodes { clientName } } }`, vars{"text": leakLast})
	require.Len(l, found.ClioMatters.Nodes, 1)
	require.NoError(l, l.importMatters(int(matter), int(matter)))

	var listed struct {
		Watches struct {
			Nodes []struct{ ID, LastName, AssignedTo string }
		}
	}
	l.do(&listed, `query($text: String) { watches(filter: {search: $text}) { nodes { id lastName assignedTo } } }`, vars{"text": leakFirst})
	require.Len(l, listed.Watches.Nodes, 1)
	require.Equal(l, leakAttorney, listed.Watches.Nodes[0].AssignedTo)
	watch := listed.Watches.Nodes[0].ID
	l.do(&struct{}{}, `mutation($id: ID!, $name: String) { updateWatch(id: $id, input: {middleName: $name, lastName: $name}) { userErrors { code } } }`,
		vars{"id": watch, "name": leakTyped})
	require.NoError(l, l.clio.EditContact(client, func(c *sandbox.Contact) { c.FirstName, c.DateOfBirth = new(leakRenamed), new(leakBadBirth) }))
	const syncWatch = `mutation($id: ID!, $dry: Boolean!) { syncWatch(id: $id, dryRun: $dry) { userErrors { code } result { fields { before after } } } }`
	l.do(&struct{}{}, syncWatch, vars{"id": watch, "dry": true})
	l.do(&struct{}{}, syncWatch, vars{"id": watch, "dry": false})
	require.NoError(l, l.clio.EditMatter(matter, func(m *sandbox.Matter) { m.DisplayNumber = new(leakRenumber) }))
	require.Equal(l, "SUCCEEDED", l.syncAll())
	l.do(&struct{}{}, `{ watches { nodes { firstName caseNumber history { nodes { before after } } conflicts { local clio } } } }`, nil)
}

// syncAll waits for a run in the background, and returns its status.
func (l *leaking) syncAll() string {
	l.Helper()
	var started struct {
		SyncAllWatches struct{ Run struct{ ID string } }
	}
	l.do(&started, `mutation { syncAllWatches { run { id } } }`, nil)
	var shown struct{ SyncRun struct{ Status string } }
	require.Eventually(l, func() bool {
		l.do(&shown, `query($id: ID!) { syncRun(id: $id) { status } }`, vars{"id": started.SyncAllWatches.Run.ID})
		return shown.SyncRun.Status != "QUEUED" && shown.SyncRun.Status != "RUNNING"
	}, timeout, again)
	return shown.SyncRun.Status
}

// makeMistakes sends what the API refuses.
func (l *leaking) makeMistakes() {
	l.Helper()
	for _, query := range []string{
		`{ watches(first: "` + leakTyped + `") { totalCount } }`,
		`{ ` + leakTypedLast + ` `,
		`{ ` + leakTyped + ` }`,
		`mutation { createWatch(input: {firstName: "` + leakTyped + `", lastName: "X", dateOfBirth: "` + leakBadBirth + `"}) { watch { id } } }`,
		`query ` + leakTyped + `Named { nothing }`,
		`mutation { signIn(input: {email: "` + leakEmail + `", password: 12345678}) { token } }`,
	} {
		require.Error(l, l.ask(&struct{}{}, query, nil), query)
	}
	long := strings.Repeat(leakTypedLast, 20)
	l.do(&struct{}{}, `mutation($name: String!) { createWatch(input: {firstName: $name, lastName: $name, dateOfBirth: "`+leakTypedDate+`"}) { userErrors { code message } } }`,
		vars{"name": long})
	status, _ := get(l.T, "http://"+l.addresses[0]+"/graphql?query="+url.QueryEscape(`{ watches(filter: {search: "`+leakLast+`"}) { totalCount } }`))
	require.Equal(l, http.StatusOK, status)
	_, _ = get(l.T, "http://"+l.addresses[0]+"/"+url.PathEscape(leakLast)+"?email="+url.QueryEscape(leakEmail))
	strangers, err := l.redirected(http.MethodGet, "http://"+l.addresses[0]+"/oauth/clio/callback?state=strange-"+leakTyped+"&code=strange-"+leakTypedLast, nil)
	require.NoError(l, err)
	require.Contains(l, strangers, "clio=error")
}

// meetFaults has the database and Clio fail: refuse values, lose tables, answer nonsense, withdraw access.
func (l *leaking) meetFaults() {
	l.Helper()
	database, err := pgx.Connect(l.Context(), l.database)
	require.NoError(l, err)
	defer func() { require.NoError(l, database.Close(context.Background())) }()
	create := func() error {
		return l.ask(&struct{}{}, `mutation($last: String!, $birth: Date) {
			createWatch(input: {firstName: "Any", lastName: $last, dateOfBirth: $birth}) { userErrors { code } }
		}`, vars{"last": leakTypedLast, "birth": leakTypedDate})
	}
	for _, fault := range [][2]string{
		{"ALTER TABLE watches ADD CONSTRAINT refused CHECK (last_name = 'nobody') NOT VALID", "ALTER TABLE watches DROP CONSTRAINT refused"},
		{"ALTER TABLE watches RENAME COLUMN last_name TO surname", "ALTER TABLE watches RENAME COLUMN surname TO last_name"},
	} {
		_, err := database.Exec(l.Context(), fault[0])
		require.NoError(l, err)
		require.Error(l, create())
		_, err = database.Exec(l.Context(), fault[1])
		require.NoError(l, err)
	}
	require.NoError(l, create())

	for _, fault := range []sandbox.Fault{
		sandbox.ServerError, sandbox.TruncatedJSON, sandbox.WrongShape, sandbox.ConnectionReset, sandbox.RateLimitedWrapped, sandbox.Forbidden,
	} {
		require.NoError(l, l.clio.Fail(sandbox.Switch{Fault: fault, Seconds: 1}))
		_ = l.ask(&struct{}{}, `query($text: String) { clioMatters(filter: {search: $text}) { nodes { clientName } } }`, vars{"text": leakLast})
		l.clio.ClearFaults()
	}
	_, err = database.Exec(l.Context(), "DELETE FROM clio_limits") // a run would wait for a minute
	require.NoError(l, err)
	l.clio.RevokeTokens()
	require.Equal(l, "FAILED", l.syncAll(), "access was withdrawn")
	require.Error(l, l.ask(&struct{}{}, `{ clioMatters { nodes { clientName } } }`, nil))
	require.NoError(l, l.clio.Fail(sandbox.Switch{Fault: sandbox.TokenUnavailable, Times: 1}))
	require.Error(l, l.connect())
	require.NoError(l, l.connect())
	require.Equal(l, "SUCCEEDED", l.syncAll())
	l.do(&struct{}{}, `mutation { disconnectClio { userErrors { code } } }`, nil)
	l.do(&struct{}{}, `mutation { signOut { userErrors { code } } }`, nil)
}
