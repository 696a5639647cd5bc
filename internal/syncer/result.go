package syncer

import (
	"slices"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

// WatchSyncResult is what a run did with one watch, and why: the API's WatchSyncResult.
type WatchSyncResult struct {
	ID              string // the run's and the position
	FirmID          string
	RunID           string
	WatchID         string
	Position        int // among the run's watches
	Outcome         SyncOutcome
	IdentityChanged bool
	Fields          []merge.FieldResult // empty where Clio was not compared
	Decisions       []merge.FieldDecision
	Message         *string

	// Watch is the watch as it is, if it was loaded: reading a result doesn't load it.
	Watch *watch.Watch
}

// belongTo makes the result one of the run's.
func (s *WatchSyncResult) belongTo(run *SyncRun, position int) {
	s.ID, s.FirmID, s.RunID = ident.OfRun(ident.WatchSyncResult, run.ID, position), run.FirmID, run.ID
	s.WatchID, s.Position = run.WatchIDs[position], position
}

// decided reports whether any field has one of the decisions.
func (s *WatchSyncResult) decided(decisions ...merge.FieldDecision) bool {
	return slices.ContainsFunc(decisions, func(d merge.FieldDecision) bool { return slices.Contains(s.Decisions, d) })
}

// count counts a run's results (contract, SyncCounts).
func count(selected int, results []*WatchSyncResult) SyncCounts {
	counts := SyncCounts{Selected: selected, Processed: len(results)}
	for _, result := range results {
		counts.add(result)
	}
	return counts
}

func (c *SyncCounts) add(result *WatchSyncResult) {
	switch result.Outcome {
	case OutcomeUpdated:
		c.Updated++
	case OutcomeUnchanged:
		c.Unchanged++
	case OutcomeMissing:
		c.Missing++
	case OutcomeSkipped:
		c.Skipped++
	case OutcomeFailed:
		c.Failed++
	}
	c.KeptLocal += one(result.decided(merge.FieldKeptLocal, merge.FieldConflict))
	c.OverwroteLocal += one(result.decided(merge.FieldOverwroteLocal))
	c.Conflicts += one(result.decided(merge.FieldConflict))
	c.IdentityChanged += one(result.IdentityChanged)
	c.Incomplete += one(result.decided(merge.FieldUnavailable, merge.FieldHeld))
}

func one(applies bool) int {
	if applies {
		return 1
	}
	return 0
}

// status follows from the counts (contract, SyncRunStatus).
func (c SyncCounts) status() SyncRunStatus {
	answered := c.Updated+c.Unchanged+c.Missing > 0
	switch {
	case c.Failed > 0 && !answered:
		return RunFailed
	case c.Failed > 0, c.Missing > 0 && c.Updated+c.Unchanged == 0:
		return RunPartial
	default:
		return RunSucceeded
	}
}
