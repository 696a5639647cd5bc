package spectest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox/spectest"
)

// recordingTB is a testing.TB that records problems instead of failing.
type recordingTB struct {
	testing.TB
	problems []string
	skipped  bool
	fatal    bool
}

func (r *recordingTB) Helper() {}

func (r *recordingTB) Errorf(format string, args ...any) {
	r.problems = append(r.problems, fmt.Sprintf(format, args...))
}

func (r *recordingTB) Skipf(string, ...any) {
	r.skipped = true
	runtime.Goexit()
}

func (r *recordingTB) Fatalf(string, ...any) {
	r.fatal = true
	runtime.Goexit()
}

// exchange checks one request and its response, and returns the problems.
func exchange(t *testing.T, path string, status int, body string, headers ...string) []string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	defer server.Close()
	recorder := &recordingTB{TB: t}
	spectest.Transport(t, nil) // skips this test if the specification is absent
	client := &http.Client{Transport: spectest.Transport(recorder, nil)}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
	require.NoError(t, err)
	response, err := client.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, status, response.StatusCode)
	return recorder.problems
}

const emptyList = `{"data":[],"meta":{"paging":{},"records":0}}`

func TestConformingExchangesPass(t *testing.T) {
	for name, each := range map[string]struct {
		path   string
		status int
		body   string
	}{
		"empty list":        {"/api/v4/matters.json?status=open,pending&ids%5B%5D=1&ids%5B%5D=2&open_date%5B%5D=%3E%3D2025-01-01", 200, emptyList},
		"nulls":             {"/api/v4/matters.json", 200, `{"data":[{"id":1,"client":null,"practice_area":null,"open_date":null}],"meta":{"paging":{},"records":1}}`},
		"bare inner record": {"/api/v4/matters.json", 200, `{"data":[{"client":{"primary_address":{"id":1}}}],"meta":{"paging":{},"records":1}}`},
		"single record":     {"/api/v4/contacts/7.json", 200, `{"data":{"id":7,"type":"Person","date_of_birth":"1961-04-09"}}`},
		"error":             {"/api/v4/contacts.json", 400, `{"error":{"type":"InvalidFields","message":"x is not a valid field"}}`},
		"odd 401":           {"/api/v4/contacts.json", 401, `{"error":"invalid_token"}`},
		"page of a proxy":   {"/api/v4/contacts.json", 502, `<html>`},
		"OAuth":             {"/oauth/token", 200, `{"anything":1}`},
	} {
		t.Run(name, func(t *testing.T) {
			require.Empty(t, exchange(t, each.path, each.status, each.body))
		})
	}
}

func TestDamagedResponsesPass(t *testing.T) {
	require.NotEmpty(t, exchange(t, "/api/v4/matters.json", 200, `{"data":`))
	require.Empty(t, exchange(t, "/api/v4/matters.json", 200, `{"data":`, "X-Sandbox-Fault", "truncated_json"))
}

func TestViolationsAreReported(t *testing.T) {
	const matters = "/api/v4/matters.json"
	for name, each := range map[string]struct {
		path   string
		status int
		body   string
	}{
		"unknown path":        {"/api/v4/mater.json", 200, emptyList},
		"misspelt parameter":  {matters + "?stats=open", 200, emptyList},
		"wrong parameter":     {matters + "?client_id=none", 200, emptyList},
		"wrong order":         {matters + "?order=id", 200, emptyList},
		"no meta paging":      {matters, 200, `{"data":[],"meta":{}}`},
		"no data":             {matters, 200, `{"meta":{"paging":{},"records":0}}`},
		"text for an id":      {matters, 200, `{"data":[{"id":"1"}],"meta":{"paging":{},"records":1}}`},
		"lower case status":   {matters, 200, `{"data":[{"status":"open"}],"meta":{"paging":{},"records":1}}`},
		"no such day":         {matters, 200, `{"data":[{"open_date":"2025-13-01"}],"meta":{"paging":{},"records":1}}`},
		"time without offset": {matters, 200, `{"data":[{"updated_at":"2025-12-01T10:00:00"}],"meta":{"paging":{},"records":1}}`},
		"null that can't be":  {matters, 200, `{"data":[{"status":null}],"meta":{"paging":{},"records":1}}`},
		"unknown attribute":   {matters, 200, `{"data":[{"client":{"birthday":"1961-04-09"}}],"meta":{"paging":{},"records":1}}`},
		"undeclared status":   {matters, 418, `{"error":{"type":"Teapot","message":"short and stout"}}`},
		"wrong error":         {"/api/v4/contacts/7.json", 404, `{"message":"no"}`},
	} {
		t.Run(name, func(t *testing.T) {
			require.NotEmpty(t, exchange(t, each.path, each.status, each.body))
		})
	}
}

func TestOtherContentTypesAreReported(t *testing.T) {
	require.NotEmpty(t, exchange(t, "/api/v4/matters.json", 200, emptyList, "Content-Type", "text/html"))
}

func TestAbsentSpecificationSkipsExceptInCI(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module elsewhere\n"), 0o600))
	t.Chdir(folder)
	outcome := func(ci string) *recordingTB {
		t.Setenv("CI", ci)
		recorder := &recordingTB{TB: t}
		done := make(chan struct{})
		go func() {
			defer close(done)
			spectest.Transport(recorder, nil)
		}()
		<-done
		return recorder
	}
	require.True(t, outcome("").skipped)
	require.True(t, outcome("true").fatal)
}
