package graph_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/stretchr/testify/require"
)

// stream is a subscription as a client sees it: next returns the server's next response, and false once the server has ended it.
type stream struct {
	next func() (answer, bool)
}

// transports are the two ways to subscribe.
var transports = map[string]func(p *person, query string, variables vars) stream{
	"server-sent events": (*person).overEvents,
	"WebSocket":          (*person).overWebSocket,
}

// overEvents subscribes by POST (GraphQL over SSE, the mode of distinct connections).
func (p *person) overEvents(query string, variables vars) stream {
	p.t.Helper()
	body, err := json.Marshal(vars{"query": query, "variables": variables})
	require.NoError(p.t, err)
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.address+"/graphql", bytes.NewReader(body))
	require.NoError(p.t, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	if p.token != "" {
		request.Header.Set("Authorization", "Bearer "+p.token)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(p.t, err)
	p.t.Cleanup(func() { _ = response.Body.Close() })
	require.Equal(p.t, "text/event-stream", response.Header.Get("Content-Type"))
	lines := bufio.NewScanner(response.Body)
	return stream{next: func() (answer, bool) {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return decoded(p.t, []byte(data)), true
			}
			if lines.Text() == "event: complete" {
				return answer{}, false
			}
		}
		require.NoError(p.t, lines.Err())
		require.Fail(p.t, "the stream broke off")
		return answer{}, false
	}}
}

// message is one of graphql-transport-ws.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// overWebSocket subscribes over a WebSocket of its own, with the token in connection_init.
func (p *person) overWebSocket(query string, variables vars) stream {
	p.t.Helper()
	initPayload := vars{}
	if p.token != "" {
		initPayload["Authorization"] = "Bearer " + p.token
	}
	socket, status := p.dial(nil)
	require.Equal(p.t, http.StatusSwitchingProtocols, status)
	return p.subscribe(socket, initPayload, query, variables)
}

// dial opens a WebSocket with these headers, and no token otherwise. It returns the response's status too.
func (p *person) dial(header http.Header) (*websocket.Conn, int) {
	p.t.Helper()
	address := strings.Replace(p.address, "http", "ws", 1) + "/graphql"
	//nolint:bodyclose // Dial's documentation: there is nothing to close
	socket, response, err := websocket.Dial(p.t.Context(), address, &websocket.DialOptions{
		HTTPHeader: header, Subprotocols: []string{"graphql-transport-ws"},
	})
	if err == nil {
		p.t.Cleanup(func() { _ = socket.CloseNow() })
	}
	require.NotNil(p.t, response, err)
	return socket, response.StatusCode
}

func (p *person) subscribe(socket *websocket.Conn, initPayload vars, query string, variables vars) stream {
	p.t.Helper()
	p.send(socket, "", "connection_init", initPayload)
	require.Equal(p.t, "connection_ack", p.receive(socket).Type)
	p.send(socket, "1", "subscribe", vars{"query": query, "variables": variables})
	return p.responses(socket)
}

// responses returns the responses on a WebSocket until the operation that runs on it has ended.
func (p *person) responses(socket *websocket.Conn) stream {
	ended := false
	return stream{next: func() (answer, bool) {
		if ended {
			return answer{}, false
		}
		received := p.receive(socket)
		if received.Type == "complete" {
			return answer{}, false
		}
		if ended = received.Type == "error"; ended { // nothing comes after it
			received.Payload = json.RawMessage(`{"errors":` + string(received.Payload) + `}`)
		}
		return decoded(p.t, received.Payload), true
	}}
}

func (p *person) send(socket *websocket.Conn, id, kind string, payload vars) {
	p.t.Helper()
	encoded, err := json.Marshal(payload)
	require.NoError(p.t, err)
	require.NoError(p.t, wsjson.Write(p.t.Context(), socket, message{ID: id, Type: kind, Payload: encoded}))
}

func (p *person) receive(socket *websocket.Conn) message {
	p.t.Helper()
	var received message
	require.NoError(p.t, wsjson.Read(p.t.Context(), socket, &received))
	return received
}

func decoded(t *testing.T, text []byte) answer {
	t.Helper()
	a := answer{t: t}
	require.NoError(t, json.Unmarshal(text, &a))
	return a
}

// until reads up to the first response that meets the condition.
func (s stream) until(t *testing.T, holds func(answer) bool) answer {
	t.Helper()
	for {
		a, ok := s.next()
		require.True(t, ok, "the stream ended")
		if holds(a) {
			return a
		}
	}
}

// rest reads to the stream's end, and returns the responses.
func (s stream) rest() []answer {
	var all []answer
	for a, ok := s.next(); ok; a, ok = s.next() {
		all = append(all, a)
	}
	return all
}
