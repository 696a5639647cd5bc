package graph

import (
	"context"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// blockedExecutor validates for as long as the test wants.
type blockedExecutor struct {
	graphql.GraphExecutor
	began, finish chan struct{}
}

func (e blockedExecutor) CreateOperationContext(context.Context, *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	e.began <- struct{}{}
	<-e.finish
	return &graphql.OperationContext{}, nil
}

func TestDocumentsAreValidatedAFewAtATime(t *testing.T) {
	documents := newDocumentCache()
	bound := newValidations(documents, newBudgets(nil, 0, clockwork.NewFakeClock(), nil))
	executor := blockedExecutor{began: make(chan struct{}), finish: make(chan struct{})}
	results := make(chan gqlerror.List)
	send := func(document string) {
		go func() {
			_, problems := boundExecutor{executor, bound}.CreateOperationContext(t.Context(), &graphql.RawParams{Query: document})
			results <- problems
		}()
	}
	send("{ first }")
	<-executor.began
	const more = 1000
	for i := range more {
		send(fmt.Sprintf("{ a%d }", i))
	}
	waiting := 1
	for range more - validationsWaiting - 10 { // ten: more than one at a time, on a larger machine
		require.Equal(t, "RATE_LIMITED", (<-results)[0].Extensions["code"])
	}
	documents.Add(t.Context(), "{ known }", &ast.QueryDocument{})
	send("{ known }")
	close(executor.finish)
	go func() {
		for range executor.began {
		}
	}()
	for range 10 + validationsWaiting + 1 + waiting {
		<-results
	}
}
