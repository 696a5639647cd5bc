package postgres_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/ratelimit"
)

// tenInTen drains one a second.
func tenInTen(key string) ratelimit.Bucket {
	return ratelimit.Bucket{Key: key, Limit: ratelimit.Limit{Capacity: 10, Period: 10 * time.Second}}
}

func TestABucketFillsAndDrains(t *testing.T) {
	limits := postgres.NewRateLimits(pgtest.Open(t))
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	take := func(at time.Time, amount int) ratelimit.Taken {
		taken, err := limits.Take(t.Context(), at, amount, tenInTen("a"))
		require.NoError(t, err)
		return taken
	}
	require.Equal(t, ratelimit.Taken{Level: 6}, take(now, 6))
	require.Equal(t, ratelimit.Taken{Level: 10}, take(now, 4))
	require.Equal(t, ratelimit.Taken{Level: 10, RetryAt: now.Add(3 * time.Second)}, take(now, 3))
	require.Equal(t, ratelimit.Taken{Level: 10}, take(now.Add(3*time.Second), 3))
	require.Equal(t, ratelimit.Taken{Level: 1}, take(now.Add(time.Minute), 1), "never less than empty")
	require.Equal(t, ratelimit.Taken{Level: 2}, take(now, 1), "a clock that is behind drains nothing")

	require.NoError(t, limits.Return(t.Context(), 5, tenInTen("a")))
	require.Equal(t, ratelimit.Taken{Level: 10}, take(now, 10))
	require.NoError(t, limits.Empty(t.Context(), "a"))
	require.Equal(t, ratelimit.Taken{Level: 10}, take(now, 10))
}

func TestSeveralBucketsTakeAllOrNothing(t *testing.T) {
	limits := postgres.NewRateLimits(pgtest.Open(t))
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	_, err := limits.Take(t.Context(), now, 9, tenInTen("b"))
	require.NoError(t, err)
	refused, err := limits.Take(t.Context(), now, 3, tenInTen("a"), tenInTen("b"))
	require.NoError(t, err)
	require.Equal(t, now.Add(2*time.Second), refused.RetryAt)
	taken, err := limits.Take(t.Context(), now, 1, tenInTen("a"), tenInTen("b"))
	require.NoError(t, err)
	require.Equal(t, ratelimit.Taken{Level: 1}, taken, "of the refused nothing stayed")
}

func TestBucketsAreSharedAndPruned(t *testing.T) {
	db := pgtest.Open(t)
	limits := postgres.NewRateLimits(db)
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	var accepted atomic.Int32
	var all sync.WaitGroup
	for range 30 {
		all.Go(func() {
			taken, err := limits.Take(t.Context(), now, 1, tenInTen("b"), tenInTen("a"))
			if err == nil && taken.RetryAt.IsZero() {
				accepted.Add(1)
			}
		})
	}
	all.Wait()
	require.EqualValues(t, 10, accepted.Load())

	count := func() (count int) {
		require.NoError(t, db.Bun().QueryRowContext(t.Context(), "SELECT count(*) FROM rate_limits").Scan(&count))
		return count
	}
	require.NoError(t, limits.Prune(t.Context(), now.Add(9*time.Second)))
	require.Equal(t, 2, count())
	require.NoError(t, limits.Prune(t.Context(), now.Add(10*time.Second)))
	require.Zero(t, count())
}
