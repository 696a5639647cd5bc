package syncer

import (
	"fmt"
	"time"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"

	"github.com/uptrace/bun"
)

// SyncTrigger is why a run was started.
type SyncTrigger string

// The triggers.
const (
	TriggerManual   SyncTrigger = "MANUAL"
	TriggerSchedule SyncTrigger = "SCHEDULE"
	TriggerLogin    SyncTrigger = "LOGIN"
)

// SyncScope is what a run is over.
type SyncScope string

// The scopes.
const (
	ScopeWatch SyncScope = "WATCH" // one watch
	ScopeAll   SyncScope = "ALL"   // the next of the round
)

// SyncRunStatus is where a run is in its life (docs/architecture.md#life-of-a-run).
type SyncRunStatus string

// The statuses (contract, SyncRunStatus).
const (
	RunQueued    SyncRunStatus = "QUEUED"
	RunRunning   SyncRunStatus = "RUNNING"
	RunSucceeded SyncRunStatus = "SUCCEEDED"
	RunPartial   SyncRunStatus = "PARTIAL"
	RunFailed    SyncRunStatus = "FAILED"
	RunCanceled  SyncRunStatus = "CANCELED"
)

// SyncProblem is why a run failed or ended partial, for programs.
type SyncProblem string

// The problems.
const (
	ProblemNotConnected  SyncProblem = "CLIO_NOT_CONNECTED"
	ProblemUnavailable   SyncProblem = "CLIO_UNAVAILABLE"
	ProblemRateLimited   SyncProblem = "CLIO_RATE_LIMITED"
	ProblemRefusedPart   SyncProblem = "CLIO_REFUSED_PART"
	ProblemNothingLinked SyncProblem = "NOTHING_LINKED"
	ProblemInternal      SyncProblem = "INTERNAL"
)

// SyncCounts count a run's watches: the API's SyncCounts.
type SyncCounts struct {
	Selected, Processed                          int
	Updated, Unchanged, Missing, Skipped, Failed int
	// The others overlap.
	KeptLocal, OverwroteLocal, Conflicts, IdentityChanged, Incomplete int
}

// SyncRun is one run: the row, and the API's SyncRun.
type SyncRun struct {
	bun.BaseModel `bun:"table:sync_runs,alias:r"`

	ID                 string `bun:",pk"`
	FirmID             string
	RoundID            string
	Trigger            SyncTrigger
	Scope              SyncScope
	DryRun             bool
	ConflictResolution merge.ConflictResolution
	Status             SyncRunStatus
	// WatchIDs are the watches that were chosen, in order, and MatterIDs the matters that they were linked to then.
	WatchIDs      []string   `bun:"watch_ids,array,type:text[]"`
	MatterIDs     []int64    `bun:"matter_ids,array,type:bigint[]"`
	Counts        SyncCounts `bun:"embed:"`
	Remaining     int
	WaitingUntil  *time.Time
	FailingSince  *time.Time // since when Clio has been down for it; nil: it isn't
	RequestedByID *string    // nil: the schedule
	CreatedAt     time.Time
	StartedAt     *time.Time
	FinishedAt    *time.Time
	Problem       *string
	ProblemCode   *SyncProblem
	UndoneAt      *time.Time
	UndoneByID    *string
	PrunedAt      *time.Time
}

// newRun is a queued run, the first of a round of its own.
func newRun(firmID string, by *string, trigger SyncTrigger, scope SyncScope, dry bool, now time.Time) *SyncRun {
	return &SyncRun{
		ID: ident.New(ident.SyncRun), FirmID: firmID, RoundID: ident.New(ident.SyncRound), Trigger: trigger, Scope: scope, DryRun: dry,
		Status: RunQueued, WatchIDs: []string{}, MatterIDs: []int64{}, RequestedByID: by, CreatedAt: now,
	}
}

// Chosen are the watches that a run takes from a round.
type Chosen struct {
	RoundID string
	// WatchIDs are in order, and MatterIDs are the matters that they are linked to.
	WatchIDs  []string
	MatterIDs []int64
	// Left is how many watches the round had left to check, those chosen included.
	Left int
}

// Choose gives the run its watches; one without any has succeeded. A dry run chooses from another's round and stays in its own
// (docs/rules.md#rounds).
func (r *SyncRun) Choose(chosen Chosen, now time.Time) {
	r.WatchIDs, r.MatterIDs = chosen.WatchIDs, chosen.MatterIDs
	r.Counts.Selected, r.Remaining = len(chosen.WatchIDs), chosen.Left-len(chosen.WatchIDs)
	if !r.DryRun {
		r.RoundID = chosen.RoundID
	}
	if len(chosen.WatchIDs) == 0 {
		r.Status, r.StartedAt, r.FinishedAt = RunSucceeded, &now, &now
		r.setProblem(ProblemNothingLinked, "No active watch is linked to Clio.")
	}
}

// HasChosen reports whether the run's watches have been chosen, or never will be. A run that nobody clicked for chooses them when it
// begins, and one that finds none ends.
func (r *SyncRun) HasChosen() bool {
	return len(r.WatchIDs) > 0 || r.Ended()
}

// finish ends the run with the status that follows from its results.
func (r *SyncRun) finish(rules merge.Rules, results []*WatchSyncResult, now time.Time) {
	r.ConflictResolution = rules.Policy
	r.Counts = count(len(r.WatchIDs), results)
	r.Status, r.FinishedAt, r.WaitingUntil = r.Counts.status(), &now, nil
	r.Problem, r.ProblemCode = nil, nil
	switch {
	case r.Status == RunPartial && r.Counts.Failed == 0:
		r.Problem = watch.Optional("Clio returned none of the matters.")
	case r.Counts.Failed > 0:
		r.Problem = watch.Optional(fmt.Sprintf("%d of %d watches could not be compared.", r.Counts.Failed, r.Counts.Selected))
	}
}

// setProblem says why the run failed, ended partial or had nothing to do.
func (r *SyncRun) setProblem(code SyncProblem, message string) {
	r.ProblemCode, r.Problem = &code, &message
}

// Ended reports whether the run has its last status.
func (r *SyncRun) Ended() bool {
	return r.Status != RunQueued && r.Status != RunRunning
}

// CanUndo reports whether undoSyncRun may be asked: not of a dry, running, pruned or undone run, nor of one that was canceled before it
// wrote (docs/rules.md#undo).
func (r *SyncRun) CanUndo() bool {
	canceledBeforeWriting := r.Status == RunCanceled && r.Counts.Processed == 0
	return !r.DryRun && r.Ended() && !canceledBeforeWriting && r.PrunedAt == nil && r.UndoneAt == nil
}
