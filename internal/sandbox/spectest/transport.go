// Package spectest checks requests and responses against Clio's public OpenAPI specification, for tests of the client and of the
// sandbox.
//
// The specification is shared/clio/openapi-subset.json next to the checkout; it isn't ours to copy into the
// repository. If it is absent, tests that use this package are skipped; in CI (the variable CI is set) they fail.
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

// apiPrefix is the prefix of the paths in the specification. Other paths (OAuth) aren't checked.
const apiPrefix = "/api/v4/"

// faultHeader marks the responses that the sandbox damaged on purpose (sandbox.FaultHeader).
const faultHeader = "X-Sandbox-Fault"

// Transport returns a round tripper that passes requests on to base (nil is http.DefaultTransport) and reports with t.Errorf each
// request and response that doesn't conform to Clio's specification: unknown paths, parameters and attributes, and wrong types,
// formats and enumeration values. It doesn't check responses that the sandbox damaged on purpose, nor 401, 403, 410, 429 and 5xx,
// whose bodies the specification doesn't describe.
//
// Without the specification it skips the test, or fails it in CI.
func Transport(t testing.TB, base http.RoundTripper) http.RoundTripper {
	t.Helper()
	_, err := locate()
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") == "" {
		t.Skipf("Clio's specification is absent: %v", err)
	}
	if err != nil {
		t.Fatalf("looking for Clio's specification: %v", err)
	}
	router, err := loadRouter()
	if err != nil {
		t.Fatalf("reading Clio's specification: %v", err)
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

// RoundTrip implements http.RoundTripper. Requests and responses are passed on even if they don't conform.
func (tr *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasPrefix(r.URL.Path, apiPrefix) {
		return tr.base.RoundTrip(r)
	}
	input, err := tr.checkRequest(r)
	if err != nil {
		tr.report("%s %s: %v", r.Method, r.URL.Path, err)
		return tr.base.RoundTrip(r)
	}
	response, err := tr.base.RoundTrip(r)
	if err != nil || response.Header.Get(faultHeader) != "" || skipsStatus(response.StatusCode) {
		return response, err
	}
	body, err := io.ReadAll(response.Body)
	if err == nil {
		err = response.Body.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("reading the response: %w", err)
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	for _, problem := range checkResponse(r.Context(), input, response, body) {
		tr.report("%s %s: response %d: %v", r.Method, r.URL.Path, response.StatusCode, problem)
	}
	return response, nil
}

// skipsStatus reports whether responses with this status aren't checked, because the specification doesn't describe them.
func skipsStatus(status int) bool {
	return slices.Contains([]int{401, 403, 410, 429}, status) || status >= 500
}

// checkRequest finds the operation and checks the request against it. The error is the first problem.
func (tr *transport) checkRequest(r *http.Request) (*openapi3filter.RequestValidationInput, error) {
	route, params, err := tr.router.FindRoute(r)
	if err != nil {
		return nil, fmt.Errorf("not in the specification: %w", err)
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
			return input, fmt.Errorf("the specification has no parameter %q here; Clio would ignore it", name)
		}
	}
	if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil {
		return input, fmt.Errorf("the request doesn't conform to the specification: %w", err)
	}
	return input, nil
}

// checkResponse checks a response against the operation, including the names of its attributes, which the library doesn't check.
func checkResponse(ctx context.Context, request *openapi3filter.RequestValidationInput, response *http.Response, body []byte) []error {
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: request, Status: response.StatusCode, Header: response.Header, Options: request.Options,
	}
	input.SetBodyBytes(body)
	var problems []error
	if err := openapi3filter.ValidateResponse(ctx, input); err != nil {
		problems = append(problems, err)
	}
	return append(problems, undeclaredAttributes(request.Route.Operation, response, body)...)
}
