package httpd

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/99designs/gqlgen/graphql"

	"watchkeeper/internal/apperr"
)

// maxBody is the longest request body: a query and its variables are far below.
const maxBody = 1 << 20

// parseFailed is the contract's code for a request that can't be read.
const parseFailed apperr.Code = "GRAPHQL_PARSE_FAILED"

// guardBody lets only JSON of a GraphQL request through, of 1 MiB at most. The handler behind it would read without a
// limit, and would repeat in its answer a body that it can't decode. Asking for the content type keeps forms out too.
func guardBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if r.Method != http.MethodPost {
			guardQuery(next, w, r)
			return
		}
		if mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || mediaType != "application/json" {
			writeProblem(w, http.StatusUnsupportedMediaType, apperr.BadUserInput, "Send the request as application/json.")
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		var tooLong *http.MaxBytesError
		switch {
		case errors.As(err, &tooLong):
			writeProblem(w, http.StatusRequestEntityTooLarge, apperr.BadUserInput, "The request is longer than 1 MiB.")
		case err != nil:
			writeProblem(w, http.StatusBadRequest, parseFailed, "The request ended early.")
		case !isGraphQL(body):
			writeProblem(w, http.StatusBadRequest, parseFailed, "The request is not the JSON of a GraphQL request.")
		default:
			r.Body = io.NopCloser(bytes.NewReader(body))
			next.ServeHTTP(w, r)
		}
	})
}

// guardQuery lets only addresses through whose variables and extensions, where given, are JSON objects.
func guardQuery(next http.Handler, w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	for _, name := range []string{"variables", "extensions"} {
		if text := query.Get(name); text != "" && json.Unmarshal([]byte(text), new(map[string]any)) != nil {
			writeProblem(w, http.StatusBadRequest, parseFailed, name+" is not a JSON object.")
			return
		}
	}
	next.ServeHTTP(w, r)
}

// isGraphQL tells whether the handler can decode a body: it is decoded as the handler does it.
func isGraphQL(body []byte) bool {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	return json.Valid(body) && decoder.Decode(new(graphql.RawParams)) == nil
}
