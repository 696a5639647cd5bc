package syncer

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/merge"
)

var allStatuses = []SyncRunStatus{RunQueued, RunRunning, RunSucceeded, RunPartial, RunFailed, RunCanceled}

// The life of a run (docs/architecture.md#life-of-a-run): every pair of statuses, allowed or refused. What is refused changes nothing.
func TestRunTransitions(t *testing.T) {
	allowed := map[SyncRunStatus][]SyncRunStatus{
		RunQueued:  {RunRunning, RunSucceeded, RunCanceled},
		RunRunning: {RunRunning, RunSucceeded, RunPartial, RunFailed, RunCanceled},
	}
	for _, from := range allStatuses {
		for _, to := range allStatuses {
			run := &SyncRun{ID: "run", Status: from}
			err := run.change(to)
			if slices.Contains(allowed[from], to) {
				require.NoError(t, err, "%s to %s", from, to)
				require.Equal(t, to, run.Status)
				require.Contains(t, to.Before(), from)
				continue
			}
			require.EqualError(t, err, "run run is "+string(from)+" and can't become "+string(to))
			require.Equal(t, &SyncRun{ID: "run", Status: from}, run)
			require.NotContains(t, to.Before(), from)
		}
	}
}

func TestBeginningARunAgainKeepsItsStart(t *testing.T) {
	run := newRun("firm", nil, TriggerManual, ScopeAll, false, noon)
	require.NoError(t, run.begin(noon))
	run.WaitingUntil = new(noon.Add(time.Minute))
	require.NoError(t, run.begin(noon.Add(time.Hour)))
	require.Equal(t, noon, *run.StartedAt)
	require.Nil(t, run.WaitingUntil)
	require.Equal(t, RunRunning, run.Status)
}

// A run that has ended stays as it is, and only a running one has results.
func TestRunsThatCannotGoOn(t *testing.T) {
	for _, status := range allStatuses {
		run := ended(func(r *SyncRun) { r.Status = status })
		before := *run
		if status != RunRunning {
			require.Error(t, run.finish(merge.Rules{}, nil, noon), status)
			require.Equal(t, before, *run, status)
		}
		if run.Ended() {
			require.Error(t, run.begin(noon), status)
			require.Error(t, run.Choose(Chosen{}, noon), status)
			require.Equal(t, before, *run, status)
		}
	}
}
