package graph

import (
	"context"
	"errors"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
)

// aroundOperations makes sure that nothing outlasts the viewer's session or API token. A WebSocket may have been opened long before the operation:
// once the session has ended, the operation runs as nobody's. A subscription that is running then ends with UNAUTHENTICATED.
func (r *Resolver) aroundOperations(log *slog.Logger) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		who := account.ViewerFrom(ctx)
		if who == nil {
			return next(ctx)
		}
		if transportOf(ctx).socket {
			var err error
			if who, err = nullIfAbsent(r.AccountService.Renew(ctx, who)); err != nil {
				log.ErrorContext(ctx, "finding out who is asking", "error", err)
				return singleResponse(refusal(string(apperr.Internal), unknownViewer))
			}
			ctx = account.WithViewer(ctx, who)
		}
		if who == nil || graphql.GetOperationContext(ctx).Operation.Operation != ast.Subscription {
			return next(ctx)
		}
		ctx = r.AccountService.WhileSignedIn(ctx, who)
		return untilSignedOut(ctx, who, next(ctx))
	}
}

// untilSignedOut passes responses on until the viewer's session or API token ends; the last response then says so.
func untilSignedOut(ctx context.Context, who *account.Viewer, responses graphql.ResponseHandler) graphql.ResponseHandler {
	var last graphql.ResponseHandler
	return func(each context.Context) *graphql.Response {
		if last != nil {
			return last(each)
		}
		response := responses(each)
		if errors.Is(context.Cause(ctx), account.ErrSessionEnded) { // which may have cut the response short
			message := "The session has ended. Sign in again."
			if who.Token != nil {
				message = "The API token has ended."
			}
			last = singleResponse(refusal(string(apperr.Unauthenticated), message))
			return last(each)
		}
		return response
	}
}

// singleResponse responds once, with a top-level error.
func singleResponse(problem *gqlerror.Error) graphql.ResponseHandler {
	return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{problem}})
}
