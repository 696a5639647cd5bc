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

// timeout is how long one answer may take. A click waits for Clio for 20 seconds at most (docs/rules.md#clicks).
const timeout = 30 * time.Second

// api is the server's GraphQL API as a page in a browser reaches it: JSON by POST, signed in by the cookie.
type api struct {
	server string
	http   *http.Client
}

// newAPI is an API to which nobody has signed in yet.
func newAPI(server string) (*api, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("making a cookie jar: %w", err)
	}
	return &api{server: server, http: &http.Client{Jar: jar, Timeout: timeout}}, nil
}

// variables are an operation's.
type variables map[string]any

// run carries out an operation and returns its data. Top-level errors are one error, with their codes.
func (a *api) run(ctx context.Context, document string, values variables) (json.RawMessage, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": values})
	if err != nil {
		return nil, fmt.Errorf("writing a query: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.server+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("writing a query: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Origin", a.server) // as browsers do
	response, err := a.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("asking the server: %w", err)
	}
	var answer struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	err = errors.Join(json.NewDecoder(response.Body).Decode(&answer), response.Body.Close())
	for _, each := range answer.Errors {
		err = errors.Join(err, fmt.Errorf("%s: %s", each.Extensions.Code, each.Message))
	}
	if err == nil && response.StatusCode != http.StatusOK {
		err = errors.New(response.Status)
	}
	if err != nil {
		return nil, fmt.Errorf("the server's answer: %w", err)
	}
	return answer.Data, nil
}

// ask carries out a query with one root field, which it names answer, and returns that field. A null one is an error.
func ask[T any](ctx context.Context, a *api, document string, values variables) (T, error) {
	var data struct{ Answer *T }
	raw, err := a.run(ctx, document, values)
	if err == nil {
		err = json.Unmarshal(raw, &data)
	}
	if err == nil && data.Answer == nil {
		err = errors.New("the answer is null")
	}
	if err != nil {
		return *new(T), err
	}
	return *data.Answer, nil
}

// mutate is ask for a mutation: it has to select userErrors { code message path }, and any of them is an error.
func mutate[T any](ctx context.Context, a *api, document string, values variables) (T, error) {
	raw, err := ask[json.RawMessage](ctx, a, document, values)
	if err != nil {
		return *new(T), err
	}
	var payload T
	var refused struct{ UserErrors userErrors }
	err = errors.Join(json.Unmarshal(raw, &payload), json.Unmarshal(raw, &refused))
	if err == nil {
		err = refused.UserErrors.problem()
	}
	return payload, err
}

// userErrors are what a mutation refuses.
type userErrors []struct {
	Code, Message string
	Path          []string
}

// problem is nil when nothing was refused.
func (u userErrors) problem() error {
	var all []error
	for _, each := range u {
		all = append(all, fmt.Errorf("%s at %s: %s", each.Code, strings.Join(each.Path, "."), each.Message))
	}
	return errors.Join(all...)
}
