package syncer

import (
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
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

// SyncRunStatus is the state of a run (docs/architecture.md#life-of-a-run).
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

// transitions are the statuses from which a run may change to each other one (docs/architecture.md#life-of-a-run). A new run is QUEUED.
var transitions = map[SyncRunStatus][]SyncRunStatus{
	RunRunning:   {RunQueued, RunRunning}, // RUNNING again: after a wait for Clio, or after its worker died
	RunSucceeded: {RunQueued, RunRunning}, // from QUEUED: no watch is linked
	RunPartial:   {RunRunning},
	RunFailed:    {RunRunning},
	RunCanceled:  {RunQueued, RunRunning},
}

// Before returns the statuses from which a run may change to this one; none for RunQueued, which only new runs have.
func (s SyncRunStatus) Before() []SyncRunStatus {
	return slices.Clone(transitions[s])
}

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
	// WatchIDs are the watches that were chosen, in order, and MatterIDs the matters that they were linked to then; none once the run is
	// pruned.
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

	// Shared is of everybody who follows the run, or the status that it is a part of; nil if nobody does.
	Shared *Shared `bun:"-"`
}

// newRun is a queued run, the first of a round of its own.
func newRun(firmID string, by *string, trigger SyncTrigger, scope SyncScope, dry bool, now time.Time) *SyncRun {
	return &SyncRun{
		ID: ident.New(ident.SyncRun), FirmID: firmID, RoundID: ident.New(ident.SyncRound), Trigger: trigger, Scope: scope, DryRun: dry,
		Status: RunQueued, WatchIDs: []string{}, MatterIDs: []int64{}, RequestedByID: by, CreatedAt: now,
	}
}

// Chosen are the watches that a run gets from a round.
type Chosen struct {
	RoundID string
	// WatchIDs are in order, and MatterIDs are the matters that they are linked to.
	WatchIDs  []string
	MatterIDs []int64
	// Left is how many watches the round had left to check, those chosen included.
	Left int
}

// change gives the run another status; it is an error, and changes nothing, where no transition leads to it.
func (r *SyncRun) change(to SyncRunStatus) error {
	if !slices.Contains(transitions[to], r.Status) {
		return fmt.Errorf("run %s is %s and can't become %s", r.ID, r.Status, to)
	}
	r.Status = to
	return nil
}

// begin records that a worker works on the run; an error if it has ended.
func (r *SyncRun) begin(now time.Time) error {
	if err := r.change(RunRunning); err != nil {
		return err
	}
	if r.StartedAt == nil {
		r.StartedAt = &now
	}
	r.WaitingUntil = nil
	return nil
}

// end gives the run its last status; an error if it has one, or if a queued run can't get this one.
func (r *SyncRun) end(status SyncRunStatus, now time.Time) error {
	if err := r.change(status); err != nil {
		return err
	}
	r.FinishedAt, r.WaitingUntil = &now, nil
	return nil
}

// Choose gives the run its watches; one without any has succeeded. A dry run chooses from another's round and stays in its own
// (docs/rules.md#rounds). It is an error if the run has ended.
func (r *SyncRun) Choose(chosen Chosen, now time.Time) error {
	if r.Ended() {
		return fmt.Errorf("run %s is %s and can't choose watches", r.ID, r.Status)
	}
	r.WatchIDs, r.MatterIDs = chosen.WatchIDs, chosen.MatterIDs
	r.Counts.Selected, r.Remaining = len(chosen.WatchIDs), chosen.Left-len(chosen.WatchIDs)
	if !r.DryRun {
		r.RoundID = chosen.RoundID
	}
	if len(chosen.WatchIDs) > 0 {
		return nil
	}
	r.StartedAt = &now
	r.setProblem(ProblemNothingLinked, "No active watch is linked to Clio.")
	return r.end(RunSucceeded, now)
}

// HasChosen reports whether the run's watches have been chosen, or never will be. A run that was started automatically chooses them
// when it begins, and one that finds none ends.
func (r *SyncRun) HasChosen() bool {
	return len(r.WatchIDs) > 0 || r.Ended()
}

// finish ends the run with the status that follows from its results; an error if it isn't RUNNING.
func (r *SyncRun) finish(rules merge.Rules, results []*WatchSyncResult, now time.Time) error {
	if r.Status != RunRunning {
		return fmt.Errorf("run %s is %s and can't finish", r.ID, r.Status)
	}
	counts := count(len(r.WatchIDs), results)
	if err := r.end(counts.status(), now); err != nil {
		return err
	}
	r.ConflictResolution, r.Counts = rules.Policy, counts
	r.Problem, r.ProblemCode = nil, nil
	switch {
	case r.Status == RunPartial && r.Counts.Failed == 0:
		r.Problem = watch.Optional("Clio returned none of the matters.")
	case r.Counts.Failed > 0:
		r.Problem = watch.Optional(fmt.Sprintf("%d of %d watches could not be compared.", r.Counts.Failed, r.Counts.Selected))
	}
	return nil
}

// setProblem says why the run failed, ended partial or had nothing to do.
func (r *SyncRun) setProblem(code SyncProblem, message string) {
	r.ProblemCode, r.Problem = &code, &message
}

// Ended reports whether the run has its last status.
func (r *SyncRun) Ended() bool {
	return r.Status != RunQueued && r.Status != RunRunning
}

// CanUndo reports whether undoSyncRun may be asked for the whole run: not for a dry, running, pruned or undone one, nor one that was
// canceled before it wrote (docs/rules.md#undo).
func (r *SyncRun) CanUndo() bool {
	return r.hasResults() && r.UndoneAt == nil
}

// hasResults reports whether the run has written, has ended, and its results are kept. An undone run counts: a part of it may be
// undone again.
func (r *SyncRun) hasResults() bool {
	canceledBeforeWriting := r.Status == RunCanceled && r.Counts.Processed == 0
	return !r.DryRun && r.Ended() && !canceledBeforeWriting && r.PrunedAt == nil
}
