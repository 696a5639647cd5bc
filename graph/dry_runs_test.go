package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
)

// A dry run predicts the run after it, field by field, and changes nothing; it is listed as a run.
func TestADryRunPredicts(t *testing.T) {
	for _, policy := range []string{"KEEP_LOCAL", "USE_CLIO", "ASK"} {
		t.Run(policy, func(t *testing.T) {
			p := newStage(t).connected("ada")
			matters, watches := p.link(103)
			p.policy(policy)
			p.syncAll()
			p.clock.Advance(time.Minute)
			for _, id := range watches[:60] {
				p.update(id, vars{"caseNumber": "ours", "city": nil})
			}
			p.renumber("theirs", matters[30:90]...)
			p.hide(matters[91:95]...)
			before := p.everything()
			dry := p.dryRun()
			require.Equal(t, before, p.everything(), "a dry run writes nothing")
			require.False(t, dry.CanUndo)
			require.True(t, dry.DryRun)
			p.clock.Advance(time.Second)
			wet := p.syncAll()
			require.Equal(t, p.results(dry.ID), p.results(wet.ID))
			require.Equal(t, dry.Counts, wet.Counts)
			require.Equal(t, dry.Remaining, wet.Remaining)
			require.Equal(t, dry.Status, wet.Status)
			require.Equal(t, policy, wet.ConflictResolution)
			require.NotEqual(t, dry.RoundID, wet.RoundID)
			require.Equal(t, 3, wet.Counts.Selected, "the round continues, as the dry run predicted")
			p.clock.Advance(2 * time.Hour)
			dry, wet = p.dryRun(), p.syncAll()
			require.Equal(t, p.results(dry.ID), p.results(wet.ID))
			require.Equal(t, 100, wet.Counts.Selected)
			require.Positive(t, wet.Counts.Updated)
			require.Positive(t, wet.Counts.KeptLocal+wet.Counts.OverwroteLocal)
		})
	}
}

// everything returns the rows that a dry run must not change.
func (p *person) everything() string {
	p.t.Helper()
	var all string
	err := p.db.Pool().QueryRow(pgtest.AcrossFirms(p.t.Context()), `SELECT jsonb_build_array(
		(SELECT jsonb_agg(w ORDER BY id) FROM watches w), (SELECT jsonb_agg(l ORDER BY watch_id) FROM clio_links l),
		(SELECT jsonb_agg(c ORDER BY watch_id) FROM clio_link_checks c),
		(SELECT jsonb_agg(c ORDER BY id) FROM field_changes c), (SELECT jsonb_agg(k ORDER BY id) FROM sync_conflicts k))::text`).Scan(&all)
	require.NoError(p.t, err)
	return all
}
