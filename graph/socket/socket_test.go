package socket_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"watchkeeper/graph/socket"
)

// dial opens a WebSocket to gqlgen's transport without a schema behind it.
func dial(stopping context.Context, t *testing.T, initTimeout time.Duration, protocols ...string) *websocket.Conn {
	t.Helper()
	speaks := transport.Websocket{Implementation: socket.Implementation{InitTimeout: initTimeout}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		speaks.Do(w, r.WithContext(stopping), nil)
	}))
	t.Cleanup(server.Close)
	//nolint:bodyclose // Dial's documentation: there is nothing to close
	client, _, err := websocket.Dial(t.Context(), strings.Replace(server.URL, "http", "ws", 1), &websocket.DialOptions{Subprotocols: protocols})
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.CloseNow() })
	return client
}

// closedWith is the code with which the server closes the socket, after any messages.
func closedWith(t *testing.T, client *websocket.Conn) websocket.StatusCode {
	t.Helper()
	for {
		if _, _, err := client.Read(t.Context()); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}

func TestCloseCodes(t *testing.T) {
	const begin = `{"type":"connection_init"}`
	for name, test := range map[string]struct {
		messages []string
		code     websocket.StatusCode
	}{
		"no JSON":                                   {[]string{"hello"}, 4400},
		"an unknown type":                           {[]string{begin, `{"type":"start"}`}, 4400},
		"connection_init with a list":               {[]string{`{"type":"connection_init","payload":[]}`}, 4400},
		"an operation without an id":                {[]string{begin, `{"type":"subscribe","payload":{"query":"{a}"}}`}, 4400},
		"an operation without a payload":            {[]string{begin, `{"type":"subscribe","id":"1"}`}, 4400},
		"an operation before init":                  {[]string{`{"type":"subscribe","id":"1","payload":{"query":"{a}"}}`}, 4401},
		"connection_init twice":                     {[]string{begin, begin}, 4429},
		"a server's message":                        {[]string{begin, `{"type":"next","id":"1"}`}, 4400},
		"completing what isn't there, then no JSON": {[]string{begin, `{"type":"complete","id":"1"}`, `{"type":"ping"}`, "x"}, 4400},
	} {
		t.Run(name, func(t *testing.T) {
			client := dial(t.Context(), t, time.Minute, socket.Protocol)
			for _, text := range test.messages {
				require.NoError(t, client.Write(t.Context(), websocket.MessageText, []byte(text)))
			}
			require.Equal(t, test.code, closedWith(t, client))
		})
	}
}

func TestWhoDoesntIntroduceItselfIsClosed(t *testing.T) {
	require.EqualValues(t, 4408, closedWith(t, dial(t.Context(), t, time.Millisecond, socket.Protocol)))
}

func TestOtherProtocolsAreClosed(t *testing.T) {
	require.EqualValues(t, 4406, closedWith(t, dial(t.Context(), t, time.Minute, "graphql-ws")))
	require.EqualValues(t, 4406, closedWith(t, dial(t.Context(), t, time.Minute)))
}

// Clients connect again after 1012; after 1000 they believe that everything is done.
func TestAServerThatStopsSaysSo(t *testing.T) {
	stopping, stop := context.WithCancel(t.Context())
	client := dial(stopping, t, time.Minute, socket.Protocol)
	require.NoError(t, client.Write(t.Context(), websocket.MessageText, []byte(`{"type":"connection_init"}`)))
	_, _, err := client.Read(t.Context())
	require.NoError(t, err)
	stop()
	require.EqualValues(t, 1012, closedWith(t, client))
}
