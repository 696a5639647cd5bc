// Package idempotency carries requests out once that clients send several times: the same key and the same request of one caller get the
// first answer again.
package idempotency

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/apperr"
)

// What is kept of one caller at most, the newest first, and for how long.
const (
	Lifetime    = 24 * time.Hour
	maxRequests = 1_000
	maxBytes    = 32 << 20
	// maxAnswer is how long one answer is at most when it is compressed; of a longer one only that there was one is kept.
	maxAnswer = 4 << 20
)

const (
	// ExecuteTimeout is how long a request may take to execute. Nobody else executes it before leaseTime has passed; then its server
	// must have died.
	ExecuteTimeout = time.Minute
	leaseTime      = ExecuteTimeout + 15*time.Second
	// waitTimeout is how long a request waits for another one with the same key. It looks again after a pause, which grows.
	waitTimeout = 20 * time.Second
	firstPause  = 50 * time.Millisecond
	maxPause    = time.Second
)

// MaxKey is how many characters a key has at most.
const MaxKey = 255

// Request is a request that a client may send several times.
type Request struct {
	FirmID string
	// Caller is who sent it: keys of different callers are different keys.
	Caller string
	// KeyHash and Fingerprint are hashes of the key and of what is asked for.
	KeyHash     [sha256.Size]byte
	Fingerprint [sha256.Size]byte
}

// Answer is what a request was answered with.
type Answer struct {
	Text []byte
	// Executed reports whether anything was executed. Otherwise the request may be sent again, and the answer isn't kept.
	Executed bool
}

// State is what is known of a request.
type State int

// The states.
const (
	Claimed  State = iota // by whoever asked: they are to carry it out
	UnderWay              // somebody else executes it
	Answered
	Reused // the key was used for another request
)

// Limits are what a store keeps of one caller at most.
type Limits struct {
	Requests, Bytes int
}

// Store keeps requests and their answers, for all replicas.
type Store interface {
	// Claim claims a request that nobody has sent since a time, or whose claim ended by now, until a later time. Otherwise it returns what
	// is known of it, with the answer; nil if that isn't kept.
	Claim(ctx context.Context, request Request, claim string, sentSince, now, until time.Time) (State, []byte, error)
	// Keep ends a claim with an answer, which may be nil, and forgets the caller's oldest answers beyond the limits.
	Keep(ctx context.Context, request Request, claim string, answer []byte, limits Limits) error
	// Release forgets a claimed request.
	Release(ctx context.Context, request Request, claim string) error
	// Prune forgets the requests of all firms that were sent before.
	Prune(ctx context.Context, before time.Time) error
}

// Service carries requests out once.
type Service struct {
	store  Store
	sealer Sealer
	clock  clockwork.Clock
}

// NewService returns a service that seals the answers in the store.
func NewService(store Store, sealer Sealer, clock clockwork.Clock) *Service {
	return &Service{store: store, sealer: sealer, clock: clock}
}

// Do carries a request out, or returns the answer that it got the first time, and true. While another request with the key is under way, it
// waits. BAD_USER_INPUT when the key was used for another request, and when the answer isn't kept; RATE_LIMITED when waiting took too long.
func (s *Service) Do(ctx context.Context, request Request, execute func() Answer) (text []byte, replayed bool, err error) {
	claim, began := rand.Text(), s.clock.Now()
	for pause := firstPause; ; pause = min(2*pause, maxPause) {
		now := s.clock.Now()
		state, sealed, err := s.store.Claim(ctx, request, claim, now.Add(-Lifetime), now, now.Add(leaseTime))
		switch {
		case err != nil:
			return nil, false, fmt.Errorf("claiming a request: %w", err)
		case state == Claimed:
			text, err := s.execute(ctx, request, claim, execute)
			return text, false, err
		case state == Answered:
			text, err := s.unpack(request, sealed)
			return text, true, err
		case state == Reused:
			return nil, false, apperr.New(apperr.BadUserInput,
				"This Idempotency-Key was used for another operation, or for other variables. Use a new one.")
		case now.Sub(began) >= waitTimeout:
			return nil, false, tooSlow(now)
		}
		select {
		case <-s.clock.After(pause):
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
	}
}

func tooSlow(now time.Time) error {
	again := now.Add(time.Second)
	problem := apperr.New(apperr.RateLimited, "The same request is still being executed. Try again in a moment.")
	problem.RetryAt = &again
	return problem
}

// storeTimeout bounds how long a request's end is written, also when the request was canceled.
const storeTimeout = 2 * time.Second

// execute runs a claimed request. The answer is returned also when it can't be kept.
func (s *Service) execute(ctx context.Context, request Request, claim string, execute func() Answer) (text []byte, err error) {
	ended := false
	end := func(write func(context.Context) error) error {
		ended = true
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTimeout)
		defer cancel()
		return write(ctx)
	}
	release := func(ctx context.Context) error { return s.store.Release(ctx, request, claim) }
	defer func() {
		if !ended { // a panic goes on, but nobody waits for it
			_ = end(release)
		}
	}()
	answer := execute()
	if !answer.Executed {
		err = end(release)
	} else {
		err = end(func(ctx context.Context) error {
			packed, err := s.pack(request, answer.Text)
			if err != nil {
				return err
			}
			return s.store.Keep(ctx, request, claim, packed, Limits{Requests: maxRequests, Bytes: maxBytes})
		})
	}
	if err != nil {
		err = &NotKeptError{cause: err}
	}
	return answer.Text, err
}

// NotKeptError is a failure to keep an answer, which is returned beside it.
type NotKeptError struct{ cause error }

// Error says what failed.
func (e *NotKeptError) Error() string { return "keeping an answer: " + e.cause.Error() }

// Unwrap returns the cause.
func (e *NotKeptError) Unwrap() error { return e.cause }

// Prune forgets what is older than Lifetime.
func (s *Service) Prune(ctx context.Context) error {
	if err := s.store.Prune(ctx, s.clock.Now().Add(-Lifetime)); err != nil {
		return fmt.Errorf("forgetting old requests: %w", err)
	}
	return nil
}
