package graph

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/internal/ratelimit"
)

// validationsWaiting is how many documents may wait to be validated.
const validationsWaiting = 100

// validations bounds how many new documents are parsed and validated at once, which leaves a share of the processor to everything else.
// Documents in the cache don't wait.
type validations struct {
	documents *documentCache
	budgets   *budgets
	queue     *ratelimit.Queue
}

func newValidations(documents *documentCache, budgets *budgets) *validations {
	return &validations{documents: documents, budgets: budgets, queue: ratelimit.NewQueue(validationsWaiting)}
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
	leave, err := e.validations.queue.Enter(ctx)
	if err != nil {
		return e.tooBusy(ctx)
	}
	defer leave()
	operation, problems := e.GraphExecutor.CreateOperationContext(ctx, sent)
	if len(problems) > 0 && operation.Stats.GetExtension(charged) == nil {
		_ = e.validations.budgets.charge(ctx, operation, refusedCost) // it is refused anyway
	}
	return operation, problems
}

func (e boundExecutor) tooBusy(ctx context.Context) (*graphql.OperationContext, gqlerror.List) {
	problem := busy(ctx, "The server is busy. Try again in a moment.", e.validations.budgets.clock.Now())
	return &graphql.OperationContext{}, gqlerror.List{problem}
}
