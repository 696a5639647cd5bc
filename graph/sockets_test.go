package graph_test

import (
	"net/http"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

// opened is a WebSocket on which the person has introduced themselves.
func (p *person) opened() *websocket.Conn {
	p.t.Helper()
	opened, status := p.dial(nil)
	require.Equal(p.t, http.StatusSwitchingProtocols, status)
	p.send(opened, "", "connection_init", vars{"Authorization": "Bearer " + p.token})
	require.Equal(p.t, "connection_ack", p.receive(opened).Type)
	return opened
}

var following = vars{"query": `subscription { syncStatus { linkedWatches } }`}

func TestAnIDInUseIsRefused(t *testing.T) {
	p := newStage(t).connected("ada")
	opened := p.opened()
	p.send(opened, "a", "subscribe", following)
	require.Equal(t, "next", p.receive(opened).Type)
	p.send(opened, "a", "subscribe", following)
	_, _, err := opened.Read(t.Context())
	require.EqualValues(t, 4409, websocket.CloseStatus(err))
}

// Whoever completes an operation at once gets nothing of it, least of all an error, and may use its id again.
func TestSubscribingAndCompletingAtOnce(t *testing.T) {
	p := newStage(t).connected("ada")
	opened := p.opened()
	for range 50 {
		p.send(opened, "a", "subscribe", following)
		p.send(opened, "a", "complete", nil)
	}
	p.send(opened, "last", "subscribe", following)
	for {
		received := p.receive(opened)
		require.NotContains(t, string(received.Payload), "INTERNAL")
		if received.ID == "last" {
			require.Equal(t, "next", received.Type)
			break
		}
	}
	p.send(opened, "a", "subscribe", following)
	require.Equal(t, message{ID: "a", Type: "next", Payload: p.receive(opened).Payload}.Type, "next")
}

// An operation that is refused ends with one message.
func TestARefusedOperationEndsOnce(t *testing.T) {
	p := newStage(t).connected("ada")
	opened := p.opened()
	p.send(opened, "a", "subscribe", vars{"query": `subscription { nothing }`})
	require.Equal(t, "error", p.receive(opened).Type)
	p.send(opened, "a", "subscribe", following)
	received := p.receive(opened)
	require.Equal(t, "next", received.Type, "and not the end of the refused one")
}
