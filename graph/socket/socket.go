// Package socket keeps WebSockets to graphql-transport-ws: gqlgen speaks the protocol, but closes with other codes than it says, and
// mixes up operations whose ids are used again. (The protocol: PROTOCOL.md of the npm package graphql-ws.)
package socket

import (
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/coder/websocket"
)

// Protocol is the only subprotocol that is spoken.
const Protocol = "graphql-transport-ws"

// The codes with which a socket is closed (the protocol; RFC 6455, 7.4).
const (
	badRequest         = 4400 // an invalid message
	unauthorized       = 4401 // an operation before the connection is initialised
	wrongSubprotocol   = 4406
	initTimedOut       = 4408
	alreadyExists      = 4409 // an id that is in use
	tooManyInits       = 4429
	serviceRestart     = 1012 // the server stops: clients connect again
	maxReason          = 123  // bytes
	maxOperations      = 50   // on one socket at once
	closeNormalClosure = transport.WebsocketCloseNormalClosure
)

// Implementation accepts WebSockets for gqlgen.
type Implementation struct {
	Options websocket.AcceptOptions
	// InitTimeout is how long a client may take to send connection_init.
	InitTimeout time.Duration
}

var _ transport.WebsocketImplementation = Implementation{}

// Accept accepts a WebSocket, which is closed at once if the client doesn't offer Protocol.
func (i Implementation) Accept(w http.ResponseWriter, r *http.Request, _ transport.WebsocketAcceptOptions) (transport.WebsocketConn, error) {
	options := i.Options
	options.Subprotocols = []string{Protocol}
	inner, err := transport.CoderWebsocketImplementation{AcceptOptions: options}.Accept(w, r, transport.WebsocketAcceptOptions{})
	if err != nil {
		return nil, err //nolint:wrapcheck // gqlgen tells the client
	}
	c := &conn{WebsocketConn: inner, stopping: r.Context().Done(), operations: map[string]string{}, ids: map[string]string{}}
	if inner.Subprotocol() != Protocol {
		c.refuse(wrongSubprotocol, "Subprotocol not acceptable")
	}
	c.initTimer = time.AfterFunc(i.InitTimeout, func() { c.refuse(initTimedOut, "Connection initialisation timeout") })
	return c, nil
}
