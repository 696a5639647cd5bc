package syncer

import (
	"time"

	"watchkeeper/internal/merge"
)

// SyncRunFilter says which runs to list: the API's input of that name. All conditions given must hold; lists: any of them.
type SyncRunFilter struct {
	Scopes   []SyncScope
	Triggers []SyncTrigger
	Statuses []SyncRunStatus
	DryRun   *bool
}

// ResultFilter says which results of a run to list: the arguments of the API's SyncRun.results. Lists: any of them.
type ResultFilter struct {
	Outcomes        []SyncOutcome
	Decisions       []merge.FieldDecision // of any of the fields
	IdentityChanged *bool
}

// SyncStatus is how a firm's watches stand with Clio: the API's SyncStatus. Linked watches are active ones with a link; runs are
// writing ones over more than one watch.
type SyncStatus struct {
	FirmID         string
	LinkedWatches  int
	MissingWatches int
	OpenConflicts  int
	OldestSyncedAt *time.Time
	CurrentRun     *SyncRun
	LastRun        *SyncRun
	NextSyncAt     *time.Time
}
