package graph

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jonboulle/clockwork"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/internal/apperr"
)

// The names in a top-level error's extensions.
const (
	errorCode = "code"
	// errorRequestID is the request's id, as in the log and in the header X-Request-Id, for people who ask for help.
	errorRequestID = "requestId"
)

// userErrors splits an error: the problems that a caller can put right, for the payload, or else the top-level error.
func userErrors(err error) ([]apperr.Error, error) {
	problems := apperr.From(err)
	if err != nil && problems == nil {
		return nil, err
	}
	listed := make([]apperr.Error, len(problems))
	for i, problem := range problems {
		if !problem.Code.IsUserError() {
			return nil, err
		}
		listed[i] = *problem
	}
	return listed, nil
}

// presenter decides what a caller sees of a top-level error: our own problems with their code, and what GraphQL itself refuses
// unchanged. Anything else is logged, and the caller sees only that something failed: INTERNAL.
func presenter(clock clockwork.Clock, log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		shown := graphql.DefaultErrorPresenter(ctx, err)
		if problems := apperr.From(err); len(problems) > 0 {
			return present(ctx, shown, problems, clock)
		}
		if code, ok := shown.Extensions[errorCode].(string); ok && code != "" && shown.Err == nil {
			return shown
		}
		if errors.Is(err, context.Canceled) {
			return withCode(shown, string(apperr.Internal), "The request was canceled.")
		}
		log.ErrorContext(ctx, "the API failed", "path", shown.Path.String(), "error", err)
		return withCode(shown, string(apperr.Internal), "Something failed on the server. It has been logged.")
	}
}

func present(ctx context.Context, shown *gqlerror.Error, problems apperr.Errors, clock clockwork.Clock) *gqlerror.Error {
	messages := make([]string, len(problems))
	for i, problem := range problems {
		messages[i] = problem.Message
	}
	code := problems[0].Code
	if code == apperr.ClioNotConfigured {
		code = apperr.ClioNotConnected // the contract has one code for both where a query reads Clio
	}
	shown = withCode(shown, string(code), strings.Join(messages, " "))
	if problems[0].Path != nil {
		shown.Extensions["argument"] = problems[0].Path
	}
	switch at := problems[0].RetryAt; {
	case at == nil:
	case code == apperr.RateLimited:
		return retryLater(ctx, shown, *at, clock.Now())
	default:
		shown.Extensions["retryAt"] = at.UTC().Format(time.RFC3339)
	}
	return shown
}

func withCode(shown *gqlerror.Error, code, message string) *gqlerror.Error {
	return &gqlerror.Error{
		Message: message, Path: shown.Path, Locations: shown.Locations, Extensions: map[string]any{errorCode: code},
	}
}

// recovered logs a panic and makes an error of it, which the presenter shows as INTERNAL.
func recovered(log *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, panicked any) error {
		log.ErrorContext(ctx, "the API panicked", "panic", panicked, "stack", string(debug.Stack()))
		return errors.New("a panic was recovered")
	}
}

// maxErrors is how many top-level errors a response has at most: more of them help nobody.
const maxErrors = 20

func limitErrors(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	if response != nil && len(response.Errors) > maxErrors {
		response.Errors = response.Errors[:maxErrors]
	}
	return response
}
