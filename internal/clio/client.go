package clio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jonboulle/clockwork"
)

const (
	// apiVersion is the minor version of Clio's API that this package was written for (Clio's documentation: minor
	// versions). Without it Clio chooses a version, and a response could change its meaning.
	apiVersion = "4.0.13"
	// requestTimeout bounds one request to Clio (docs/rules.md#clicks).
	requestTimeout = 10 * time.Second
	// maxResponseBytes bounds a response: 200 records take well under a megabyte.
	maxResponseBytes = 16 << 20
)

// client sends requests to Clio. It doesn't retry.
type client struct {
	baseURL string
	http    *http.Client
	clock   clockwork.Clock
}

// getter reads resources of Clio's API with a firm's access.
type getter interface {
	// get decodes a resource, such as "matters.json", into the value.
	get(ctx context.Context, resource string, query url.Values, into any) error
}

// tokenClient is a getter with one access token, which it doesn't refresh.
type tokenClient struct {
	client *client
	token  string
	// onHeaders is called with the headers of each response; it may be nil.
	onHeaders func(http.Header)
}

// newClient returns a client that follows no redirects: they would carry the token to another host.
func newClient(base string, transport http.RoundTripper, clock clockwork.Clock) *client {
	noRedirect := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client{baseURL: base, clock: clock, http: &http.Client{Transport: transport, CheckRedirect: noRedirect}}
}

// get returns a statusError, noResponseError or invalidResponseError on failure.
func (t tokenClient) get(ctx context.Context, resource string, query url.Values, into any) error {
	address := t.client.baseURL + "/api/v4/" + resource + "?" + query.Encode()
	body, header, err := t.client.do(ctx, http.MethodGet, address, t.token, nil)
	if t.onHeaders != nil && header != nil {
		t.onHeaders(header)
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return &invalidResponseError{fmt.Errorf("reading %s: %w", resource, err)}
	}
	return nil
}

// deauthorize asks Clio to revoke the access token.
func (c *client) deauthorize(ctx context.Context, token string) error {
	form := strings.NewReader(url.Values{"token": {token}}.Encode())
	_, _, err := c.do(ctx, http.MethodPost, c.baseURL+"/oauth/deauthorize", token, form)
	return err
}

// do sends one request. It returns the body of a 2xx response, and the headers of any response.
func (c *client) do(ctx context.Context, method, address, token string, form io.Reader) ([]byte, http.Header, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, address, form)
	if err != nil {
		return nil, nil, errors.New("building a request to Clio: the address is not valid")
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("X-API-VERSION", apiVersion)
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, nil, &noResponseError{stripURL(err)}
	}
	defer func() { _ = response.Body.Close() }() // the body has been read
	body, err := io.ReadAll(io.LimitReader(response.Body, maxResponseBytes+1))
	switch {
	case response.StatusCode < 200 || response.StatusCode > 299:
		return nil, response.Header, newStatusError(response, body, c.clock.Now())
	case err != nil:
		return nil, nil, &noResponseError{stripURL(err)}
	case len(body) > maxResponseBytes:
		return nil, nil, &invalidResponseError{fmt.Errorf("more than %d bytes", maxResponseBytes)}
	}
	return body, response.Header, nil
}

// stripURL removes the address from a transport error: it may contain what a user searched for.
func stripURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
