package graph

import (
	"context"
	"net/http"
	"runtime"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jonboulle/clockwork"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"golang.org/x/sync/semaphore"
)

// validationsWaiting is how many documents may wait to be validated.
const validationsWaiting = 100

// validations bounds how many new documents are parsed and validated at once, which leaves a share of the processor to everything else.
// Documents in the cache don't wait.
type validations struct {
	documents *documentCache
	budgets   *budgets
	clock     clockwork.Clock
	queue     *semaphore.Weighted // of those at work and those waiting
	slots     *semaphore.Weighted
}

func newValidations(documents *documentCache, budgets *budgets) *validations {
	atOnce := int64(max(1, runtime.GOMAXPROCS(0)/2))
	return &validations{
		documents: documents, budgets: budgets, clock: budgets.clock,
		queue: semaphore.NewWeighted(atOnce + validationsWaiting), slots: semaphore.NewWeighted(atOnce),
	}
}

// bound makes a transport keep to the bound.
func (v *validations) bound(transport graphql.Transport) graphql.Transport {
	return boundTransport{transport, v}
}

type boundTransport struct {
	graphql.Transport
	validations *validations
}

func (t boundTransport) Do(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor) {
	t.Transport.Do(w, r, boundExecutor{executor, t.validations})
}

type boundExecutor struct {
	graphql.GraphExecutor
	validations *validations
}

// CreateOperationContext parses and validates a document when it is its turn, and charges for one that isn't valid; RATE_LIMITED if too
// many are waiting, or if the caller's budget is spent.
func (e boundExecutor) CreateOperationContext(ctx context.Context, sent *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	if _, cached := e.validations.documents.Get(ctx, sent.Query); cached {
		return e.GraphExecutor.CreateOperationContext(ctx, sent)
	}
	if spent := e.validations.budgets.mayValidate(ctx); spent != nil {
		return &graphql.OperationContext{}, gqlerror.List{spent}
	}
	if !e.validations.queue.TryAcquire(1) {
		return e.tooBusy(ctx)
	}
	defer e.validations.queue.Release(1)
	if e.validations.slots.Acquire(ctx, 1) != nil {
		return e.tooBusy(ctx)
	}
	defer e.validations.slots.Release(1)
	operation, problems := e.GraphExecutor.CreateOperationContext(ctx, sent)
	if len(problems) > 0 && operation.Stats.GetExtension(charged) == nil {
		_ = e.validations.budgets.charge(ctx, operation, refusedCost) // it is refused anyway
	}
	return operation, problems
}

func (e boundExecutor) tooBusy(ctx context.Context) (*graphql.OperationContext, gqlerror.List) {
	problem := busy(ctx, "The server is busy. Try again in a moment.", e.validations.clock.Now())
	return &graphql.OperationContext{}, gqlerror.List{problem}
}
