package main_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// secrets are values that nobody may find in what the program says of itself, each with what it is.
type secrets struct {
	mutex sync.Mutex
	all   map[string]string
}

// minSecret is the length from which a value isn't found by chance.
const minSecret = 8

// add adds values of one kind.
func (s *secrets) add(t testing.TB, kind string, values ...string) {
	t.Helper()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, value := range values {
		require.GreaterOrEqual(t, len(value), minSecret, "%s %q would be found by chance", kind, value)
		if s.all[value] == "" {
			s.all[value] = kind
		}
	}
}

// kinds counts the values of each kind.
func (s *secrets) kinds() map[string]int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	kinds := map[string]int{}
	for _, kind := range s.all {
		kinds[kind]++
	}
	return kinds
}

// foundIn returns the secrets that a text has, in any case, as they are or encoded as in addresses or in base64.
func (s *secrets) foundIn(text string) []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	text = strings.ToLower(text)
	var found []string
	for value, kind := range s.all {
		for _, form := range []string{value, url.QueryEscape(value), url.PathEscape(value), base64.RawStdEncoding.EncodeToString([]byte(value))} {
			if strings.Contains(text, strings.ToLower(form)) {
				found = append(found, kind+" "+value)
				break
			}
		}
	}
	return found
}

// spy stands before a Clio and keeps the secrets that pass by: codes, states and tokens.
type spy struct {
	t       *testing.T
	clio    http.Handler
	secrets *secrets
}

// newSpy serves the Clio, until the test ends.
func newSpy(t *testing.T, clio http.Handler, secrets *secrets) (address string) {
	t.Helper()
	server := httptest.NewServer(&spy{t: t, clio: clio, secrets: secrets})
	t.Cleanup(server.Close)
	return server.URL
}

// ServeHTTP answers as the Clio does.
func (s *spy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if scheme, token, found := strings.Cut(r.Header.Get("Authorization"), " "); found && scheme == "Bearer" {
		s.secrets.add(s.t, "token", token)
	}
	if r.Method == http.MethodPost {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		form, _ := url.ParseQuery(string(body))
		for _, name := range []string{"code", "state", "code_verifier", "client_secret", "refresh_token", "token"} {
			if value := form.Get(name); value != "" {
				s.secrets.add(s.t, name, value)
			}
		}
	}
	recorder := httptest.NewRecorder()
	s.clio.ServeHTTP(recorder, r)
	if r.URL.Path == "/oauth/token" {
		var granted map[string]any
		if json.Unmarshal(recorder.Body.Bytes(), &granted) == nil {
			for _, name := range []string{"access_token", "refresh_token"} {
				if token, ok := granted[name].(string); ok {
					s.secrets.add(s.t, name, token)
				}
			}
		}
	}
	for name, values := range recorder.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(recorder.Code)
	_, _ = w.Write(recorder.Body.Bytes()) // an error is the client's affair
}
