package ratelimit

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

const (
	// advance is the part of a capacity that a replica takes at once, so that it asks the store seldom.
	advance = 10
	// maxSpenders is how many spenders a replica keeps what it has taken in advance for. What it drops is spent.
	maxSpenders = 10_000
)

// Budget is a limit on points that spenders have, each its own. All replicas share them: each takes points in advance from the store and
// spends those without asking it.
type Budget struct {
	store Store
	limit Limit

	mu       sync.Mutex
	spenders *simplelru.LRU[string, *spender]
}

// spender is what a replica knows of one of them.
type spender struct {
	mu      sync.Mutex
	advance int       // taken from the store, and not yet spent
	level   float64   // of the store's bucket
	at      time.Time // when it had that level
	spent   float64   // here, less what has drained
	spentAt time.Time // when that much was spent
}

// Balance is what a spender has left.
type Balance struct {
	Limit, Remaining int
	// ResetAt is when everything will be there again.
	ResetAt time.Time
	// RetryAt is when enough will be there; zero if there was enough.
	RetryAt time.Time
}

// NewBudget returns a budget whose buckets are in the store.
func NewBudget(store Store, limit Limit) *Budget {
	spenders, _ := simplelru.NewLRU[string, *spender](maxSpenders, nil)
	return &Budget{store: store, limit: limit, spenders: spenders}
}

// Spend spends an amount, at most the limit's capacity, or nothing if there isn't enough.
func (b *Budget) Spend(ctx context.Context, now time.Time, key string, amount int) (Balance, error) {
	s := b.spender(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.advance < amount {
		missing := amount - s.advance
		retryAt, err := b.take(ctx, now, s, key, max(missing, b.limit.Capacity/advance), missing)
		if err != nil || !retryAt.IsZero() {
			balance := b.balance(now, s)
			balance.RetryAt = retryAt
			return balance, err
		}
	}
	s.advance -= amount
	s.spent, s.spentAt = b.drained(s.spent, s.spentAt, now)+float64(amount), now
	return b.balance(now, s), nil
}

// take takes the wanted amount from the store or, if that is too much, the amount that is needed.
func (b *Budget) take(ctx context.Context, now time.Time, s *spender, key string, wanted, needed int) (retryAt time.Time, err error) {
	for _, amount := range []int{wanted, needed} {
		taken, err := b.store.Take(ctx, now, amount, Bucket{Key: key, Limit: b.limit})
		if err != nil {
			return time.Time{}, err //nolint:wrapcheck // says what was being done
		}
		s.level, s.at, retryAt = taken.Level, now, taken.RetryAt
		if retryAt.IsZero() {
			s.advance += amount
			return time.Time{}, nil
		}
	}
	return retryAt, nil
}

func (b *Budget) spender(key string) *spender {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ok := b.spenders.Get(key)
	if !ok {
		s = &spender{}
		b.spenders.Add(key, s)
	}
	return s
}

func (b *Budget) balance(now time.Time, s *spender) Balance {
	everywhere := b.drained(s.level, s.at, now) - float64(s.advance)
	spent := max(everywhere, b.drained(s.spent, s.spentAt, now))
	return Balance{
		Limit: b.limit.Capacity, Remaining: max(0, b.limit.Capacity-int(spent)), ResetAt: now.Add(b.limit.DrainTime(spent)),
	}
}

// drained is what is left of a level some time later.
func (b *Budget) drained(level float64, at, now time.Time) float64 {
	return max(0, level-max(0, now.Sub(at).Seconds())*b.limit.PerSecond())
}
