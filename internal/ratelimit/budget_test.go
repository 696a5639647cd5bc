package ratelimit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/ratelimit"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// thousand is a budget of a thousand points, one of which drains in a second.
var thousand = ratelimit.Limit{Capacity: 1000, Period: 1000 * time.Second}

func TestABudgetIsSpent(t *testing.T) {
	var sql pgtest.Counter
	budget := ratelimit.NewBudget(postgres.NewRateLimits(pgtest.Open(t, postgres.WithQueryHook(&sql))), thousand)
	spend := func(at time.Time, amount int) ratelimit.Balance {
		balance, err := budget.Spend(t.Context(), at, "ada", amount)
		require.NoError(t, err)
		return balance
	}
	require.Equal(t, ratelimit.Balance{Limit: 1000, Remaining: 999, ResetAt: noon.Add(time.Second)}, spend(noon, 1))
	for range 99 {
		spend(noon, 1)
	}
	require.Equal(t, 1, sql.Count(), "a hundred points were taken at once")
	require.Equal(t, ratelimit.Balance{Limit: 1000, Remaining: 400, ResetAt: noon.Add(600 * time.Second)}, spend(noon, 500))
	require.Equal(t, 0, spend(noon, 400).Remaining)
	require.Equal(t, ratelimit.Balance{Limit: 1000, ResetAt: noon.Add(1000 * time.Second), RetryAt: noon.Add(3 * time.Second)}, spend(noon, 3))
	require.Equal(t, 0, spend(noon.Add(3*time.Second), 3).Remaining)
	require.Equal(t, 999, spend(noon.Add(time.Hour), 1).Remaining)

	other, err := budget.Spend(t.Context(), noon, "bob", 1)
	require.NoError(t, err)
	require.Equal(t, 999, other.Remaining, "everybody has a budget of their own")
}

func TestReplicasShareABudget(t *testing.T) {
	store := postgres.NewRateLimits(pgtest.Open(t))
	replicas := []*ratelimit.Budget{ratelimit.NewBudget(store, thousand), ratelimit.NewBudget(store, thousand)}
	spent := 0
	for i := range 1100 {
		balance, err := replicas[i%2].Spend(t.Context(), noon, "ada", 1)
		require.NoError(t, err)
		if balance.RetryAt.IsZero() {
			spent++
		}
	}
	require.Equal(t, 1000, spent)
}
