// Package ratelimit bounds how much somebody may do, by leaky buckets that all replicas share: what is done fills a bucket, which drains
// at a constant rate, and what no longer fits is refused until enough has drained.
package ratelimit

import (
	"context"
	"time"
)

// Limit is the size of a bucket.
type Limit struct {
	// Capacity is how much fits in.
	Capacity int
	// Period is how long a full bucket takes to drain.
	Period time.Duration
}

// PerSecond is how much drains in a second.
func (l Limit) PerSecond() float64 {
	return float64(l.Capacity) / l.Period.Seconds()
}

// DrainTime is how long it takes until that much has drained.
func (l Limit) DrainTime(amount float64) time.Duration {
	return time.Duration(max(0, amount) / l.PerSecond() * float64(time.Second))
}

// Bucket is what one key has done.
type Bucket struct {
	// Key names who is limited, and in what. It must not contain what is secret or personal.
	Key string
	Limit
}

// Taken is the result of Take.
type Taken struct {
	// RetryAt is when the amount will fit into all buckets; zero if it did.
	RetryAt time.Time
	// Level is how full the first bucket is.
	Level float64
}

// Store keeps buckets.
type Store interface {
	// Take fills the amount into all buckets, or into none if it doesn't fit into one of them.
	Take(ctx context.Context, now time.Time, amount int, buckets ...Bucket) (Taken, error)
	// Return takes an amount out of the buckets again.
	Return(ctx context.Context, amount int, buckets ...Bucket) error
	// Empty empties a bucket.
	Empty(ctx context.Context, key string) error
	// Prune deletes the buckets that have drained.
	Prune(ctx context.Context, now time.Time) error
}
