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
	// versions). Without it Clio would choose, and could change the meaning of an answer.
	apiVersion = "4.0.13"
	// requestTimeout is how long one request to Clio may take (docs/rules.md#clicks).
	requestTimeout = 10 * time.Second
	// maxAnswer bounds an answer: 200 records have well under a megabyte.
	maxAnswer = 16 << 20
)

// client makes single requests to Clio, each of them once.
type client struct {
	base  string
	http  *http.Client
	clock clockwork.Clock
}

// reader reads resources of the API with somebody's access.
type reader interface {
	// get reads a resource, such as "matters.json", into the value.
	get(ctx context.Context, resource string, query url.Values, into any) error
}

// bearer reads with one access token, just as it is.
type bearer struct {
	client *client
	token  string
	// heard is told what each answer says of the limit; it may be nil.
	heard func(http.Header)
}

// newClient never follows a redirect: a token that went along would be shown to another host.
func newClient(base string, transport http.RoundTripper, clock clockwork.Clock) *client {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client{base: base, clock: clock, http: &http.Client{Transport: transport, CheckRedirect: stay}}
}

// get reads a resource. The error is a statusError, noAnswerError or unreadableError.
func (b bearer) get(ctx context.Context, resource string, query url.Values, into any) error {
	address := b.client.base + "/api/v4/" + resource + "?" + query.Encode()
	body, header, err := b.client.do(ctx, http.MethodGet, address, b.token, nil)
	if b.heard != nil && header != nil {
		b.heard(header)
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return &unreadableError{fmt.Errorf("reading %s: %w", resource, err)}
	}
	return nil
}

// deauthorize asks Clio to end what the access token allows.
func (c *client) deauthorize(ctx context.Context, token string) error {
	form := strings.NewReader(url.Values{"token": {token}}.Encode())
	_, _, err := c.do(ctx, http.MethodPost, c.base+"/oauth/deauthorize", token, form)
	return err
}

// do sends one request and returns the body of a successful answer, and the headers of any.
func (c *client) do(ctx context.Context, method, address, token string, form io.Reader) ([]byte, http.Header, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, address, form)
	if err != nil {
		return nil, nil, errors.New("making a request to Clio: its address is not a valid one")
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("X-API-VERSION", apiVersion)
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, nil, &noAnswerError{withoutAddress(err)}
	}
	defer func() { _ = response.Body.Close() }() // what counts has been read
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case response.StatusCode < 200 || response.StatusCode > 299:
		return nil, response.Header, refusal(response, body, c.clock.Now())
	case err != nil:
		return nil, nil, &noAnswerError{withoutAddress(err)}
	case len(body) > maxAnswer:
		return nil, nil, &unreadableError{fmt.Errorf("more than %d bytes", maxAnswer)}
	}
	return body, response.Header, nil
}

// withoutAddress takes the address out of a transport's error: it may hold what somebody searched for.
func withoutAddress(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
