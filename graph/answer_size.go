package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/graph/exec"
	"watchkeeper/internal/apperr"
)

// limitAnswer refuses a response that is too long: QUERY_TOO_COMPLEX. A mutation has been executed by then, which the message says.
func limitAnswer(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	if response == nil || len(response.Data) <= exec.MaxAnswer {
		return response
	}
	message := "The answer is too long. Ask for smaller pages, or for fewer fields."
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation {
		message = "The mutation was executed, but its answer is too long. Ask for what changed in a query of its own."
	}
	response.Data = nil
	response.Errors = gqlerror.List{refusal(string(apperr.QueryTooComplex), message)}
	return response
}
