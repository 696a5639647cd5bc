package sandbox

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// rateLimiter counts the requests of each access token in a window (Clio's documentation: rate limits). A window begins with its
// first request. Refused requests aren't counted.
type rateLimiter struct {
	clock  clockwork.Clock
	limit  int
	length time.Duration

	mu      sync.Mutex
	windows map[string]window // by access token
}

type window struct {
	endsAt time.Time
	used   int
}

func newRateLimiter(clock clockwork.Clock, limit int, length time.Duration) *rateLimiter {
	if limit == 0 {
		limit = defaultRateLimit
	}
	if length == 0 {
		length = defaultWindow
	}
	return &rateLimiter{clock: clock, limit: limit, length: length, windows: map[string]window{}}
}

// allow counts one request and sets the rate limit headers. It reports whether the request is within the limit.
func (l *rateLimiter) allow(headers http.Header, token string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	current := l.windows[token]
	if !now.Before(current.endsAt) {
		current = window{endsAt: now.Add(l.length)}
	}
	allowed := current.used < l.limit
	if allowed {
		current.used++
	}
	l.windows[token] = current
	headers.Set("X-RateLimit-Limit", strconv.Itoa(l.limit))
	headers.Set("X-RateLimit-Remaining", strconv.Itoa(l.limit-current.used))
	headers.Set("X-RateLimit-Reset", strconv.FormatInt(wholeSeconds(time.Duration(current.endsAt.UnixNano())), 10))
	if !allowed {
		headers.Set("Retry-After", strconv.FormatInt(wholeSeconds(current.endsAt.Sub(now)), 10))
	}
	return allowed
}

// wholeSeconds rounds up: whoever waits that long has waited long enough.
func wholeSeconds(d time.Duration) int64 {
	return int64((d + time.Second - 1) / time.Second)
}
