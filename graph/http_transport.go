package graph

import (
	"encoding/json"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/graph/exec"
	"watchkeeper/internal/apperr"
)

// httpTransport answers POST and GET in one response of JSON, with the statuses of GraphQL over HTTP. gqlgen's own transports answer an
// operation that isn't executed with 422 and null for its data.
type httpTransport struct{}

var _ graphql.Transport = httpTransport{}

// Supports reports whether it is a request for a single response.
func (httpTransport) Supports(r *http.Request) bool { return !transportOf(r.Context()).streams }

// Do answers a request that was read before.
func (httpTransport) Do(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor) {
	ctx := r.Context()
	sent := transportOf(ctx)
	w.Header().Set("Content-Type", sent.mediaType)
	if bad := sent.problem; bad != nil {
		writeRefused(w, bad.status, executor.DispatchError(ctx, gqlerror.List{bad.Error}))
		return
	}
	operation, refused := executor.CreateOperationContext(ctx, sent.params)
	if len(refused) > 0 {
		status := refusedStatus(sent.method, sent.mediaType, operation.Operation, refused[0])
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", http.MethodPost)
		}
		writeRefused(w, status, executor.DispatchError(graphql.WithOperationContext(ctx, operation), refused))
		return
	}
	next, ctx := executor.DispatchOperation(ctx, operation)
	response := next(ctx)
	if response != nil && response.Data == nil && len(response.Errors) == 1 && isRateLimited(response.Errors[0]) {
		writeRefused(w, http.StatusTooManyRequests, response) // nothing was executed
		return
	}
	_ = writeResponse(w, response) // an error means that the client has disconnected
	if response != nil {
		exec.Reuse(response.Data)
	}
}

func isRateLimited(problem *gqlerror.Error) bool {
	return problem.Extensions[errorCode] == string(apperr.RateLimited)
}

// refusedStatus is the status of an operation that isn't executed for this reason. operation is nil where there is none.
func refusedStatus(method, mediaType string, operation *ast.OperationDefinition, reason *gqlerror.Error) int {
	switch {
	case isRateLimited(reason):
		return http.StatusTooManyRequests
	case method != http.MethodPost && operation != nil && operation.Operation == ast.Mutation:
		return http.StatusMethodNotAllowed
	case mediaType == responseType:
		return http.StatusBadRequest
	default: // clients of application/json read only what comes with a success
		return http.StatusOK
	}
}

// writeRefused writes a response without data: null would mean that the operation was executed.
func writeRefused(w http.ResponseWriter, status int, response *graphql.Response) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(struct { // an error means that the client has disconnected
		Errors     gqlerror.List  `json:"errors"`
		Extensions map[string]any `json:"extensions,omitempty"`
	}{response.Errors, response.Extensions})
}
