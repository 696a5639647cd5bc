package web_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/web"
)

var comments = regexp.MustCompile(`(?s)<!--.*?-->`)

// Each page loads only what the server has, and nothing that its Content-Security-Policy forbids.
func TestPagesLoadOnlyEmbeddedFiles(t *testing.T) {
	console, err := web.Console(publicURL)
	require.NoError(t, err)
	graphiql, err := web.GraphiQL(publicURL)
	require.NoError(t, err)
	for address, handler := range map[string]http.Handler{"/watches": console, "/graphiql": graphiql} {
		t.Run(address, func(t *testing.T) {
			page := comments.ReplaceAllString(get(t, handler, address, "Accept", "text/html").Body.String(), "")
			loaded := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1)
			require.NotEmpty(t, loaded)
			for _, each := range loaded {
				if each[1] == "data:," { // no icon
					continue
				}
				response := get(t, handler, each[1])
				require.Equal(t, http.StatusOK, response.Code, each[1])
				require.NotContains(t, response.Header().Get("Content-Type"), "html", each[1])
			}
			require.NotRegexp(t, `<script[^>]*>[^<]|<style|\son[a-z]+=|\sstyle=`, page)
		})
	}
}

// A file whose type isn't known is refused by browsers (nosniff).
func TestTypesOfAllFilesAreKnown(t *testing.T) {
	for _, files := range []fs.FS{web.ConsoleFiles, web.GraphiQLFiles} {
		require.NoError(t, fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
			if entry.IsDir() || strings.Contains(name, "/.") || path.Dir(name) == "graphiql" && !regexp.MustCompile(`\.(js|css|html)$`).MatchString(name) {
				return err
			}
			require.True(t, web.HasType(path.Ext(strings.TrimSuffix(name, ".br"))), name)
			return err
		}))
	}
}

const publicURL = "https://watch.example"

// get sends a GET request. Headers are pairs of name and value.
func get(t *testing.T, handler http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return send(t, handler, http.MethodGet, target, headers...)
}

func send(t *testing.T, handler http.Handler, method, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}
