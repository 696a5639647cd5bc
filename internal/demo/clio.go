package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// clio is the demo's Clio: its approval page, as the user's browser sees it, and the control API of the sandbox, by which
// somebody at the firm changes what is in Clio.
type clio struct {
	address string
	http    *http.Client
}

// approve is the user who allows access on the page at the authorization's address, as the account that the page
// proposes, and follows the redirects back. It returns where the browser ends.
func (c *clio) approve(ctx context.Context, authorization string) (*url.URL, error) {
	page, err := url.Parse(authorization)
	if err != nil {
		return nil, fmt.Errorf("reading the address of Clio's page: %w", err)
	}
	form := page.Query() // the page's form repeats what it was asked
	form.Set("decision", "allow")
	page.RawQuery = ""
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, page.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return nil, fmt.Errorf("posting Clio's form: %w", err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "text/html")
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("posting Clio's form: %w", err)
	}
	if err := done(response); err != nil {
		return nil, fmt.Errorf("following Clio back: %w", err)
	}
	return response.Request.URL, nil
}

// deed is one request to the sandbox's control API.
type deed struct {
	method, path string // below /sandbox/
	patch        any    // nil: no body
}

// change does something in Clio.
func (c *clio) change(ctx context.Context, d deed) error {
	var body io.Reader
	if d.patch != nil {
		data, err := json.Marshal(d.patch)
		if err != nil {
			return fmt.Errorf("writing a change in Clio: %w", err)
		}
		body = bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(ctx, d.method, c.address+"/sandbox/"+d.path, body)
	if err != nil {
		return fmt.Errorf("changing something in Clio: %w", err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return fmt.Errorf("changing something in Clio: %w", err)
	}
	if err := done(response); err != nil {
		return fmt.Errorf("%s %s in Clio: %w", d.method, d.path, err)
	}
	return nil
}

// done reads an answer to its end; one that isn't a success is an error with what it says.
func done(response *http.Response) error {
	const enough = 300
	said, err := io.ReadAll(io.LimitReader(response.Body, enough))
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	if response.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("%s: %s", response.Status, said)
	}
	return nil
}
