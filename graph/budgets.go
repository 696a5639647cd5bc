package graph

import (
	"cmp"
	"context"
	"log/slog"
	"math"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jonboulle/clockwork"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ratelimit"
)

const (
	// defaultBudget is how much a viewer may spend on operations: at once, and again in each period. Clio's own limit, some fifty
	// requests a minute, is spent long before it is.
	defaultBudget = 10_000_000
	// addressShare is the part of it that everybody at one address has who isn't signed in.
	addressShare = 10
	budgetPeriod = 10 * time.Minute
)

// budgets charges operations to who sends them.
type budgets struct {
	viewers, addresses *ratelimit.Budget
	clock              clockwork.Clock
	log                *slog.Logger
}

// newBudgets returns budgets of so many points for each viewer; zero: the default.
func newBudgets(store ratelimit.Store, points int, clock clockwork.Clock, log *slog.Logger) *budgets {
	points = cmp.Or(points, defaultBudget)
	of := func(points int) *ratelimit.Budget {
		return ratelimit.NewBudget(store, ratelimit.Limit{Capacity: points, Period: budgetPeriod})
	}
	return &budgets{viewers: of(points), addresses: of(points / addressShare), clock: clock, log: log}
}

// charged is the operation's statistic that says what it cost, for tellCost.
const charged = "cost"

// charge is what an operation cost.
type charge struct {
	requested int
	balance   ratelimit.Balance
}

// charge charges an operation, or refuses it: RATE_LIMITED. If the budget can't be looked up, the operation goes on.
func (b *budgets) charge(ctx context.Context, operation *graphql.OperationContext, cost int) *gqlerror.Error {
	balance, err := b.spend(ctx, cost)
	if err != nil {
		b.log.WarnContext(ctx, "charging an operation failed", "error", err)
		return nil
	}
	operation.Stats.SetExtension(charged, charge{requested: cost, balance: balance})
	if balance.RetryAt.IsZero() {
		return nil
	}
	return retryLater(ctx, spentBudget(), balance.RetryAt, b.clock.Now())
}

// refusedCost is what a document costs that isn't valid: it had to be read.
const refusedCost = 100

// mayValidate refuses a new document of somebody whose budget is spent: RATE_LIMITED.
func (b *budgets) mayValidate(ctx context.Context) *gqlerror.Error {
	balance, err := b.spend(ctx, 0)
	if err != nil || balance.Remaining >= refusedCost {
		return nil
	}
	now := b.clock.Now()
	limit := ratelimit.Limit{Capacity: balance.Limit, Period: budgetPeriod}
	return retryLater(ctx, spentBudget(), now.Add(limit.DrainTime(float64(refusedCost-balance.Remaining))), now)
}

func spentBudget() *gqlerror.Error {
	return refusal(string(apperr.RateLimited), "You have asked for a lot in a short time. Wait a moment, then try again.")
}

func (b *budgets) spend(ctx context.Context, cost int) (ratelimit.Balance, error) {
	if who := account.ViewerFrom(ctx); who != nil {
		return b.viewers.Spend(ctx, b.clock.Now(), "operations viewer "+who.User.ID, cost)
	}
	return b.addresses.Spend(ctx, b.clock.Now(), "operations address "+account.ClientFrom(ctx).Address, cost)
}

// tellCost tells signed-in callers what their operation cost, and what they have left: once per operation.
func (b *budgets) tellCost(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	if account.ViewerFrom(ctx) == nil {
		return next(ctx)
	}
	spent := charge{}
	if graphql.HasOperationContext(ctx) {
		operation := graphql.GetOperationContext(ctx)
		spent, _ = operation.Stats.GetExtension(charged).(charge)
		if operation.Operation != nil && operation.Operation.Operation == ast.Subscription {
			operation.Stats.SetExtension(charged, nil)
		}
	}
	if spent.balance.Limit == 0 { // refused before it could be charged, or told already
		balance, err := b.spend(ctx, 0)
		if err != nil {
			return next(ctx)
		}
		spent.balance = balance
	}
	graphql.RegisterExtension(ctx, "cost", map[string]any{
		"requested": spent.requested, "limit": spent.balance.Limit, "remaining": spent.balance.Remaining,
		"resetAt": spent.balance.ResetAt.UTC().Format(time.RFC3339),
	})
	return next(ctx)
}

// retryLater tells in an error, and in the response's Retry-After, when to try again.
func retryLater(ctx context.Context, problem *gqlerror.Error, at, now time.Time) *gqlerror.Error {
	problem.Extensions["retryAt"] = at.UTC().Format(time.RFC3339)
	if header := transportOf(ctx).header; header != nil {
		header.Set(retryAfter, strconv.Itoa(max(1, int(math.Ceil(at.Sub(now).Seconds())))))
	}
	return problem
}
