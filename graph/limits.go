package graph

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/complexity"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/graph/exec"
	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/page"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

const (
	// maxComplexity is how much one operation may ask for: every field costs one, those of a list once for each item of a
	// page. Two full pages with everything nested fit.
	maxComplexity = 20_000
	// maxTokens is how long a document may be, in words and signs.
	maxTokens = 10_000
	// clioCost is what a field costs that asks Clio, and passwordCost one that hashes a password: one operation must not
	// use up the firm's requests to Clio, nor the server's memory.
	clioCost     = 1000
	passwordCost = 2000
)

// costs makes lists cost what their pages may hold, and dear fields dear.
func costs(c *exec.ComplexityRoot) {
	c.Query.Watches = func(child int, first *int, _ *string, _ *watch.WatchFilter, _ *watch.WatchOrder) int {
		return 1 + child*sizeOf(first)
	}
	c.Query.ClioMatters = func(child int, first *int, _ *string, _ *syncer.ClioMatterFilter) int {
		return clioCost + child*sizeOf(first)
	}
	c.Query.CaseTypeMappings = func(child int) int { return clioCost + child }
	c.Query.Node = func(child int, id string) int {
		if kind, _ := ident.KindOf(id); kind == ident.ClioMatter || kind == ident.CaseTypeMapping {
			return clioCost + child
		}
		return 1 + child
	}
	c.Mutation.SignUp = func(child int, _ account.SignUpInput) int { return passwordCost + child }
	c.Mutation.SignIn = func(child int, _ account.SignInInput) int { return passwordCost + child }
	c.Mutation.SyncWatch = func(child int, _ string, _ bool) int { return clioCost + child }
	c.Mutation.ImportMatters = func(child int, matterIDs []string) int { return clioCost + child*min(len(matterIDs), 100) }
	c.Mutation.SetCaseTypeMapping = func(child int, _ string, _ *watch.CaseType) int { return clioCost + child }
}

func sizeOf(first *int) int {
	if first == nil {
		return page.DefaultFirst
	}
	return min(max(*first, 1), 100) // what is out of range is refused by its own field
}

// limits refuses what is too complex, and what would change something by GET.
type limits struct {
	schema graphql.ExecutableSchema
}

var _ interface {
	graphql.OperationContextMutator
	graphql.HandlerExtension
} = &limits{}

// ExtensionName is gqlgen's name for the extension.
func (*limits) ExtensionName() string {
	return "Limits"
}

// Validate takes the schema to count by.
func (l *limits) Validate(schema graphql.ExecutableSchema) error {
	l.schema = schema
	return nil
}

// MutateOperationContext refuses an operation before it is carried out: QUERY_TOO_COMPLEX, or GRAPHQL_VALIDATION_FAILED
// for a mutation by GET.
func (l *limits) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	if method(ctx) == http.MethodGet && operation.Operation.Operation == ast.Mutation {
		return refusal(errcode.ValidationFailed, "A mutation has to be sent by POST.")
	}
	if complexity.Calculate(ctx, l.schema, operation.Operation, operation.Variables) > maxComplexity {
		return refusal(string(apperr.QueryTooComplex), "The operation asks for too much at once; split it up, or ask for smaller pages.")
	}
	return nil
}

func refusal(code, message string) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Extensions: map[string]any{errorCode: code}}
}

type methodKey struct{}

// withMethod remembers by which method an operation came.
func withMethod(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), methodKey{}, r.Method)))
	})
}

func method(ctx context.Context) string {
	name, _ := ctx.Value(methodKey{}).(string)
	return name
}
