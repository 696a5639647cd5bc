package httpd_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestResponsesAreCompressedOnRequest(t *testing.T) {
	long := strings.Repeat("watch ", 1000)
	for name, test := range map[string]struct {
		accepts, contentType, body string
		compressed                 bool
	}{
		"asked for":         {"gzip, br", "application/json", long, true},
		"the newer type":    {"gzip", "application/graphql-response+json", long, true},
		"not asked for":     {"", "application/json", long, false},
		"refused":           {"gzip;q=0", "application/json", long, false},
		"short":             {"gzip", "application/json", "{}", false},
		"an event stream":   {"gzip", "text/event-stream", long, false},
		"a compressed type": {"gzip", "image/png", long, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newTestServer(t)
			s.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", test.contentType)
				_, _ = io.WriteString(w, test.body)
			})
			response := s.send(t, "POST", "/graphql", query, "Content-Type", "application/json", "Accept-Encoding", test.accepts)
			require.Equal(t, test.compressed, response.Header.Get("Content-Encoding") == "gzip")
			var body io.Reader = response.Body
			if test.compressed {
				require.Contains(t, response.Header.Values("Vary"), "Accept-Encoding")
				var err error
				body, err = gzip.NewReader(response.Body)
				require.NoError(t, err)
			}
			text, err := io.ReadAll(body)
			require.NoError(t, err)
			require.Equal(t, test.body, string(text))
		})
	}
}
