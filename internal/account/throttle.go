package account

import (
	"crypto/sha256"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// How many failures an e-mail address has before further tries are refused, over which time, and how many addresses are
// remembered at most.
const (
	failuresAllowed = 10
	failureWindow   = 15 * time.Minute
	addressesKept   = 10_000
)

// address is the SHA-256 of an e-mail address: of one size, however long the text that somebody sends.
type address [sha256.Size]byte

// throttle remembers failed sign-ins by e-mail address, in this process alone.
type throttle struct {
	clock clockwork.Clock
	mu    sync.Mutex
	// failures are the latest of each address, oldest first, failuresAllowed at most.
	failures map[address][]time.Time
}

func newThrottle(clock clockwork.Clock) *throttle {
	return &throttle{clock: clock, failures: map[address][]time.Time{}}
}

// begin counts a try as failed until it is known to be otherwise, so that tries at the same time are all counted. Where
// there were too many it is refused, and retryAt says until when; else retryAt is zero.
func (t *throttle) begin(email string) (retryAt time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()

	now, key := t.clock.Now(), sha256.Sum256([]byte(email))
	recent := t.failures[key]
	for len(recent) > 0 && now.Sub(recent[0]) >= failureWindow {
		recent = recent[1:]
	}
	if len(recent) >= failuresAllowed {
		return recent[0].Add(failureWindow)
	}
	if _, known := t.failures[key]; !known && len(t.failures) >= addressesKept {
		t.evict(now)
	}
	t.failures[key] = append(recent, now)
	return time.Time{}
}

// succeeded forgets the address's failures.
func (t *throttle) succeeded(email string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.failures, sha256.Sum256([]byte(email)))
}

// release uncounts the last try: it came to no end for a reason of ours.
func (t *throttle) release(email string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := sha256.Sum256([]byte(email))
	if recent := t.failures[key]; len(recent) > 0 {
		t.failures[key] = recent[:len(recent)-1]
	}
}

// evict drops the addresses whose failures are past; if all are recent, any one.
func (t *throttle) evict(now time.Time) {
	for key, recent := range t.failures {
		if len(recent) == 0 || now.Sub(recent[len(recent)-1]) >= failureWindow {
			delete(t.failures, key)
		}
	}
	for key := range t.failures {
		if len(t.failures) < addressesKept {
			return
		}
		delete(t.failures, key)
	}
}
