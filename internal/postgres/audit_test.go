package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// Neither the application's role nor the owner of the tables changes or deletes what was recorded. The end of the firm takes it along.
func TestTheAuditTrailStays(t *testing.T) {
	n := newNeighbors(t, pgtest.Open(t))
	before := n.rows(n.everything, "audit_events")
	require.Contains(t, before, n.own)
	for _, statement := range []string{
		"UPDATE audit_events SET summary = 'nothing happened'", "DELETE FROM audit_events", "TRUNCATE audit_events",
		"TRUNCATE audit_events, firms CASCADE",
	} {
		_, err := n.db.Bun().ExecContext(n.forOwn(), statement)
		require.ErrorContains(t, err, "permission denied", "%s by the application's role", statement)
		_, err = n.db.Bun().ExecContext(n.everything, statement)
		require.ErrorContains(t, err, "events of the audit trail can neither be changed nor deleted", "%s by the owner", statement)
	}
	require.Equal(t, before, n.rows(n.everything, "audit_events"))
	require.EqualValues(t, 1, n.execute(n.everything, "DELETE FROM firms WHERE id = ?", n.own))
	require.Empty(t, n.rows(n.forOwn(), "audit_events"))
	require.NotEmpty(t, n.rows(postgres.ForFirm(t.Context(), n.others), "audit_events"))
}
