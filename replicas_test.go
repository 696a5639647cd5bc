package main_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
)

// replicas are servers on one database, before one Clio.
type replicas struct {
	*testing.T
	program  string
	settings []string
	database string
	clio     *observedClio
	// addresses are where the replicas are reached, whether they run or not; running has nil for one that doesn't.
	addresses []string
	running   []*process
}

// newReplicas prepares n replicas, of which none runs yet. A run whose replica died is another's after takeOver.
func newReplicas(t *testing.T, program string, n int, takeOver time.Duration) *replicas {
	t.Helper()
	r := &replicas{T: t, program: program, database: pgtest.Empty(t), clio: newObservedClio(t), running: make([]*process, n)}
	for range n {
		r.addresses = append(r.addresses, freeAddress(t))
	}
	r.settings = []string{
		"DATABASE_URL=" + r.database, "ENCRYPTION_KEYS=" + base64.StdEncoding.EncodeToString(make([]byte, 32)),
		"PUBLIC_URL=http://" + r.addresses[0], "OPEN_SIGN_UP=true", "TAKE_OVER_AFTER=" + takeOver.String(),
		"CLIO_BASE_URL=" + r.clio.address, "CLIO_CLIENT_ID=any", "CLIO_CLIENT_SECRET=any",
	}
	return r
}

// startUp starts a replica and waits until it serves.
func (r *replicas) startUp(i int) {
	r.Helper()
	p := start(r.T, r.program, append([]string{"LISTEN_ADDR=" + r.addresses[i]}, r.settings...))
	p.until("serving")
	r.running[i] = p
	go func() { // nobody reads on, and a program that can't write its log would hang
		for range p.lines {
		}
	}()
}

// kill ends a replica without a warning.
func (r *replicas) kill(i int) {
	r.Helper()
	require.NoError(r, r.running[i].Process.Kill())
	_, err := r.running[i].end()
	require.Error(r, err)
	r.running[i] = nil
}

// observedClio is a Clio that signals each request to its API, and may delay the answers.
type observedClio struct {
	*sandbox.Sandbox
	address string
	asked   chan struct{}
	answers sync.RWMutex // locked: they wait
}

func newObservedClio(t *testing.T) *observedClio {
	t.Helper()
	c := &observedClio{Sandbox: sandbox.New(sandbox.Options{Empty: true, RateLimit: 1_000_000}), asked: make(chan struct{}, 10_000)}
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	c.address = server.URL
	return c
}

// ServeHTTP answers one request.
func (c *observedClio) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		select {
		case c.asked <- struct{}{}:
		default: // nobody listens
		}
		c.answers.RLock()
		defer c.answers.RUnlock()
	}
	c.Sandbox.ServeHTTP(w, r)
}

// fill adds matters from 1 up, each of a client of its own with the same number, who lives in a city.
func (c *observedClio) fill(matters int) {
	for id := int64(1); id <= int64(matters); id++ {
		city, first, last := "Tampa", "Ana", "Rivera"
		c.AddContact(sandbox.Contact{Head: sandbox.Head{ID: id}, Type: "Person", FirstName: &first, LastName: &last, PrimaryAddress: &sandbox.Address{City: &city}})
		c.AddMatter(sandbox.Matter{Head: sandbox.Head{ID: id}, Status: "Open", ClientID: &id})
	}
}

// forget forgets the requests so far.
func (c *observedClio) forget() {
	for len(c.asked) > 0 {
		<-c.asked
	}
}

// requests waits until the API was asked n times more.
func (c *observedClio) requests(t *testing.T, n int) {
	t.Helper()
	late := time.After(timeout)
	for range n {
		select {
		case <-c.asked:
		case <-late:
			require.FailNow(t, "Clio isn't asked any more")
		}
	}
}

// firm is somebody who uses the API for a firm, at whichever replica answers.
type firm struct {
	*replicas
	token string
}

// signUp makes a firm that is connected to Clio and has a watch for each of the matters. The first replica has to run.
func (r *replicas) signUp(name string, matters int) (*firm, error) {
	f := &firm{replicas: r}
	var signedUp struct{ SignUp struct{ Token string } }
	err := f.ask(&signedUp, `mutation($name: String!, $email: String!) {
		signUp(input: {firmName: $name, name: $name, email: $email, password: "a long password"}) { token }
	}`, vars{"name": name, "email": name + "@firm.example"})
	f.token = signedUp.SignUp.Token
	if err == nil {
		err = f.connect()
	}
	for id := 1; err == nil && id <= matters; id += 100 {
		err = f.importMatters(id, min(id+99, matters))
	}
	return f, err
}

func (f *firm) connect() error {
	var connecting struct {
		ConnectClio struct{ AuthorizationURL string }
	}
	if err := f.ask(&connecting, `mutation { connectClio { authorizationUrl } }`, nil); err != nil {
		return err
	}
	asked, err := url.Parse(connecting.ConnectClio.AuthorizationURL)
	if err != nil {
		return err
	}
	form := asked.Query()
	form.Set("decision", "allow")
	back, err := f.redirected(http.MethodPost, f.clio.address+"/oauth/authorize", form)
	if err == nil {
		back, err = f.redirected(http.MethodGet, back, nil)
	}
	if err == nil && !strings.HasSuffix(back, "clio=connected") {
		err = fmt.Errorf("connecting ended at %s", back)
	}
	return err
}

func (f *firm) redirected(method, address string, form url.Values) (string, error) {
	request, err := http.NewRequestWithContext(f.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Authorization", "Bearer "+f.token)
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return "", err
	}
	return response.Header.Get("Location"), response.Body.Close()
}

func (f *firm) importMatters(from, to int) error {
	var ids []string
	for id := from; id <= to; id++ {
		ids = append(ids, fmt.Sprint(id))
	}
	var imported struct {
		ImportMatters struct{ Results []struct{ Outcome string } }
	}
	err := f.ask(&imported, `mutation($ids: [ID!]!) { importMatters(matterIds: $ids) { results { outcome } } }`, vars{"ids": ids})
	for _, result := range imported.ImportMatters.Results {
		if result.Outcome != "IMPORTED" {
			err = errors.Join(err, errors.New(result.Outcome))
		}
	}
	return err
}

type vars map[string]any

// again is how long after a replica that didn't answer the next is asked, and after a question that is asked again.
const again = 100 * time.Millisecond

// ask asks one replica after the other until one answers. What changes something may be done twice thereby.
func (f *firm) ask(into any, query string, variables vars) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(f.Context(), timeout)
	defer cancel()
	pause := time.NewTicker(again)
	defer pause.Stop()
	for i := 0; ; i++ {
		err := f.try(ctx, f.addresses[i%len(f.addresses)], body, into)
		var unanswered *url.Error
		if !errors.As(err, &unanswered) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("nobody answers: %w", err)
		case <-pause.C:
		}
	}
}

func (f *firm) try(ctx context.Context, address string, body []byte, into any) (err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if f.token != "" {
		request.Header.Set("Authorization", "Bearer "+f.token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	answer := struct {
		Data   any
		Errors []struct{ Message string }
	}{Data: into}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return &url.Error{Op: "reading from", URL: address, Err: err} // it was killed meanwhile
	}
	for _, each := range answer.Errors {
		err = errors.Join(err, errors.New(each.Message))
	}
	return err
}
