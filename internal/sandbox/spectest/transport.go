// Package spectest holds requests and answers to Clio's public OpenAPI document, for tests of the client and of the sandbox.
//
// The document is shared/clio/openapi-subset.json beside the checkout; it isn't ours to copy into the repository. Where it
// is absent, tests that use this package skip and say so; in CI (the variable CI is set) they fail.
package spectest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// apiPrefix is where the document's paths begin. Whatever is not below it is no concern of the document: OAuth.
const apiPrefix = "/api/v4/"

// faultHeader marks the answers that the sandbox spoiled on purpose.
const faultHeader = "X-Sandbox-Fault"

// Transport returns a round tripper that passes requests on to base (nil is http.DefaultTransport) and reports, with
// t.Errorf, each request and each answer that Clio's document doesn't allow: paths, parameters that it doesn't have, types,
// formats, enumerations, and attributes that it doesn't have. Answers that the sandbox spoiled on purpose pass, and so do
// answers 401, 403, 410, 429 and 5xx, whose bodies the document doesn't describe or promise.
//
// Without the document it skips the test, or in CI fails it.
func Transport(t testing.TB, base http.RoundTripper) http.RoundTripper {
	t.Helper()
	_, err := locate()
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") == "" {
		t.Skipf("this is not held to Clio's document, which is absent: %v", err)
	}
	if err != nil {
		t.Fatalf("looking for Clio's document: %v", err)
	}
	router, err := document()
	if err != nil {
		t.Fatalf("reading Clio's document: %v", err)
	}
	if base == nil {
		base = http.DefaultTransport
	}
	return &transport{report: t.Errorf, base: base, router: router}
}

type transport struct {
	report func(format string, args ...any)
	base   http.RoundTripper
	router routers.Router
}

// RoundTrip implements http.RoundTripper. What the document doesn't allow is reported and passed on all the same.
func (tr *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasPrefix(r.URL.Path, apiPrefix) {
		return tr.base.RoundTrip(r)
	}
	input, err := tr.request(r)
	if err != nil {
		tr.report("%s %s: %v", r.Method, r.URL.Path, err)
		return tr.base.RoundTrip(r)
	}
	response, err := tr.base.RoundTrip(r)
	if err != nil || response.Header.Get(faultHeader) != "" || undescribed(response.StatusCode) {
		return response, err
	}
	body, err := io.ReadAll(response.Body)
	if err == nil {
		err = response.Body.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("reading the answer: %w", err)
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	for _, problem := range answerProblems(r.Context(), input, response, body) {
		tr.report("%s %s: answer %d: %v", r.Method, r.URL.Path, response.StatusCode, problem)
	}
	return response, nil
}

// undescribed tells whether the document says too little of such answers to hold them to it.
func undescribed(status int) bool {
	return slices.Contains([]int{401, 403, 410, 429}, status) || status >= 500
}

// request finds the operation and checks the request against it. The error is the first problem.
func (tr *transport) request(r *http.Request) (*openapi3filter.RequestValidationInput, error) {
	route, params, err := tr.router.FindRoute(r)
	if err != nil {
		return nil, fmt.Errorf("not in the document: %w", err)
	}
	input := &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true,
			MultiError:            true,
			SkipSettingDefaults:   true,
			AuthenticationFunc:    openapi3filter.NoopAuthenticationFunc,
		},
	}
	for name := range r.URL.Query() {
		if route.Operation.Parameters.GetByInAndName("query", name) == nil {
			return input, fmt.Errorf("the document has no parameter %q here; Clio would ignore it", name)
		}
	}
	if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil {
		return input, fmt.Errorf("the document doesn't allow the request: %w", err)
	}
	return input, nil
}

// answerProblems checks an answer against the operation, and its attributes by name, which the library doesn't.
func answerProblems(ctx context.Context, request *openapi3filter.RequestValidationInput, response *http.Response, body []byte) []error {
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: request, Status: response.StatusCode, Header: response.Header, Options: request.Options,
	}
	input.SetBodyBytes(body)
	var problems []error
	if err := openapi3filter.ValidateResponse(ctx, input); err != nil {
		problems = append(problems, err)
	}
	return append(problems, undeclared(request.Route.Operation, response, body)...)
}
