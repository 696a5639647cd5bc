package httpd

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// start serves the handler on a free port until stop is called, which returns the error of serve.
func start(t *testing.T, handler http.Handler, limits timeouts) (address string, stop func() error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, listener, handler, slog.New(slog.DiscardHandler), limits) }()
	t.Cleanup(cancel)
	return "http://" + listener.Addr().String(), func() error {
		cancel()
		return <-ended
	}
}

// get requests the address. The body is closed when the test ends.
func get(t *testing.T, address, accept string) (status int, body io.Reader) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	require.NoError(t, err)
	request.Header.Set("Accept", accept)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	t.Cleanup(func() { _ = response.Body.Close() })
	return response.StatusCode, response.Body
}

func TestStoppingEndsStreamsAndWaitsForOtherRequests(t *testing.T) {
	began, streamEnded := make(chan struct{}), make(chan struct{})
	address, stop := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") == "text/event-stream" {
			w.Header().Set("Content-Type", "text/event-stream")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
			_, _ = fmt.Fprint(w, "event: complete\n\n")
			close(streamEnded)
			return
		}
		close(began)
		<-streamEnded
		_, _ = fmt.Fprint(w, r.Context().Err())
	}), defaultTimeouts)
	_, stream := get(t, address, "text/event-stream")
	stopped := make(chan error, 1)
	go func() {
		<-began
		stopped <- stop()
	}()
	_, body := get(t, address, "application/json, text/event-stream") // what it would accept doesn't make it a stream
	answer, err := io.ReadAll(body)
	require.NoError(t, err)
	require.Equal(t, "<nil>", string(answer), "an ordinary request isn't canceled")
	require.NoError(t, <-stopped)
	rest, err := io.ReadAll(stream)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF, "a client that has missed the end connects again")
	require.Empty(t, rest)
}

func TestStreamsHaveNoWriteTimeout(t *testing.T) {
	const short = 50 * time.Millisecond
	address, stop := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.(http.Flusher).Flush()
		select {
		case <-time.After(4 * short): // real time: the deadlines are the connection's
			_, _ = fmt.Fprintln(w, "still here")
		case <-r.Context().Done():
		}
	}), timeouts{header: short, read: short, write: short})
	_, body := get(t, address, "text/event-stream")
	line, err := bufio.NewReader(body).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "still here\n", line)
	require.NoError(t, stop())
}

func TestWebSocketsCanHijackTheConnection(t *testing.T) {
	address, stop := start(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := http.NewResponseController(&statusRecorder{ResponseWriter: w}).Hijack()
		if err == nil {
			_, _ = io.WriteString(connection, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n")
			_ = connection.Close()
		}
	}), defaultTimeouts)
	status, _ := get(t, address, "*/*")
	require.Equal(t, http.StatusSwitchingProtocols, status)
	require.NoError(t, stop())
}

// What outlives its request goes on when the client disconnects, until the server cancels what still runs.
func TestWhatOutlivesItsRequest(t *testing.T) {
	requests, stop := context.WithCancel(t.Context())
	request, disconnect := context.WithCancel(context.WithValue(requests, requestsKey{}, requests))
	longer, cancel := Outlive(request)
	canceled, cancelNow := Outlive(request)
	cancelNow()
	require.Error(t, canceled.Err())
	disconnect()
	require.NoError(t, longer.Err())
	stop()
	<-longer.Done()
	cancel()

	alone, cancelAlone := Outlive(t.Context()) // without a server
	require.NoError(t, alone.Err())
	cancelAlone()
	require.Error(t, alone.Err())
}

// Requests of a server know its end.
func TestRequestsCanOutliveTheirs(t *testing.T) {
	address, stop := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, ok := r.Context().Value(requestsKey{}).(context.Context)
		_, _ = fmt.Fprint(w, ok)
	}), defaultTimeouts)
	_, body := get(t, address, "*/*")
	answer, err := io.ReadAll(body)
	require.NoError(t, err)
	require.Equal(t, "true", string(answer))
	require.NoError(t, stop())
}
