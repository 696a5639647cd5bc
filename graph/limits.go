package graph

import (
	"context"
	"net/http"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/graph/cost"
	"watchkeeper/graph/exec"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/page"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

const (
	// maxComplexity is how much one operation may cost: one for every field, and for those of a list once per item of a page. A
	// full page of watches with the default page of each one's history fits.
	maxComplexity = 100_000
	// clioCost is the cost of a field that asks Clio, and passwordCost of one that hashes a password: one operation must not use
	// up the firm's requests to Clio, nor the server's memory.
	clioCost     = 5_000
	passwordCost = 10_000
	// countCost is the cost of counting a list, and of searching one: the database looks at all of it.
	countCost = 1_000
)

// costs sets the cost of lists, by the size of their pages, and of expensive fields. Other fields cost one.
func costs(c *exec.ComplexityRoot) {
	costsOfLists(c)
	c.Query.ClioMatters = func(child int, first *int, _ *string, _ *syncer.ClioMatterFilter) int {
		return clioCost + child*sizeOf(first, nil)
	}
	c.Query.CaseTypeMappings = func(child int) int { return clioCost + child }
	c.Query.Node = func(child int, id string) int { return costOfNodes(child, id) }
	c.Query.Nodes = func(child int, ids []string) int { return costOfNodes(child, ids[:min(len(ids), maxNodes)]...) }
	costsOfPeople(c)
	c.Mutation.SyncWatch = func(child int, _ string, _ bool) int { return clioCost + child }
	c.Mutation.UndoSyncRun = func(child int, _ string, watchID *string, _ []watch.SyncedField, _ bool) int {
		if watchID != nil {
			return 1 + child*len(watch.SyncedFields)
		}
		return 1 + child*syncer.BatchSize
	}
	c.Mutation.ResolveSyncConflicts = func(child int, ids []string, _ watch.ConflictChoice) int {
		return 1 + child*min(len(ids), watch.MaxResolve)
	}
	c.Mutation.ImportMatters = func(child int, matterIDs []string) int { return clioCost + child*min(len(matterIDs), syncer.MaxImport) }
	c.Mutation.SetCaseTypeMapping = func(child int, _ string, _ *watch.CaseType) int { return clioCost + child }
}

func costsOfLists(c *exec.ComplexityRoot) {
	c.Query.Watches = func(child int, first *int, _ *string, last *int, _ *string, filter *watch.WatchFilter, _ *watch.WatchOrder) int {
		if filter != nil && filter.Search != nil {
			return countCost + child*sizeOf(first, last)
		}
		return 1 + child*sizeOf(first, last)
	}
	c.Query.WatchFacets = func(child int) int { return countCost + child }
	c.WatchFacets.AssignedTo = func(child int) int { return 1 + child*watch.MaxFacets }
	c.WatchFacets.Tags = func(child int) int { return 1 + child*watch.MaxFacets }
	c.Query.SyncRuns = func(child int, first *int, _ *string, last *int, _ *string, _ *syncer.SyncRunFilter) int {
		return 1 + child*sizeOf(first, last)
	}
	c.Query.SyncConflicts = func(child int, first *int, _ *string, last *int, _, _ *string) int {
		return 1 + child*sizeOf(first, last)
	}
	c.Watch.Conflicts = func(child int) int { return 1 + child*len(watch.SyncedFields) }
	c.Watch.History = func(child int, first *int, _ *string, last *int, _ *string, _ []watch.WatchField) int {
		return 1 + child*sizeOf(first, last)
	}
	c.SyncRun.Results = func(
		child int, first *int, _ *string, last *int, _ *string, _ []syncer.SyncOutcome, _ []merge.FieldDecision, _ *bool,
	) int {
		return 1 + child*sizeOf(first, last)
	}
}

// sizeOf is the size of a list's page. first has its default where last is given.
func sizeOf(first, last *int) int {
	size := page.DefaultFirst
	if last != nil {
		size = *last
	} else if first != nil {
		size = *first
	}
	return min(max(size, 1), page.MaxFirst) // the field itself refuses a size out of range
}

// costOfNodes is the cost of finding objects by their ids: those of each kind that is Clio's are asked for once.
func costOfNodes(child int, ids ...string) int {
	cost, asked := 1+child*len(ids), map[ident.Kind]bool{}
	for _, id := range ids {
		kind, _ := ident.KindOf(id)
		if (kind == ident.ClioMatter || kind == ident.CaseTypeMapping) && !asked[kind] {
			asked[kind] = true
			cost += clioCost
		}
	}
	return cost
}

// limits refuses operations that are too complex, or sent in a way that doesn't suit them.
type limits struct {
	counter   *cost.Counter
	documents *documentCache // what has been checked already
	budgets   *budgets
	trusted   *TrustedDocuments
	// hidesSchema refuses introspection.
	hidesSchema bool
}

var _ interface {
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
	graphql.HandlerExtension
} = &limits{}

// ExtensionName names the extension in gqlgen's errors.
func (*limits) ExtensionName() string {
	return "Limits"
}

// Validate prepares for the schema, whose costs are counted.
func (l *limits) Validate(schema graphql.ExecutableSchema) error {
	l.counter = cost.NewCounter(schema, maxComplexity, map[string]int{
		"WatchConnection.totalCount": countCost, "SyncConflictConnection.totalCount": countCost,
	})
	return nil
}

// MutateOperationContext refuses an operation before it is executed: what unsuited says, QUERY_TOO_COMPLEX, FORBIDDEN for introspection where
// the schema is hidden, or RATE_LIMITED.
func (l *limits) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	if problem := unsuited(ctx, operation); problem != nil {
		return problem
	}
	cost := l.counter.Of(ctx, operation.Operation, operation.Variables)
	if cost > maxComplexity {
		return refusal(string(apperr.QueryTooComplex), "The operation asks for too much at once. Split it up, or ask for smaller pages.")
	}
	if l.hidesSchema && selects(operation.Operation, isIntrospection) {
		return refusal(string(apperr.Forbidden), "This server doesn't show its schema.")
	}
	return l.budgets.charge(ctx, operation, cost)
}

// unsuited is GRAPHQL_VALIDATION_FAILED for a mutation by GET, for a subscription over a transport that has only one response, and for one
// of several fields or none.
func unsuited(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	sent, kind := transportOf(ctx), operation.Operation.Operation
	if kind == ast.Mutation && sent.method != http.MethodPost {
		return refusal(errcode.ValidationFailed, "A mutation has to be sent by POST.")
	}
	if kind == ast.Subscription && !sent.streams {
		return refusal(errcode.ValidationFailed,
			"A subscription has to be sent over a WebSocket, or by POST with Accept: text/event-stream.")
	}
	if kind == ast.Subscription && len(graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Subscription"})) != 1 {
		return refusal(errcode.ValidationFailed, "A subscription must have exactly one field at its root.")
	}
	return nil
}

// registerCodes makes our refusals errors of the operation over a WebSocket, as those of validation are. gqlgen keeps them in a map of its
// own, for all handlers.
var registerCodes = sync.OnceFunc(func() {
	for _, code := range []apperr.Code{apperr.QueryTooComplex, apperr.RateLimited} {
		errcode.RegisterErrorType(string(code), errcode.KindProtocol)
	}
})

func refusal(code, message string) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Extensions: map[string]any{errorCode: code}}
}
