package graph_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// ofTheFirm are the conditions that limit a statement to a firm.
var ofTheFirm = regexp.MustCompile(`"?(\w+"?\.)?"?firm_id"? = 'firm_\w+'`)

// anID is the id of any row.
var anID = regexp.MustCompile(`\b[a-z]+_[0-9a-zA-Z]{26}\b`)

// What the resolvers read is limited to the firm by its connection, too: without their conditions, statements show another firm nothing.
func TestTheAPIsStatementsWithoutTheirWhereLeakNothing(t *testing.T) {
	s := newStage(t)
	p := s.connected("ada")
	run, stranger := p.busyFirm(3), s.signUp("eve")
	firm := stranger.ask(`{ viewer { firm { id } } }`).text("viewer.firm.id")
	p.update(p.ask(`{ watches(first: 1) { nodes { id } } }`).text("watches.nodes.0.id"), vars{"tags": []string{"probate"}})
	p.sql.Reset()
	p.ask(`query($run: ID!) {
		viewer { firm { id } }
		watches(filter: {status: ACTIVE}, first: 5) { totalCount nodes { ...w conflicts { id } history(first: 5) { nodes { id by { name } run { id } } } } }
		syncRun(id: $run) { id results(first: 5) { totalCount nodes { id watch { id } } } undoneBy { name } }
		syncRuns(first: 5) { nodes { id requestedBy { name } } }
		syncConflicts(first: 5) { totalCount nodes { id watch { id } } }
		syncStatus { lastRun { id } linkedWatches openConflicts }
		syncSettings { conflictResolution }
		watchFacets { tags { value } assignedTo { value } }
		edited: watches(last: 5, filter: {needsAttention: true}) { nodes { syncedFields { editedBy { name } } history(fields: [CASE_NUMBER]) { nodes { id } } } }
		nodes(ids: [$run]) { id }
		clioIntegration { state }
	}`+everythingOfAWatch, vars{"run": run})

	removed := 0
	for _, statement := range p.sql.Statements() {
		open := ofTheFirm.ReplaceAllString(statement, "TRUE")
		if open == statement {
			continue
		}
		removed++
		own := s.read(pgtest.AcrossFirms(t.Context()), open)
		theirs := s.read(postgres.ForFirm(t.Context(), firm), open)
		require.NotEqual(t, own, theirs, open)
		for _, id := range anID.FindAllString(own, -1) {
			if id != firm {
				require.NotContains(t, theirs, id, open)
			}
		}
		require.Empty(t, s.read(t.Context(), `SELECT 1 FROM watches`))
	}
	require.Greater(t, removed, 10, strings.Join(p.sql.Statements(), "\n"))
}

// read returns what a statement reads, as text.
func (s *stage) read(ctx context.Context, statement string) (rows string) {
	s.t.Helper()
	err := s.db.Pool().QueryRow(ctx, `SELECT coalesce(string_agg(x::text, ' '), '') FROM (`+statement+`) AS x`).Scan(&rows)
	require.NoError(s.t, err, statement)
	return rows
}
