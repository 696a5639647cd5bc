package account

import (
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// maxCached is how many sessions are cached at most.
const maxCached = 10_000

// sessionCache remembers sessions for a short time, so that not every request has to look its own up. What tells that one of a user's
// sessions has ended, on whichever replica, makes it look again at once.
type sessionCache struct {
	keep     time.Duration // zero: nothing is cached
	notifier Notifier

	mu       sync.Mutex
	sessions *simplelru.LRU[string, *cachedSession] // by the hash of the token
}

// cachedSession listens for as long as it is in the cache, also when what it remembers is too old.
type cachedSession struct {
	session Session
	until   time.Time // zero: there is nothing to use
	changed <-chan struct{}
	cancel  func()
}

func newSessionCache(keep time.Duration, notifier Notifier) *sessionCache {
	c := &sessionCache{keep: keep, notifier: notifier}
	c.sessions, _ = simplelru.NewLRU(maxCached, func(_ string, cached *cachedSession) { cached.cancel() })
	return c
}

// get returns the session, if it is remembered. Otherwise it reports whether somebody listens: then what is read next can be put.
func (c *sessionCache) get(tokenHash []byte, now time.Time) (session *Session, listens bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	cached, ok := c.sessions.Get(string(tokenHash))
	if !ok {
		return nil, false
	}
	select {
	case <-cached.changed:
		cached.until = time.Time{}
	default:
	}
	if !now.Before(cached.until) {
		return nil, true
	}
	found := cached.session
	return &found, true
}

// put remembers a session that was read while somebody listened; otherwise it only begins to listen, as what was read may have ended since.
func (c *sessionCache) put(session *Session, listened bool, now time.Time) {
	if c.keep == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	cached, ok := c.sessions.Get(string(session.TokenHash))
	if !ok {
		changed, cancel := c.notifier.Subscribe(UserTopic(session.UserID))
		c.sessions.Add(string(session.TokenHash), &cachedSession{changed: changed, cancel: cancel})
		return
	}
	if listened {
		cached.session, cached.until = *session, now.Add(c.keep)
	}
}

// forget makes all sessions be looked up again: this replica has changed what they show, and the next request must see it.
func (c *sessionCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, cached := range c.sessions.Values() {
		cached.until = time.Time{}
	}
}
