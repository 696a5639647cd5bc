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

// clio calls the Clio sandbox: the approval page, as the user's browser does, and the control API, to change data in Clio.
type clio struct {
	address string
	http    *http.Client
}

// approve allows access on the page at the authorization's address, for the account that is preselected, and follows the
// redirects back. It returns the final address.
func (c *clio) approve(ctx context.Context, authorization string) (*url.URL, error) {
	page, err := url.Parse(authorization)
	if err != nil {
		return nil, fmt.Errorf("reading the address of Clio's page: %w", err)
	}
	form := page.Query() // the page's form has the same fields
	form.Set("decision", "allow")
	page.RawQuery = ""
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, page.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return nil, fmt.Errorf("submitting Clio's form: %w", err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "text/html")
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("submitting Clio's form: %w", err)
	}
	if err := checkResponse(response); err != nil {
		return nil, fmt.Errorf("returning from Clio: %w", err)
	}
	return response.Request.URL, nil
}

// sandboxRequest is a request to the sandbox's control API.
type sandboxRequest struct {
	method, path string // below /sandbox/
	body         any    // nil: no body
}

// change sends a request to the sandbox's control API.
func (c *clio) change(ctx context.Context, r sandboxRequest) error {
	var body io.Reader
	if r.body != nil {
		data, err := json.Marshal(r.body)
		if err != nil {
			return fmt.Errorf("encoding a change in Clio: %w", err)
		}
		body = bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(ctx, r.method, c.address+"/sandbox/"+r.path, body)
	if err != nil {
		return fmt.Errorf("changing data in Clio: %w", err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return fmt.Errorf("changing data in Clio: %w", err)
	}
	if err := checkResponse(response); err != nil {
		return fmt.Errorf("%s %s in Clio: %w", r.method, r.path, err)
	}
	return nil
}

// checkResponse reads and closes the body. If the status isn't a success, the error has the beginning of the body.
func checkResponse(response *http.Response) error {
	const maxBytes = 300
	text, err := io.ReadAll(io.LimitReader(response.Body, maxBytes))
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return fmt.Errorf("reading the response: %w", err)
	}
	if response.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("%s: %s", response.Status, text)
	}
	return nil
}
