package graph_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/tracing/tracetest"
)

func TestATraceShowsWhatARequestDid(t *testing.T) {
	receiver := tracetest.New(t)
	p := newStage(t, func(s *setup) { s.traces = receiver.Address }).connected("ada")
	_, watches := p.link(1)
	a := p.ask(`mutation Refresh($id: ID!) { syncWatch(id: $id) { userErrors { code } } }`, vars{"id": watches[0]})
	refused := p.try(`{ nothing }`)
	p.tracing.Stop()

	spans := receiver.Spans()
	byRequest := func(id string) tracetest.Span {
		at := slices.IndexFunc(spans, func(s tracetest.Span) bool { return s.Attributes["request_id"] == id })
		require.GreaterOrEqual(t, at, 0)
		return spans[at]
	}
	below := func(parent tracetest.Span) (children []tracetest.Span) {
		for _, span := range spans {
			if span.Parent == parent.ID {
				children = append(children, span)
			}
		}
		return children
	}
	request := byRequest(a.requestID)
	require.Equal(t, "POST /graphql", request.Name)
	require.Equal(t, "200", request.Attributes["http.response.status_code"])
	require.Empty(t, request.Parent)
	at := slices.IndexFunc(below(request), func(s tracetest.Span) bool { return s.Name == "mutation" })
	require.GreaterOrEqual(t, at, 0)
	operation := below(request)[at]
	require.Equal(t, "Refresh", operation.Attributes["graphql.operation.name"])

	var clio, statements []string
	for _, span := range below(operation) {
		if text := span.Attributes["db.query.text"]; text != "" {
			statements = append(statements, text)
		} else {
			clio = append(clio, span.Name)
		}
	}
	require.Equal(t, []string{"GET /api/v4/matters.json", "GET /api/v4/contacts.json"}, clio)
	began := slices.Index(statements, "BEGIN ISOLATION LEVEL READ COMMITTED")
	require.Positive(t, began)
	require.Equal(t, "COMMIT", statements[began+4], "after the locks, the links, and all that changed")

	require.Equal(t, "GRAPHQL_VALIDATION_FAILED", byRequest(refused.requestID).Attributes["graphql.error.code"])
}
