package syncer

import (
	"time"

	"watchkeeper/internal/merge"

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

// SyncRunStatus tells how a run stands.
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

// Ended tells whether nothing more will become of the run.
func (r *SyncRun) Ended() bool {
	return r.Status != RunQueued && r.Status != RunRunning
}

// CanUndo tells whether undoSyncRun may be asked: not of a dry, running, pruned or undone run, nor of one that was canceled
// before it wrote.
func (r *SyncRun) CanUndo() bool {
	canceledBeforeWriting := r.Status == RunCanceled && r.Counts.Processed == 0
	return !r.DryRun && r.Ended() && !canceledBeforeWriting && r.PrunedAt == nil && r.UndoneAt == nil
}
