package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// keptReasons are why the fields of a run's results were KEPT_LOCAL; no other decision has a reason.
func (p *person) keptReasons(runID string) (reasons []string) {
	p.t.Helper()
	a := p.ask(`query($id: ID!) { syncRun(id: $id) { results { nodes { fields { decision reason } } } } }`, vars{"id": runID})
	for _, result := range read[[]struct {
		Fields []struct{ Decision, Reason string }
	}](a, "syncRun.results.nodes") {
		for _, field := range result.Fields {
			require.Equal(p.t, field.Decision == "KEPT_LOCAL", field.Reason != "", field.Decision)
			if field.Reason != "" {
				reasons = append(reasons, field.Reason)
			}
		}
	}
	return reasons
}

// A result says why a local edit was kept (docs/rules.md#merge).
func TestWhyALocalEditIsKept(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(1)
	p.renumber("theirs", matters...)
	run := p.syncAll()
	require.Empty(t, p.keptReasons(run.ID))
	p.undo(run.ID)
	p.clock.Advance(time.Minute)
	require.Equal(t, []string{"SETTLED"}, p.keptReasons(p.syncAll().ID))
	p.update(watches[0], vars{"caseNumber": "ours"})
	p.renumber("theirs again", matters...)
	p.clock.Advance(time.Minute)
	require.Equal(t, []string{"POLICY"}, p.keptReasons(p.syncAll().ID))
	p.policy("USE_CLIO")
	p.clock.Advance(time.Minute)
	require.Empty(t, p.keptReasons(p.syncAll().ID))
}
