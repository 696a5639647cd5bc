package graph_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// Whatever fault Clio has, each watch gets one result, the counts add up, and what failed is neither called a success nor written.
func TestRunsUnderEveryFault(t *testing.T) {
	asked := []string{"", "/api/v4/matters", "/api/v4/contacts"}
	for _, info := range sandbox.AllFaults() {
		if info.Fault == sandbox.Hang || info.Fault == sandbox.Slow {
			continue // these faults cost real time
		}
		t.Run(string(info.Fault), func(t *testing.T) {
			p := newStage(t).connected("ada")
			matters, watches := p.link(3)
			p.hide(matters[2])
			for i, path := range asked {
				p.renumber(fmt.Sprint("new ", i), matters...)
				require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: info.Fault, Path: path, Times: 25, Seconds: 1}))
				if !p.connectedToClio() {
					require.Equal(t, "/?clio=connected", p.connect(sandbox.FirstAccount))
				}
				run := p.syncAll()
				p.clio.ClearFaults()
				require.Equal(t, 3, run.Counts.Processed)
				require.Equal(t, run.Counts.Failed == 0, run.Status == "SUCCEEDED" || run.Status == "PARTIAL")
				require.Equal(t, run.Status == "SUCCEEDED", run.Problem == "" || run.ProblemCode == "CLIO_REFUSED_PART")
				for _, result := range p.results(run.ID) {
					number := p.watch(result.Watch.ID).text("watch.caseNumber")
					require.Equal(t, result.Outcome == "UPDATED", number == fmt.Sprint("new ", i))
				}
				require.ElementsMatch(t, watches, ids(p.results(run.ID)))
				p.clock.Advance(time.Hour)
			}
		})
	}
}

func (p *person) connectedToClio() bool {
	state := p.ask(`{ clioIntegration { state } }`).text("clioIntegration.state")
	return state == "CONNECTED" || state == "UNREACHABLE"
}

// Watches that failed count as checked: the others come first in the next round.
func TestFailedWatchesGoToTheEnd(t *testing.T) {
	p := newStage(t).connected("ada")
	_, watches := p.link(103)
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.Gone, Times: 1}))
	failed := p.syncAll()
	require.Equal(t, 100, failed.Counts.Failed)
	next := ids(p.results(p.syncAll().ID))
	for _, id := range watches {
		first := !slices.Contains(ids(p.results(failed.ID)), id)
		require.True(t, !first || slices.Contains(next[:3], id))
	}
}

// A run that two workers execute at once, or that is executed again after its end, gives each watch one result (docs/rules.md#outcomes).
func TestARunThatTwoWorkersExecute(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(20)
	p.renumber("new", matters...)
	id := p.begin(false)
	var workers sync.WaitGroup
	failures := make(chan error, 4)
	for range cap(failures) {
		workers.Go(func() {
			_, err := p.syncs.Execute(t.Context(), id)
			failures <- err
		})
	}
	workers.Wait()
	for range cap(failures) {
		require.NoError(t, <-failures)
	}
	run := p.run(id)
	p.execute(id)
	require.Equal(t, run, p.run(id))
	require.Equal(t, counts{Selected: 20, Processed: 20, Updated: 20}, run.Counts)
	require.ElementsMatch(t, watches, ids(p.results(id)))
	changes := p.history(watches[0])
	require.Equal(t, []string{"SYNC", "IMPORT"}, []string{changes[0].Cause, changes[1].Cause})
}

// A run that failed because of a fault of ours says so, and doesn't end its round.
func TestARunThatIsGivenUp(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, _ := p.link(102)
	p.renumber("new", matters...)
	id := p.begin(false)
	require.NoError(t, p.syncs.Fail(t.Context(), id, errors.New("secret details")))
	run := p.run(id)
	require.Equal(t, "FAILED", run.Status)
	require.Equal(t, "INTERNAL", run.ProblemCode)
	require.NotContains(t, run.Problem, "secret")
	require.Equal(t, counts{Selected: 100, Processed: 100, Failed: 100}, run.Counts)
	require.NoError(t, p.syncs.Fail(t.Context(), id, errors.New("again")))
	p.execute(id)
	require.Equal(t, run, p.run(id))
	next := p.syncAll()
	require.Equal(t, run.RoundID, next.RoundID)
	require.Equal(t, 2, next.Counts.Updated)
}

// Edits that people make while runs write the same watches are never lost, and each change begins where the one before it ended.
func TestEditsWhileRunsGoOn(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(4)
	const edits = 60
	var people sync.WaitGroup
	for _, id := range watches {
		people.Go(func() {
			for edit := range edits {
				p.try(`mutation($id: ID!, $n: String) { updateWatch(id: $id, input: {caseNumber: $n}) { userErrors { code } } }`,
					vars{"id": id, "n": fmt.Sprint("ours ", edit)})
			}
		})
	}
	done := make(chan struct{})
	go func() { people.Wait(); close(done) }()
	for day := 0; !closed(done); day++ {
		opened := noon.AddDate(0, 0, day).Format(time.DateOnly)
		for _, id := range matters {
			require.NoError(t, p.clio.EditMatter(id, func(m *sandbox.Matter) { m.OpenDate = &opened }))
		}
		p.clock.Advance(time.Second)
		require.Equal(t, len(watches), p.syncAll().Counts.Updated)
	}
	for _, id := range watches {
		var numbers []string
		for _, change := range p.history(id) {
			if change.Field == "CASE_NUMBER" {
				require.True(t, len(numbers) == 0 || numbers[len(numbers)-1] == change.After)
				numbers = append(numbers, change.Before)
			}
		}
		require.GreaterOrEqual(t, len(numbers), edits)
		require.Equal(t, fmt.Sprint("ours ", edits-1), p.watch(id).text("watch.caseNumber"))
	}
}

func closed(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}
