package graph_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What isn't a request of GraphQL is refused in JSON, also where only a stream is accepted, and isn't repeated.
func TestRefusedBodies(t *testing.T) {
	s := newStage(t)
	const query = `{"query": "{ signUpAllowed }"}`
	for _, test := range []struct {
		name, contentType, body string
		status                  int
		code                    string
	}{
		{"no content type", "", query, 415, "BAD_USER_INPUT"},
		{"a form", "application/x-www-form-urlencoded", "query={viewer{id}}", 415, "BAD_USER_INPUT"},
		{"JSON sent as text, as forms can", "text/plain", query, 415, "BAD_USER_INPUT"},
		{"over 1 MiB", plain, query + strings.Repeat(" ", 1<<20), 413, "BAD_USER_INPUT"},
		{"nothing", plain, "", 400, "GRAPHQL_PARSE_FAILED"},
		{"nothing but null", plain, "null", 400, "GRAPHQL_PARSE_FAILED"},
		{"not JSON", plain, `{"query":"hunter2`, 400, "GRAPHQL_PARSE_FAILED"},
		{"more than one value", plain, query + " " + query, 400, "GRAPHQL_PARSE_FAILED"},
		{"more than a value", plain, query + "}", 400, "GRAPHQL_PARSE_FAILED"},
		{"JSON of another shape", plain, `{"query":["hunter2"]}`, 400, "GRAPHQL_PARSE_FAILED"},
		{"a parameter of another shape", plain, `{"query":"{ signUpAllowed }","documentId":["hunter2"]}`, 400, "GRAPHQL_PARSE_FAILED"},
		{"a batch", plain, "[" + query + "]", 400, "GRAPHQL_PARSE_FAILED"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, accept := range []string{"", plain, events, events + ", " + plain} {
				response := s.post(test.body, http.Header{"Content-Type": {test.contentType}, "Accept": {accept}})
				require.Equal(t, test.status, response.StatusCode)
				body := readAll(t, response)
				require.Contains(t, body, `"extensions":{"code":"`+test.code+`","requestId":"`+response.Header.Get("X-Request-Id")+`"}`)
				require.NotContains(t, body, "hunter2")
				require.NotContains(t, body, `"data"`)
				require.Equal(t, plain, response.Header.Get("Content-Type"))
				require.Equal(t, "no-store", response.Header.Get("Cache-Control"))
			}
		})
	}
}

func TestBodyOfExactlyOneMebibyte(t *testing.T) {
	const query, end = `{"query": "{ signUpAllowed }"`, "}\r\n"
	body := query + strings.Repeat(" ", 1<<20-len(query+end)) + end
	require.Len(t, body, 1<<20)
	response := newStage(t).post(body, http.Header{"Content-Type": {"application/json; charset=utf-8"}})
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Contains(t, readAll(t, response), `{"data":{"signUpAllowed":true}`)
}

func TestIncompleteBody(t *testing.T) {
	s := newStage(t)
	address, err := url.Parse(s.address)
	require.NoError(t, err)
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address.Host)
	require.NoError(t, err)
	defer func() { require.NoError(t, connection.Close()) }()
	_, err = fmt.Fprintf(connection, "POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{}", address.Host)
	require.NoError(t, err)
	require.NoError(t, connection.(*net.TCPConn).CloseWrite())
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusBadRequest, response.StatusCode)
	require.Contains(t, readAll(t, response), "The request was incomplete.")
}

// HEAD is answered as GET is, without the body: it changes nothing either.
func TestHead(t *testing.T) {
	s := newStage(t)
	for document, status := range map[string]int{
		`{ signUpAllowed }`: http.StatusOK, `mutation { signOut { userErrors { code } } }`: http.StatusMethodNotAllowed,
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodHead, s.address+"/graphql?query="+url.QueryEscape(document), nil)
		require.NoError(t, err)
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		require.Equal(t, status, response.StatusCode)
		require.Equal(t, plain, response.Header.Get("Content-Type"))
		require.Empty(t, readAll(t, response))
	}
}

func (s *stage) post(body string, header http.Header) *http.Response {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.address+"/graphql", strings.NewReader(body))
	require.NoError(s.t, err)
	request.Header = header
	response, err := http.DefaultClient.Do(request)
	require.NoError(s.t, err)
	return response
}

func readAll(t *testing.T, response *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return string(body)
}

// A client that offers to go on with another protocol, as Java's does, is answered in this one.
func TestAnOfferOfAnotherProtocolIsIgnored(t *testing.T) {
	s := newStage(t)
	header := http.Header{"Content-Type": {plain}, "Connection": {"Upgrade, HTTP2-Settings"}, "Upgrade": {"h2c"}, "Http2-Settings": {"AAEAAEAAAAIAAAAA"}}
	response := s.post(`{"query": "{ signUpAllowed }"}`, header)
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Contains(t, readAll(t, response), `{"data":{"signUpAllowed":true}`)
}
