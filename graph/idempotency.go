package graph

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/idempotency"
)

// idempotencyKey is the header by which a client says that a mutation it sends is one that it may have sent before.
const idempotencyKey = "Idempotency-Key"

// idempotent carries mutations with an Idempotency-Key out once: the same key, operation and variables of one caller get the first
// answer again. Such a mutation is executed to its end, also when its client has disconnected.
type idempotent struct {
	requests *idempotency.Service
	outlive  func(context.Context) (context.Context, context.CancelFunc)
	log      *slog.Logger
}

// keptAnswer is what is kept of a response. What it cost is told anew.
type keptAnswer struct {
	Data   json.RawMessage `json:"data"`
	Errors gqlerror.List   `json:"errors,omitempty"`
}

type executedKey struct{}

// setExecuted records that a mutation was executed, whatever became of its payload: its first answer is kept.
func setExecuted(ctx context.Context) {
	if executed, ok := ctx.Value(executedKey{}).(*atomic.Bool); ok {
		executed.Store(true)
	}
}

func (i *idempotent) aroundResponses(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	request, ok, err := idempotentRequest(ctx)
	if err != nil {
		return refused(ctx, err)
	}
	if !ok {
		return next(ctx)
	}
	longer, cancel := i.outlive(ctx)
	defer cancel()
	longer, timeout := context.WithTimeout(longer, idempotency.ExecuteTimeout)
	defer timeout()
	executed := &atomic.Bool{}
	var response *graphql.Response
	text, replayed, err := i.requests.Do(ctx, request, func() idempotency.Answer {
		response = next(context.WithValue(longer, executedKey{}, executed))
		text, _ := json.Marshal(keptAnswer{Data: response.Data, Errors: response.Errors}) // it is encoded again for the client
		return idempotency.Answer{Text: text, Executed: executed.Load()}
	})
	switch notKept := (*idempotency.NotKeptError)(nil); {
	case errors.As(err, &notKept):
		i.log.ErrorContext(ctx, "an answer could not be kept", "error", err)
		return response
	case err != nil:
		return refused(ctx, err)
	case !replayed:
		return response
	}
	return replay(ctx, text)
}

// replay responds with a kept answer.
func replay(ctx context.Context, text []byte) *graphql.Response {
	var kept keptAnswer
	if err := json.Unmarshal(text, &kept); err != nil {
		return refused(ctx, fmt.Errorf("reading a kept answer: %w", err))
	}
	graphql.RegisterExtension(ctx, "replayed", true)
	return &graphql.Response{Data: kept.Data, Errors: kept.Errors, Extensions: graphql.GetExtensions(ctx)}
}

// refused responds with an error, without having executed anything.
func refused(ctx context.Context, err error) *graphql.Response {
	graphql.AddError(ctx, err)
	return &graphql.Response{Errors: graphql.GetErrors(ctx), Extensions: graphql.GetExtensions(ctx)}
}

// idempotentRequest returns the request that ctx's operation is; false for one without a key, or whose key has no effect. BAD_USER_INPUT for
// a key that isn't valid.
func idempotentRequest(ctx context.Context) (request idempotency.Request, ok bool, err error) {
	if !graphql.HasOperationContext(ctx) || transportOf(ctx).socket { // a WebSocket's headers are its opening's
		return request, false, nil
	}
	operation, who := graphql.GetOperationContext(ctx), account.ViewerFrom(ctx)
	keys := operation.Headers.Values(idempotencyKey)
	if len(keys) == 0 || who == nil || !isRepeatable(operation) {
		return request, false, nil
	}
	if len(keys) > 1 || !isKey(keys[0]) {
		return request, false, apperr.New(apperr.BadUserInput, "Idempotency-Key must be one text of 1 to 255 visible ASCII characters.")
	}
	asked, err := json.Marshal([]any{operation.OperationName, operation.RawQuery, operation.Variables})
	if err != nil {
		return request, false, fmt.Errorf("reading the variables of an operation: %w", err)
	}
	caller := who.User.ID
	if who.Token != nil {
		caller = who.Token.ID // which may be allowed less than the user
	}
	return idempotency.Request{
		FirmID: who.Firm.ID, Caller: caller, KeyHash: sha256.Sum256([]byte(keys[0])), Fingerprint: sha256.Sum256(asked),
	}, true, nil
}

// neverKept are mutations whose answers have what is shown once, or belong to a cookie; and changePassword, of which a fingerprint would be a
// hash of passwords that is quick to guess.
var neverKept = map[string]bool{
	"connectClio": true, "createApiToken": true, "inviteMember": true, "createPasswordReset": true, "changePassword": true,
}

// isRepeatable reports whether an operation is a mutation whose answer can be given again: the viewer's alone, and none of neverKept.
func isRepeatable(operation *graphql.OperationContext) bool {
	if operation.Operation == nil || operation.Operation.Operation != ast.Mutation {
		return false
	}
	for _, field := range graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Mutation"}) {
		if field.Definition.Directives.ForName("auth") == nil || neverKept[field.Name] {
			return false
		}
	}
	return true
}

func isKey(text string) bool {
	return text != "" && len(text) <= idempotency.MaxKey && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}
