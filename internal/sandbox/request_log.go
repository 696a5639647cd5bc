package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// maxRequests is how many requests are kept. The oldest are dropped first.
const maxRequests = 10_000

// Request is one request to the API or to OAuth.
type Request struct {
	Method string     `json:"method"`
	Path   string     `json:"path"`
	Query  url.Values `json:"query"`
	Status int        `json:"status"` // 0: no response yet, or none at all
	At     time.Time  `json:"at"`
}

// Requests returns the requests so far, oldest first.
func (s *Sandbox) Requests() []Request {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	requests := make([]Request, len(s.requests.entries))
	for i, entry := range s.requests.entries {
		requests[i] = *entry
	}
	return requests
}

// ResetRequests clears the list of requests.
func (s *Sandbox) ResetRequests() {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	s.requests.entries = nil
}

// OnRequest sets a hook that is called with each request before the response, in the request's goroutine: it may edit records
// between two requests. It replaces an earlier hook; nil removes it.
func (s *Sandbox) OnRequest(hook func(Request)) {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	s.requests.hook = hook
}

type requestLog struct {
	mu      sync.Mutex
	entries []*Request
	hook    func(Request)
}

// add adds a request to the log. The returned writer records its status.
func (l *requestLog) add(w http.ResponseWriter, r *http.Request, at time.Time) http.ResponseWriter {
	entry := &Request{Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), At: at}
	l.mu.Lock()
	l.entries = append(l.entries, entry)
	if extra := len(l.entries) - maxRequests; extra > 0 {
		l.entries = slices.Delete(l.entries, 0, extra)
	}
	hook, logged := l.hook, *entry
	l.mu.Unlock()
	if hook != nil {
		hook(logged)
	}
	return &statusWriter{ResponseWriter: w, log: l, entry: entry}
}

// statusWriter records the status before it sends it, so that whoever has the response finds the status recorded.
type statusWriter struct {
	http.ResponseWriter
	log   *requestLog
	entry *Request
}

func (w *statusWriter) WriteHeader(status int) {
	w.log.mu.Lock()
	w.entry.Status = status
	w.log.mu.Unlock()
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
