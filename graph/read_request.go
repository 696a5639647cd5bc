package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"watchkeeper/internal/apperr"
)

// maxBodyBytes is the maximum length of a request body. A query and its variables are much shorter.
const maxBodyBytes = 1 << 20

// badRequest is why a request has no operation, and the response's status.
type badRequest struct {
	status int
	*gqlerror.Error
}

// readRequest reads an operation from the body of a POST, or else from the address.
func readRequest(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *badRequest) {
	started := graphql.Now()
	var sent httpParams
	var problem *badRequest
	if r.Method == http.MethodPost {
		problem = sent.readBody(w, r)
	} else {
		problem = sent.readQuery(r.URL.Query())
	}
	if problem != nil {
		return nil, problem
	}
	params := sent.params()
	params.Headers, params.ReadTime = r.Header, graphql.TraceTiming{Start: started, End: graphql.Now()}
	if _, named := documentID(params.Extensions); !named && strings.TrimSpace(params.Query) == "" {
		return nil, unreadable("The request has no query.")
	}
	return params, nil
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

// readBody accepts only JSON, of at most 1 MiB. Requiring the content type also refuses HTML forms.
func (p *httpParams) readBody(w http.ResponseWriter, r *http.Request) *badRequest {
	if mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || mediaType != jsonType {
		problem := refusal(string(apperr.BadUserInput), "Send the request with the content type application/json.")
		return &badRequest{http.StatusUnsupportedMediaType, problem}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		problem := refusal(string(apperr.BadUserInput), "The request is too long: the limit is 1 MiB.")
		return &badRequest{http.StatusRequestEntityTooLarge, problem}
	case err != nil:
		return unreadable("The request was incomplete. Send it again.")
	case decode(body, p) != nil:
		return unreadable("The request is not a valid GraphQL request in JSON.")
	}
	return nil
}

func (p *httpParams) readQuery(query url.Values) *badRequest {
	p.Query, p.OperationName, p.DocumentID = query.Get("query"), query.Get("operationName"), query.Get("documentId")
	if text := query.Get("variables"); text != "" && decode([]byte(text), &p.Variables) != nil {
		return unreadable("The parameter variables must be a JSON object.")
	}
	if text := query.Get("extensions"); text != "" && decode([]byte(text), &p.Extensions) != nil {
		return unreadable("The parameter extensions must be a JSON object.")
	}
	return nil
}

func unreadable(message string) *badRequest {
	return &badRequest{http.StatusBadRequest, refusal(errcode.ParseFailed, message)}
}

// decode reads JSON, of one value. Numbers stay text: an Int must not become a float.
func decode(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if rest := bytes.TrimLeft(text[decoder.InputOffset():], " \t\r\n"); len(rest) > 0 {
		return errors.New("more than one value")
	}
	return nil
}
