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

// FaultHeader marks the answers that a fault had a part in, with the names of the faults. Clio has no such header: it is
// for tests that hold all other answers to Clio's document.
const FaultHeader = "X-Sandbox-Fault"

// interfere does what the faults say of the request as a whole; true when that was the answer.
func (s *Sandbox) interfere(c *call) bool {
	if len(c.faults) == 0 {
		return false
	}
	c.w.Header().Set(FaultHeader, c.faults.String())
	if sw, on := c.faults.find(Slow); on && !s.wait(c.r, sw.duration(5*time.Second)) {
		return true
	}
	for _, sw := range c.faults {
		if fail, ok := endings[sw.Fault]; ok {
			fail(c, sw)
			return true
		}
	}
	return false
}

// wait is false when the caller went away before the time was up.
func (s *Sandbox) wait(r *http.Request, d time.Duration) bool {
	timer := s.clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.Chan():
		return true
	case <-r.Context().Done():
		return false
	}
}

// endings are the faults that are an answer in themselves. Those of the token endpoint are serveToken's.
var endings = map[Fault]func(c *call, sw Switch){
	TokenExpired: func(c *call, _ Switch) {
		withoutLimits(c.w.Header())
		writeInvalidToken(c.w)
	},
	TokenGarbled: func(c *call, _ Switch) {
		withoutLimits(c.w.Header())
		errUnauthorized.write(c.w)
	},
	InvalidFields: func(c *call, _ Switch) { invalidField("id").write(c.w) },
	Forbidden:     func(c *call, _ Switch) { errForbidden.write(c.w) },
	NotFound:      func(c *call, _ Switch) { errNotFound.write(c.w) },
	Gone:          func(c *call, _ Switch) { errGone.write(c.w) },
	RateLimited: func(c *call, sw Switch) {
		c.throttle(sw)
		errRateLimited.write(c.w)
	},
	RateLimitedNoRetryAfter: func(c *call, _ Switch) {
		c.w.Header().Set("X-RateLimit-Remaining", "0")
		errRateLimited.write(c.w)
	},
	RateLimitedBare: func(c *call, _ Switch) {
		withoutLimits(c.w.Header())
		errRateLimited.write(c.w)
	},
	RateLimitedWrapped: func(c *call, sw Switch) {
		c.throttle(sw)
		writeWrapped(c.w)
	},
	ServerError:      func(c *call, _ Switch) { writePage(c.w, http.StatusInternalServerError) },
	BadGateway:       func(c *call, _ Switch) { writePage(c.w, http.StatusBadGateway) },
	Unavailable:      func(c *call, _ Switch) { writePage(c.w, http.StatusServiceUnavailable) },
	UnavailableEmpty: func(c *call, _ Switch) { writeBody(c.w, http.StatusServiceUnavailable, "", nil) },
	Hang:             func(c *call, _ Switch) { <-c.r.Context().Done() },
	ConnectionReset:  func(c *call, _ Switch) { reset(c.w) },
}

func withoutLimits(headers http.Header) {
	for _, name := range []string{"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"} {
		headers.Del(name)
	}
}

// throttle sets the headers of a spent window. Without a number of seconds the wait is a whole default window.
func (c *call) throttle(sw Switch) {
	c.w.Header().Set("X-RateLimit-Remaining", "0")
	c.w.Header().Set("Retry-After", strconv.FormatInt(wholeSeconds(sw.duration(defaultWindow)), 10))
}

// writeWrapped is a 429 as it once reached others (CLIO_API.md §7).
func writeWrapped(w http.ResponseWriter) {
	inner := `{"error":{"type":"RateLimited","message":"Rate limit exceeded"}}`
	writeJSON(w, http.StatusTooManyRequests, map[string]any{
		"data":     base64.StdEncoding.EncodeToString([]byte(inner)),
		"metadata": map[string]string{"encoding": "base64"},
	})
}

// writePage is what stands before Clio and answers for it when it can't.
func writePage(w http.ResponseWriter, status int) {
	page := fmt.Sprintf("<html><head><title>%d %s</title></head><body><h1>We're sorry, but something went wrong.</h1></body></html>\n",
		status, http.StatusText(status))
	writeBody(w, status, "text/html; charset=utf-8", []byte(page))
}

// writeTruncated sends half of the content under headers that know no better.
func writeTruncated(w http.ResponseWriter, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		http.Error(w, "the sandbox could not write its answer", http.StatusInternalServerError)
		return
	}
	writeBody(w, http.StatusOK, jsonType, data[:len(data)/2])
}

// reset drops the connection so that the caller's system hears of it. Where there is no connection to be had (HTTP/2, a
// recorder) the answer is empty.
func reset(w http.ResponseWriter) {
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
