package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// maxRequests is how many requests are remembered. The oldest are forgotten first.
const maxRequests = 10_000

// Request is one request to the API or to OAuth.
type Request struct {
	Method string     `json:"method"`
	Path   string     `json:"path"`
	Query  url.Values `json:"query"`
	Status int        `json:"status"` // 0: not answered yet, or never
	At     time.Time  `json:"at"`
}

// Requests returns the requests so far in the order in which they came.
func (s *Sandbox) Requests() []Request {
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	requests := make([]Request, len(s.journal.entries))
	for i, entry := range s.journal.entries {
		requests[i] = *entry
	}
	return requests
}

// ResetRequests forgets the requests so far.
func (s *Sandbox) ResetRequests() {
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	s.journal.entries = nil
}

// OnRequest has hook called with each request before it is answered, in the request's own goroutine: a place to edit a
// record between two requests. It replaces the hook before; nil ends it.
func (s *Sandbox) OnRequest(hook func(Request)) {
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	s.journal.hook = hook
}

type journal struct {
	mu      sync.Mutex
	entries []*Request
	hook    func(Request)
}

// record notes a request as it comes. The status follows through the writer that it returns.
func (j *journal) record(w http.ResponseWriter, r *http.Request, at time.Time) http.ResponseWriter {
	entry := &Request{Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), At: at}
	j.mu.Lock()
	j.entries = append(j.entries, entry)
	if extra := len(j.entries) - maxRequests; extra > 0 {
		j.entries = slices.Delete(j.entries, 0, extra)
	}
	hook, noted := j.hook, *entry
	j.mu.Unlock()
	if hook != nil {
		hook(noted)
	}
	return &statusWriter{ResponseWriter: w, journal: j, entry: entry}
}

// statusWriter notes the status before the answer leaves, so that who has the answer finds the status noted.
type statusWriter struct {
	http.ResponseWriter
	journal *journal
	entry   *Request
}

func (w *statusWriter) WriteHeader(status int) {
	w.journal.mu.Lock()
	w.entry.Status = status
	w.journal.mu.Unlock()
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
