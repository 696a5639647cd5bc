package sandbox

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// windows count the requests of each access token (Clio's documentation: rate limits). A window begins with its first
// request. A request that is refused for the limit isn't counted.
type windows struct {
	clock  clockwork.Clock
	limit  int
	length time.Duration

	mu   sync.Mutex
	open map[string]window // by access token
}

type window struct {
	ends time.Time
	used int
}

func newWindows(clock clockwork.Clock, limit int, length time.Duration) *windows {
	if limit == 0 {
		limit = defaultRateLimit
	}
	if length == 0 {
		length = defaultWindow
	}
	return &windows{clock: clock, limit: limit, length: length, open: map[string]window{}}
}

// take counts one request, and tells in the headers what is left; false when nothing was.
func (ws *windows) take(headers http.Header, token string) bool {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	now := ws.clock.Now()
	current := ws.open[token]
	if !now.Before(current.ends) {
		current = window{ends: now.Add(ws.length)}
	}
	allowed := current.used < ws.limit
	if allowed {
		current.used++
	}
	ws.open[token] = current
	headers.Set("X-RateLimit-Limit", strconv.Itoa(ws.limit))
	headers.Set("X-RateLimit-Remaining", strconv.Itoa(ws.limit-current.used))
	headers.Set("X-RateLimit-Reset", strconv.FormatInt(wholeSeconds(time.Duration(current.ends.UnixNano())), 10))
	if !allowed {
		headers.Set("Retry-After", strconv.FormatInt(wholeSeconds(current.ends.Sub(now)), 10))
	}
	return allowed
}

// wholeSeconds rounds up, so that who waits that long has waited long enough.
func wholeSeconds(d time.Duration) int64 {
	return int64((d + time.Second - 1) / time.Second)
}
