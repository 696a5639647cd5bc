package graph

import (
	"net/http"

	"github.com/vektah/gqlparser/v2/ast"
)

// postOnly answers a mutation by GET with 405 (GraphQL over HTTP, GET); what is wrong is in the body, which limits writes.
func postOnly(parsed *documentCache, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		if r.Method == http.MethodGet && parsed.kindOf(r.Context(), query.Get("query"), query.Get("operationName")) == ast.Mutation {
			w.Header().Set("Allow", http.MethodPost)
			w = methodNotAllowed{w}
		}
		next.ServeHTTP(w, r)
	})
}

// methodNotAllowed is a response with that status, whatever is written.
type methodNotAllowed struct{ http.ResponseWriter }

func (w methodNotAllowed) WriteHeader(int) {
	w.ResponseWriter.WriteHeader(http.StatusMethodNotAllowed)
}
