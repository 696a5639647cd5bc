package graph

import (
	"context"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/internal/apperr"
)

// maxAnswer is how many bytes of text one response has at most. A page of watches whose internal notes are as long as they may be fits.
const maxAnswer = 8 << 20

type answerSizeKey struct{}

// limitAnswer refuses a response whose texts are too long together: QUERY_TOO_COMPLEX. limitText counts them. A mutation has been carried
// out by then, which the message says.
func limitAnswer(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	size := &atomic.Int64{}
	response := next(context.WithValue(ctx, answerSizeKey{}, size))
	if response != nil && size.Load() > maxAnswer {
		response.Data = nil
		message := "The answer is too long. Ask for smaller pages, or for fewer fields."
		if graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation {
			message = "The mutation was carried out, but its answer is too long. Ask for what changed in a query of its own."
		}
		response.Errors = gqlerror.List{refusal(string(apperr.QueryTooComplex), message)}
	}
	return response
}

// limitText counts a field's text, and leaves it out once the response is too long: it is going to be refused.
func limitText(ctx context.Context, next graphql.Resolver) (any, error) {
	value, err := next(ctx)
	var length int
	switch text := value.(type) {
	case string:
		length = len(text)
	case *string:
		if text != nil {
			length = len(*text)
		}
	case []string:
		for _, item := range text {
			length += len(item)
		}
	}
	size, limited := ctx.Value(answerSizeKey{}).(*atomic.Int64)
	if length == 0 || !limited || size.Add(int64(length)) <= maxAnswer {
		return value, err
	}
	return withoutText(value), err
}

func withoutText(value any) any {
	switch value.(type) {
	case *string:
		return new(string)
	case []string:
		return []string{}
	default:
		return ""
	}
}
