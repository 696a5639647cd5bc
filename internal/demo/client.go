package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"
)

// requestTimeout bounds a request. A click waits for Clio for at most 20 seconds (docs/rules.md#clicks).
const requestTimeout = 30 * time.Second

// api calls the server's GraphQL API as a page in a browser does: JSON by POST, signed in with the cookie.
type api struct {
	server string
	http   *http.Client
}

// newAPI returns an API that is signed out.
func newAPI(server string) (*api, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("making a cookie jar: %w", err)
	}
	return &api{server: server, http: &http.Client{Jar: jar, Timeout: requestTimeout}}, nil
}

// variables are the variables of an operation.
type variables map[string]any

// execute runs an operation and returns its data. All top-level errors are joined to one error, with their codes.
func (a *api) execute(ctx context.Context, document string, values variables) (json.RawMessage, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": values})
	if err != nil {
		return nil, fmt.Errorf("building a request: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.server+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("building a request: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Origin", a.server) // as browsers do
	response, err := a.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("sending a request to the server: %w", err)
	}
	var result struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	err = errors.Join(json.NewDecoder(response.Body).Decode(&result), response.Body.Close())
	for _, e := range result.Errors {
		err = errors.Join(err, fmt.Errorf("%s: %s", e.Extensions.Code, e.Message))
	}
	if err == nil && response.StatusCode != http.StatusOK {
		err = errors.New(response.Status)
	}
	if err != nil {
		return nil, fmt.Errorf("the server's response: %w", err)
	}
	return result.Data, nil
}

// queryField runs an operation with one root field, aliased answer, and returns that field. null is an error.
func queryField[T any](ctx context.Context, a *api, document string, values variables) (T, error) {
	var data struct{ Answer *T }
	raw, err := a.execute(ctx, document, values)
	if err == nil {
		err = json.Unmarshal(raw, &data)
	}
	if err == nil && data.Answer == nil {
		err = errors.New("the field is null")
	}
	if err != nil {
		return *new(T), err
	}
	return *data.Answer, nil
}

// mutate is queryField for a mutation, which has to select userErrors { code message path }. User errors are returned as an error.
func mutate[T any](ctx context.Context, a *api, document string, values variables) (T, error) {
	raw, err := queryField[json.RawMessage](ctx, a, document, values)
	if err != nil {
		return *new(T), err
	}
	var payload T
	var result struct{ UserErrors userErrors }
	err = errors.Join(json.Unmarshal(raw, &payload), json.Unmarshal(raw, &result))
	if err == nil {
		err = result.UserErrors.err()
	}
	return payload, err
}

// userErrors are the userErrors of a mutation.
type userErrors []struct {
	Code, Message string
	Path          []string
}

// err returns the errors joined, or nil if there are none.
func (u userErrors) err() error {
	var all []error
	for _, each := range u {
		all = append(all, fmt.Errorf("%s at %s: %s", each.Code, strings.Join(each.Path, "."), each.Message))
	}
	return errors.Join(all...)
}
