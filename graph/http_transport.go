package graph

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
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
func (httpTransport) Supports(r *http.Request) bool {
	if r.Header.Get("Upgrade") != "" {
		return false
	}
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return r.Method == http.MethodGet || (r.Method == http.MethodPost && err == nil && mediaType == jsonType)
}

// Do answers a request, whose Accept header has been negotiated.
func (httpTransport) Do(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor) {
	ctx, mediaType := r.Context(), jsonType
	if r.Header.Get("Accept") == responseType {
		mediaType = responseType
	}
	w.Header().Set("Content-Type", mediaType)
	sent, err := readParams(r)
	if err != nil {
		problem := refusal(errcode.ParseFailed, err.Error())
		writeRefused(w, http.StatusBadRequest, executor.DispatchError(ctx, gqlerror.List{problem}))
		return
	}
	operation, refused := executor.CreateOperationContext(ctx, sent)
	if len(refused) > 0 {
		status := refusedStatus(r.Method, mediaType, operation.Operation, refused[0])
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
	case method == http.MethodGet && operation != nil && operation.Operation == ast.Mutation:
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

// readParams reads an operation from the body of a POST, or from the address of a GET. Its errors are for the caller.
func readParams(r *http.Request) (*graphql.RawParams, error) {
	started := graphql.Now()
	var request httpParams
	var err error
	if r.Method == http.MethodGet {
		err = decodeQuery(r.URL.Query(), &request)
	} else {
		err = decode(r.Body, &request)
	}
	if err != nil {
		return nil, errors.New("The request is not a valid GraphQL request in JSON.") //nolint:staticcheck // for people
	}
	sent := request.params()
	sent.Headers, sent.ReadTime = r.Header, graphql.TraceTiming{Start: started, End: graphql.Now()}
	if _, named := documentID(sent.Extensions); !named && strings.TrimSpace(sent.Query) == "" {
		return nil, errors.New("The request has no query.") //nolint:staticcheck // for people
	}
	return sent, nil
}

// httpParams are the parameters of a request, one of which gqlgen doesn't know.
type httpParams struct {
	graphql.RawParams
	DocumentID string `json:"documentId"`
}

// params returns gqlgen's parameters, with the other one as an extension.
func (p *httpParams) params() *graphql.RawParams {
	if p.DocumentID != "" {
		if p.Extensions == nil {
			p.Extensions = map[string]any{}
		}
		p.Extensions[documentIDExtension] = p.DocumentID
	}
	return &p.RawParams
}

func decodeQuery(query url.Values, into *httpParams) error {
	into.Query, into.OperationName, into.DocumentID = query.Get("query"), query.Get("operationName"), query.Get("documentId")
	for name, target := range map[string]*map[string]any{"variables": &into.Variables, "extensions": &into.Extensions} {
		if text := query.Get(name); text != "" {
			if err := decode(strings.NewReader(text), target); err != nil {
				return err
			}
		}
	}
	return nil
}

// decode reads JSON. Numbers stay text: an Int must not become a float.
func decode(text io.Reader, into any) error {
	decoder := json.NewDecoder(text)
	decoder.UseNumber()
	return decoder.Decode(into)
}
