package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ratelimit"
)

// How many failed sign-ins are possible at once, and how many firms one address may create; as much as that again in each period.
var (
	guessesPerAccount = ratelimit.Limit{Capacity: 10, Period: 15 * time.Minute}
	guessesPerAddress = ratelimit.Limit{Capacity: 50, Period: 15 * time.Minute}
	signUpsPerAddress = ratelimit.Limit{Capacity: 60, Period: time.Hour}
)

// attempt is a sign-in that counts as failed until it is known to have succeeded, so that concurrent attempts are all counted.
type attempt struct {
	limits ratelimit.Store
	// account is the bucket of the account's failures: on this device if the account has signed in there before, else anywhere else.
	account ratelimit.Bucket
	// others are further buckets. A device that is known has none: neither guesses from elsewhere nor those of other people behind its
	// address keep its owner out.
	others []ratelimit.Bucket
}

// beginAttempt counts an attempt; RATE_LIMITED with RetryAt if there were too many failures.
func (s *Service) beginAttempt(ctx context.Context, email string, client Client) (*attempt, error) {
	begun := &attempt{limits: s.limits}
	known, err := s.isKnownDevice(ctx, email, client.Device)
	if err != nil {
		return nil, err
	}
	if known {
		begun.account = ratelimit.Bucket{Key: "sign-in device " + hashed(client.Device+" "+email), Limit: guessesPerAccount}
	} else {
		begun.account = ratelimit.Bucket{Key: failuresKey(email), Limit: guessesPerAccount}
		begun.others = []ratelimit.Bucket{{Key: "sign-in address " + client.Address, Limit: guessesPerAddress}}
	}
	return begun, s.take(ctx, "There were too many failed attempts to sign in. Wait a few minutes, then try again.", begun.buckets()...)
}

// failuresKey is the bucket of an account's failures anywhere but on known devices.
func failuresKey(email string) string { return "sign-in account " + hashed(email) }

// forgetFailures lets somebody sign in again who has a new password.
func (s *Service) forgetFailures(ctx context.Context, email string) error {
	return s.limits.Empty(ctx, failuresKey(email)) //nolint:wrapcheck // says what was being done
}

func (a *attempt) buckets() []ratelimit.Bucket {
	return append([]ratelimit.Bucket{a.account}, a.others...)
}

// succeeded clears the account's failures, and takes back the attempt elsewhere.
func (a *attempt) succeeded(ctx context.Context) error {
	if err := a.limits.Empty(ctx, a.account.Key); err != nil {
		return err //nolint:wrapcheck // says what was being done
	}
	return a.limits.Return(ctx, 1, a.others...) //nolint:wrapcheck // says what was being done
}

// takeBack takes back an attempt that failed because of the server, even if ctx has ended.
func (a *attempt) takeBack(ctx context.Context) error {
	return a.limits.Return(context.WithoutCancel(ctx), 1, a.buckets()...) //nolint:wrapcheck // says what was being done
}

// take counts one in each bucket; RATE_LIMITED with that message if one is full.
func (s *Service) take(ctx context.Context, message string, buckets ...ratelimit.Bucket) error {
	taken, err := s.limits.Take(ctx, s.now(), 1, buckets...)
	if err != nil {
		return err //nolint:wrapcheck // says what was being done
	}
	if taken.RetryAt.IsZero() {
		return nil
	}
	return rateLimited(message, taken.RetryAt)
}

// hash is the hasher's, whose ratelimit.ErrFull is RATE_LIMITED.
func (s *Service) hash(ctx context.Context, password string) (PasswordHash, error) {
	hash, err := s.hasher.hash(ctx, password)
	return hash, s.orBusy(err)
}

// verify is the hasher's, whose ratelimit.ErrFull is RATE_LIMITED. A password that is too long matches no hash.
func (s *Service) verify(ctx context.Context, password string, hash PasswordHash) (bool, error) {
	possible := lengthIsWithin(password, 0, maxPassword)
	if !possible {
		password = ""
	}
	matches, err := s.hasher.verify(ctx, password, hash)
	return matches && possible, s.orBusy(err)
}

// busyFor is how long whoever finds the queue full is asked to wait.
const busyFor = time.Second

func (s *Service) orBusy(err error) error {
	if errors.Is(err, ratelimit.ErrFull) {
		return rateLimited("Too many people are signing in at the moment. Try again in a moment.", s.now().Add(busyFor))
	}
	return err
}

func rateLimited(message string, retryAt time.Time) *apperr.Error {
	retryAt = retryAt.UTC()
	return &apperr.Error{Code: apperr.RateLimited, Message: message, RetryAt: &retryAt}
}

// hashed makes a key of what is secret or personal.
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
