package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

// FaultHeader names the faults that affected a response. Clio has no such header: tests that check responses against Clio's
// specification skip those that have it.
const FaultHeader = "X-Sandbox-Fault"

// applyFaults applies the faults that affect the request as a whole. It reports whether one of them was the response.
func (s *Sandbox) applyFaults(c *call) bool {
	if len(c.faults) == 0 {
		return false
	}
	c.w.Header().Set(FaultHeader, c.faults.String())
	if sw, on := c.faults.find(Slow); on && !s.sleep(c.r, sw.duration(5*time.Second)) {
		return true
	}
	for _, sw := range c.faults {
		if fail, ok := faultResponses[sw.Fault]; ok {
			fail(c, sw)
			return true
		}
	}
	return false
}

// sleep waits, and reports whether the caller is still connected.
func (s *Sandbox) sleep(r *http.Request, d time.Duration) bool {
	timer := s.clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.Chan():
		return true
	case <-r.Context().Done():
		return false
	}
}

// faultResponses are the faults that are a whole response, except those of the token endpoint (writeTokenFault).
var faultResponses = map[Fault]func(c *call, sw Switch){
	TokenExpired: func(c *call, _ Switch) {
		removeRateLimitHeaders(c.w.Header())
		writeInvalidToken(c.w)
	},
	TokenGarbled: func(c *call, _ Switch) {
		removeRateLimitHeaders(c.w.Header())
		errUnauthorized.write(c.w)
	},
	InvalidFields: func(c *call, _ Switch) { invalidField("id").write(c.w) },
	Forbidden:     func(c *call, _ Switch) { errForbidden.write(c.w) },
	NotFound:      func(c *call, _ Switch) { errNotFound.write(c.w) },
	Gone:          func(c *call, _ Switch) { errGone.write(c.w) },
	RateLimited: func(c *call, sw Switch) {
		c.setRetryAfter(sw)
		errRateLimited.write(c.w)
	},
	RateLimitedNoRetryAfter: func(c *call, _ Switch) {
		c.w.Header().Set("X-RateLimit-Remaining", "0")
		errRateLimited.write(c.w)
	},
	RateLimitedBare: func(c *call, _ Switch) {
		removeRateLimitHeaders(c.w.Header())
		errRateLimited.write(c.w)
	},
	RateLimitedWrapped: func(c *call, sw Switch) {
		c.setRetryAfter(sw)
		writeWrapped(c.w)
	},
	ServerError:      func(c *call, _ Switch) { writeHTMLError(c.w, http.StatusInternalServerError) },
	BadGateway:       func(c *call, _ Switch) { writeHTMLError(c.w, http.StatusBadGateway) },
	Unavailable:      func(c *call, _ Switch) { writeHTMLError(c.w, http.StatusServiceUnavailable) },
	UnavailableEmpty: func(c *call, _ Switch) { writeBody(c.w, http.StatusServiceUnavailable, "", nil) },
	Hang:             func(c *call, _ Switch) { <-c.r.Context().Done() },
	ConnectionReset:  func(c *call, _ Switch) { resetConnection(c.w) },
}

func removeRateLimitHeaders(headers http.Header) {
	for _, name := range []string{"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"} {
		headers.Del(name)
	}
}

// setRetryAfter sets the headers of an exhausted window. Without a number of seconds the wait is a whole default window.
func (c *call) setRetryAfter(sw Switch) {
	c.w.Header().Set("X-RateLimit-Remaining", "0")
	c.w.Header().Set("Retry-After", strconv.FormatInt(wholeSeconds(sw.duration(defaultWindow)), 10))
}

// writeWrapped writes a 429 with an encoded body, as others have received it from Clio.
func writeWrapped(w http.ResponseWriter) {
	inner := `{"error":{"type":"RateLimited","message":"Rate limit exceeded"}}`
	writeJSON(w, http.StatusTooManyRequests, map[string]any{
		"data":     base64.StdEncoding.EncodeToString([]byte(inner)),
		"metadata": map[string]string{"encoding": "base64"},
	})
}

// writeHTMLError writes the HTML page of a proxy in front of Clio.
func writeHTMLError(w http.ResponseWriter, status int) {
	page := fmt.Sprintf("<html><head><title>%d %s</title></head><body><h1>We're sorry, but something went wrong.</h1></body></html>\n",
		status, http.StatusText(status))
	writeBody(w, status, "text/html; charset=utf-8", []byte(page))
}

// writeTruncated sends half of the content, with headers that match that half.
func writeTruncated(w http.ResponseWriter, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		http.Error(w, "the sandbox could not write its response", http.StatusInternalServerError)
		return
	}
	writeBody(w, http.StatusOK, jsonType, data[:len(data)/2])
}

// resetConnection resets the TCP connection. If there is none to reset (HTTP/2, a recorder), the response is empty.
func resetConnection(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		writeBody(w, http.StatusServiceUnavailable, "", nil)
		return
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}
