package socket

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql/handler/transport"
)

// message is one of the protocol's.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// The protocol's types of messages that are looked at.
const (
	connectionInit = "connection_init"
	connectionAck  = "connection_ack"
	subscribe      = "subscribe"
	next           = "next"
	failed         = "error"
	complete       = "complete"
	ping           = "ping"
	pong           = "pong"
)

// conn is a WebSocket between a client and gqlgen. To gqlgen each operation has an id of its own, which is used once: the client may
// use its id again as soon as it has completed an operation, when gqlgen may still be at work on it.
type conn struct {
	transport.WebsocketConn
	stopping  <-chan struct{} // closed when the server stops
	initTimer *time.Timer

	mu           sync.Mutex
	initialised  bool
	acknowledged bool
	refused      bool
	count        int
	operations   map[string]string // gqlgen's ids by the client's
	ids          map[string]string // the other way around
}

var (
	_ transport.WebsocketReadLimiter   = (*conn)(nil)
	_ transport.WebsocketReadDeadliner = (*conn)(nil)
)

// Subprotocol is Protocol, so that gqlgen speaks no other.
func (*conn) Subprotocol() string { return Protocol }

// SetReadLimit passes the limit on.
func (c *conn) SetReadLimit(limit int64) {
	c.WebsocketConn.(transport.WebsocketReadLimiter).SetReadLimit(limit)
}

// SetReadDeadline passes the deadline on.
func (c *conn) SetReadDeadline(at time.Time) error {
	return c.WebsocketConn.(transport.WebsocketReadDeadliner).SetReadDeadline(at) //nolint:wrapcheck // gqlgen's own
}

// NextReader returns the client's next message. One that breaks the protocol closes the socket.
func (c *conn) NextReader() (int, io.Reader, error) {
	for {
		kind, reader, err := c.WebsocketConn.NextReader()
		if err != nil {
			return kind, nil, err //nolint:wrapcheck // gqlgen's own
		}
		var received message
		if json.NewDecoder(reader).Decode(&received) != nil {
			c.refuse(badRequest, "Invalid message received")
			return kind, nil, transport.ErrWebsocketClosed
		}
		passed, code, reason := c.receive(&received)
		switch {
		case code != 0:
			c.refuse(code, reason)
			return kind, nil, transport.ErrWebsocketClosed
		case passed:
			text, err := json.Marshal(received)
			return kind, bytes.NewReader(text), err //nolint:wrapcheck // can't fail
		}
	}
}

// receive looks at a message of the client's, and changes its id to gqlgen's. A message that isn't passed on is ignored, unless there
// is a code to close with.
func (c *conn) receive(received *message) (passed bool, code int, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch received.Type {
	case connectionInit:
		c.initTimer.Stop()
		if c.initialised {
			return false, tooManyInits, "Too many initialisation requests"
		}
		if !isObject(received.Payload, true) {
			return false, badRequest, "Invalid payload of connection_init"
		}
		c.initialised = true
		return true, 0, ""
	case subscribe:
		return c.begin(received)
	case complete:
		operation, running := c.operations[received.ID]
		c.forget(operation)
		received.ID = operation
		return running, 0, ""
	case ping, pong:
		return true, 0, ""
	default:
		return false, badRequest, "Invalid type of message"
	}
}

// begin begins an operation.
func (c *conn) begin(received *message) (passed bool, code int, reason string) {
	_, inUse := c.operations[received.ID]
	switch {
	case !c.acknowledged:
		return false, unauthorized, "Unauthorized"
	case received.ID == "":
		return false, badRequest, "The id is missing"
	case !isObject(received.Payload, false):
		return false, badRequest, "Invalid payload of subscribe"
	case inUse:
		return false, alreadyExists, fmt.Sprintf("Subscriber for %s already exists", received.ID)
	case len(c.operations) == maxOperations:
		return false, tooManyInits, "Too many operations on one connection"
	}
	c.count++
	operation := strconv.Itoa(c.count)
	c.operations[received.ID], c.ids[operation] = operation, received.ID
	received.ID = operation
	return true, 0, ""
}

// forget ends an operation of gqlgen's: nothing more is sent about it.
func (c *conn) forget(operation string) {
	delete(c.operations, c.ids[operation])
	delete(c.ids, operation)
}

// isObject reports whether a payload is a JSON object; a missing one counts if it may be missing.
func isObject(payload json.RawMessage, optional bool) bool {
	text := strings.TrimSpace(string(payload))
	return strings.HasPrefix(text, "{") || optional && (text == "" || text == "null")
}

// WriteJSON sends a message of gqlgen's with the client's id, unless the operation has ended.
func (c *conn) WriteJSON(value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("writing a message: %w", err)
	}
	var sent message
	if err := json.Unmarshal(text, &sent); err != nil {
		return fmt.Errorf("writing a message: %w", err)
	}
	if !c.send(&sent) {
		return nil
	}
	return c.WebsocketConn.WriteJSON(sent) //nolint:wrapcheck // gqlgen's own
}

// send reports whether a message is to be sent, and changes its id to the client's.
func (c *conn) send(sent *message) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch sent.Type {
	case connectionAck:
		c.acknowledged = true
	case next, failed, complete:
		operation := sent.ID
		id, running := c.ids[operation]
		if !running {
			return false
		}
		sent.ID = id
		if sent.Type != next {
			c.forget(operation)
		}
	}
	return true
}

// refuse closes the socket because of what the client did.
func (c *conn) refuse(code int, reason string) {
	c.mu.Lock()
	c.refused = true
	c.mu.Unlock()
	for len(reason) > maxReason || !utf8.ValidString(reason) {
		reason = reason[:min(len(reason), maxReason+1)-1]
	}
	_ = c.WebsocketConn.WriteClose(code, reason) // an error means that it is closed
}

// WriteClose closes the socket for gqlgen: with serviceRestart when the server stops, and not again after refuse.
func (c *conn) WriteClose(code int, reason string) error {
	c.initTimer.Stop()
	c.mu.Lock()
	refused := c.refused
	c.mu.Unlock()
	if refused {
		return nil
	}
	select {
	case <-c.stopping:
		if code == closeNormalClosure {
			code, reason = serviceRestart, "The server is restarting"
		}
	default:
	}
	return c.WebsocketConn.WriteClose(code, reason) //nolint:wrapcheck // gqlgen's own
}
