package httpd

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// streamTracker breaks streams off when the server stops: Shutdown waits for event streams forever, and ignores WebSockets.
type streamTracker struct {
	next    http.Handler
	stopped context.Context
	stop    context.CancelFunc
	open    sync.WaitGroup
}

func newStreamTracker(next http.Handler) *streamTracker {
	s := &streamTracker{next: next}
	s.stopped, s.stop = context.WithCancel(context.Background())
	return s
}

// ServeHTTP tracks streams and passes other requests on unchanged. A request that would accept an event stream becomes one when its
// response does: until then it is a request like any other, which the server's stop doesn't cancel.
func (s *streamTracker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	upgrade := isUpgrade(r)
	if !upgrade && !strings.Contains(strings.Join(r.Header.Values("Accept"), ","), eventStream) {
		s.next.ServeHTTP(w, r)
		return
	}
	s.open.Add(1)
	defer s.open.Done()
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	stream := &streamWriter{ResponseWriter: w, stopped: s.stopped}
	stream.began = func() {
		_ = http.NewResponseController(w).SetWriteDeadline(time.Time{}) // an error means that there is no deadline
		if s.stopped.Err() != nil {
			cancel()
		}
	}
	defer context.AfterFunc(s.stopped, func() {
		if stream.streams.Load() {
			cancel()
		}
	})()
	if upgrade {
		stream.begin()
	}
	s.next.ServeHTTP(stream, r.WithContext(ctx))
	if !upgrade && stream.isBroken() {
		panic(http.ErrAbortHandler) // net/http's way to break a connection off
	}
}

const eventStream = "text/event-stream"

// streamWriter tells when a response turns out to be an event stream. A stream that is open when the server stops is broken off: told
// that it is complete, a client would believe that there is nothing left to follow, and not connect again.
type streamWriter struct {
	http.ResponseWriter
	began   func()
	stopped context.Context
	streams atomic.Bool
}

func (w *streamWriter) isBroken() bool {
	return w.streams.Load() && w.stopped.Err() != nil
}

func (w *streamWriter) WriteHeader(status int) {
	w.check()
	w.ResponseWriter.WriteHeader(status)
}

func (w *streamWriter) Write(body []byte) (int, error) {
	w.check()
	if w.isBroken() {
		return len(body), nil
	}
	return w.ResponseWriter.Write(body)
}

func (w *streamWriter) Flush() {
	w.check()
	if w.isBroken() {
		return
	}
	_ = http.NewResponseController(w.ResponseWriter).Flush() // what can't be flushed now is sent later
}

// Unwrap returns the writer below, for http.ResponseController.
func (w *streamWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *streamWriter) check() {
	if strings.HasPrefix(w.Header().Get("Content-Type"), eventStream) {
		w.begin()
	}
}

func (w *streamWriter) begin() {
	if !w.streams.Swap(true) {
		w.began()
	}
}
