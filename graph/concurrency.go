package graph

import (
	"context"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jonboulle/clockwork"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
)

// What one caller, a viewer or everybody at one address who isn't signed in, may have going on in a replica.
const (
	// operationsAtOnce is how many queries and mutations are executed at once. As many as operationsWaiting more wait for their turn, for
	// operationTimeout at most.
	operationsAtOnce  = 8
	operationsWaiting = 100
	operationTimeout  = 20 * time.Second
	// streamsAtOnce is how many subscriptions may run, on all connections together.
	streamsAtOnce = 50
)

// callers bounds what each caller has going on.
type callers struct {
	clock clockwork.Clock
	mu    sync.Mutex
	of    map[string]*caller // only those who have something going on
}

type caller struct {
	slots   chan struct{} // of the operations that are executed
	goingOn [kinds]int
}

// kind is what a caller has going on.
type kind int

const (
	operations kind = iota // queries and mutations, also those that wait
	streams
	kinds
)

// maxGoingOn is how many of a kind a caller may have.
var maxGoingOn = [kinds]int{operations: operationsAtOnce + operationsWaiting, streams: streamsAtOnce}

func newCallers(clock clockwork.Clock) *callers {
	return &callers{clock: clock, of: map[string]*caller{}}
}

// begin counts one more of a kind; nil if there are too many.
func (c *callers) begin(key string, of kind) *caller {
	c.mu.Lock()
	defer c.mu.Unlock()
	who := c.of[key]
	if who == nil {
		who = &caller{slots: make(chan struct{}, operationsAtOnce)}
		c.of[key] = who
	}
	if who.goingOn[of] >= maxGoingOn[of] {
		return nil
	}
	who.goingOn[of]++
	return who
}

func (c *callers) end(key string, of kind) {
	c.mu.Lock()
	defer c.mu.Unlock()
	who := c.of[key]
	if who.goingOn[of]--; who.goingOn == [kinds]int{} {
		delete(c.of, key)
	}
}

// around executes an operation when its caller has a slot; RATE_LIMITED if too much is going on already.
func (c *callers) around(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	key := callerOf(ctx)
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Subscription {
		return c.stream(ctx, key, next)
	}
	responses, executed := next(ctx), false
	return func(ctx context.Context) *graphql.Response {
		if executed {
			return responses(ctx)
		}
		executed = true
		leave, problem := c.enter(ctx, key)
		if problem != nil {
			responses = singleResponse(problem)
			return responses(ctx)
		}
		defer leave()
		return responses(ctx)
	}
}

// callerOf is the key of who sends an operation.
func callerOf(ctx context.Context) string {
	if who := account.ViewerFrom(ctx); who != nil {
		return "viewer " + who.User.ID
	}
	return "address " + account.ClientFrom(ctx).Address
}

// enter waits for a slot.
func (c *callers) enter(ctx context.Context, key string) (leave func(), problem *gqlerror.Error) {
	who := c.begin(key, operations)
	if who == nil {
		return nil, c.tooManyOperations(ctx)
	}
	timeout := time.NewTimer(operationTimeout)
	defer timeout.Stop()
	select {
	case who.slots <- struct{}{}:
		return func() { <-who.slots; c.end(key, operations) }, nil
	case <-timeout.C:
	case <-ctx.Done():
	}
	c.end(key, operations)
	return nil, c.tooManyOperations(ctx)
}

func (c *callers) tooManyOperations(ctx context.Context) *gqlerror.Error {
	return busy(ctx, "You have too many operations under way. Wait for some of them to end.", c.clock.Now())
}

// busyFor is how long whoever finds a queue full is asked to wait.
const busyFor = time.Second

func busy(ctx context.Context, message string, now time.Time) *gqlerror.Error {
	return retryLater(ctx, refusal(string(apperr.RateLimited), message), now.Add(busyFor), now)
}

// stream begins a subscription, which ends with its context.
func (c *callers) stream(ctx context.Context, key string, next graphql.OperationHandler) graphql.ResponseHandler {
	if c.begin(key, streams) == nil {
		return singleResponse(refusal(string(apperr.RateLimited), "You follow too much at once. End some of your subscriptions."))
	}
	context.AfterFunc(ctx, func() { c.end(key, streams) })
	return next(ctx)
}
