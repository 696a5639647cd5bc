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

// maxBodyBytes is the maximum length of a request body. A query and its variables are much shorter.
const maxBodyBytes = 1 << 20

// graphqlParseFailed is the contract's code for a request that can't be parsed.
const graphqlParseFailed apperr.Code = "GRAPHQL_PARSE_FAILED"

// checkBody accepts only GraphQL requests in JSON, of at most 1 MiB. The handler behind it reads without a limit, and would repeat
// a body that it can't decode in its response. Requiring the content type also refuses HTML forms.
func checkBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if r.Method != http.MethodPost {
			checkQuery(next, w, r)
			return
		}
		if mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || mediaType != "application/json" {
			writeError(w, http.StatusUnsupportedMediaType, apperr.BadUserInput, "Send the request with the content type application/json.")
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
		var tooLong *http.MaxBytesError
		switch {
		case errors.As(err, &tooLong):
			writeError(w, http.StatusRequestEntityTooLarge, apperr.BadUserInput, "The request is too long: the limit is 1 MiB.")
		case err != nil:
			writeError(w, http.StatusBadRequest, graphqlParseFailed, "The request was incomplete. Send it again.")
		case !isGraphQL(body):
			writeError(w, http.StatusBadRequest, graphqlParseFailed, "The request is not a valid GraphQL request in JSON.")
		default:
			r.Body = io.NopCloser(bytes.NewReader(body))
			next.ServeHTTP(w, r)
		}
	})
}

// checkQuery accepts only addresses whose variables and extensions, if given, are JSON objects.
func checkQuery(next http.Handler, w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	for _, name := range []string{"variables", "extensions"} {
		if text := query.Get(name); text != "" && json.Unmarshal([]byte(text), new(map[string]any)) != nil {
			writeError(w, http.StatusBadRequest, graphqlParseFailed, "The parameter "+name+" must be a JSON object.")
			return
		}
	}
	next.ServeHTTP(w, r)
}

// headAsGet answers HEAD as GET: net/http leaves out the body, and gqlgen knows no HEAD.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			r = r.Clone(r.Context())
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// isGraphQL reports whether the handler can decode the body, by decoding it in the same way.
func isGraphQL(body []byte) bool {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	return json.Valid(body) && decoder.Decode(new(graphql.RawParams)) == nil
}
