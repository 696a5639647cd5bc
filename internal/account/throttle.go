package account

import (
	"crypto/sha256"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// How many failures within which time make further attempts fail, and how many e-mail addresses are kept at most.
const (
	maxFailures   = 10
	failureWindow = 15 * time.Minute
	maxAddresses  = 10_000
)

// emailHash is the SHA-256 of an e-mail address: its size doesn't depend on what the caller sends.
type emailHash [sha256.Size]byte

// throttle counts failed sign-ins by e-mail address, in this process only.
type throttle struct {
	clock clockwork.Clock
	mu    sync.Mutex
	// failures are the times of each address's latest failures, oldest first, at most maxFailures.
	failures map[emailHash][]time.Time
}

func newThrottle(clock clockwork.Clock) *throttle {
	return &throttle{clock: clock, failures: map[emailHash][]time.Time{}}
}

// attempt counts an attempt as failed until reset or release is called, so that concurrent attempts are all counted. If there were
// too many failures, retryAt is when to try again; else it is zero.
func (t *throttle) attempt(email string) (retryAt time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()

	now, key := t.clock.Now(), sha256.Sum256([]byte(email))
	recent := t.failures[key]
	for len(recent) > 0 && now.Sub(recent[0]) >= failureWindow {
		recent = recent[1:]
	}
	if len(recent) >= maxFailures {
		return recent[0].Add(failureWindow)
	}
	if _, known := t.failures[key]; !known && len(t.failures) >= maxAddresses {
		t.evict(now)
	}
	t.failures[key] = append(recent, now)
	return time.Time{}
}

// reset clears the address's failures after a success.
func (t *throttle) reset(email string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.failures, sha256.Sum256([]byte(email)))
}

// release takes back the last attempt, which failed because of an error of the server.
func (t *throttle) release(email string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := sha256.Sum256([]byte(email))
	if recent := t.failures[key]; len(recent) > 0 {
		t.failures[key] = recent[:len(recent)-1]
	}
}

// evict drops the addresses without recent failures and, if there are still too many, any others.
func (t *throttle) evict(now time.Time) {
	for key, recent := range t.failures {
		if len(recent) == 0 || now.Sub(recent[len(recent)-1]) >= failureWindow {
			delete(t.failures, key)
		}
	}
	for key := range t.failures {
		if len(t.failures) < maxAddresses {
			return
		}
		delete(t.failures, key)
	}
}
