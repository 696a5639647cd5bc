package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A page of watches with everything nested costs the same few statements, however many watches it has.
func TestAPageCostsAFixedNumberOfStatements(t *testing.T) {
	p := newStage(t).connected("ada")
	var ids []string
	for _, matter := range p.clio.Matters()[:60] {
		ids = append(ids, fmt.Sprint(matter.ID))
	}
	p.ask(importMatters, vars{"ids": ids})
	query := `query($first: Int) { watches(first: $first) { totalCount nodes { ...w } edges { cursor node { ...w } } pageInfo { hasNextPage endCursor } } }` +
		everythingOfAWatch
	for _, first := range []int{1, 50} {
		p.sql.Reset()
		a := p.ask(query, vars{"first": first})
		require.Len(t, a.at("watches.nodes"), first)
		require.Equal(t, 3, p.sql.Count(), "who asks, the page, the count:\n%s", strings.Join(p.sql.Statements(), "\n"))
	}
	p.sql.Reset()
	p.ask(`{ watches { nodes { id } } }`)
	require.Equal(t, 2, p.sql.Count(), "nothing is counted unless it is asked for")
}

// Two statements for whoever asks and reads the watch, then one transaction: rules, locks, links and what changed.
func TestASyncCostsAFixedNumberOfStatements(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	p.sql.Reset()
	p.sync(id)
	require.LessOrEqual(t, p.sql.Count(), 10, strings.Join(p.sql.Statements(), "\n"))
}
