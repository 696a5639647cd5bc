package syncer

import (
	"context"
	"errors"
	"time"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/page"
	"watchkeeper/internal/watch"
)

// Store keeps what a sync reads and writes. Everything is limited to the given firm.
type Store interface {
	// Import calls the rule with the firm's rules and the watches that these matters are already linked to, and writes the new
	// watches and links that it returns. Two imports of one firm wait for each other. When the firm is no longer connected
	// to the account that the matters came from, nothing is written: an apperr ClioNotConnected.
	Import(ctx context.Context, firmID string, from *record.Snapshot, matterIDs []int64, origin watch.Origin, rule ImportRule) error
	// LinkedWatches returns the watches that these matters are linked to, by the matter's number.
	LinkedWatches(ctx context.Context, firmID string, matterIDs []int64) (map[int64]*watch.Watch, error)

	// Settings returns the defaults where the firm chose nothing.
	Settings(ctx context.Context, firmID string) (*SyncSettings, error)
	// ChangeSettings hands the locked settings to the rule and writes what it changed; nothing if it fails.
	ChangeSettings(ctx context.Context, firmID string, rule func(*SyncSettings) error) (*SyncSettings, error)
	Mapping(ctx context.Context, firmID string) (map[int64]watch.CaseType, error)
	// SetMapping restores the built-in mapping if caseType is nil.
	SetMapping(ctx context.Context, firmID string, practiceAreaID int64, caseType *watch.CaseType) error
}

// ImportRule returns the watches to create, each with its link. It may be called again.
type ImportRule func(rules merge.Rules, linked map[int64]*watch.Watch) ([]*watch.Watch, error)

// ErrRunEnded is a RunStore's answer to BeginRun where nothing is left to do.
var ErrRunEnded = errors.New("the run has ended")

// ErrNotConnected is a RunStore's answer to StartRun for a firm whose connection to Clio can't be used.
var ErrNotConnected = errors.New("the firm isn't connected to Clio")

// RunStore keeps runs, their results and what they change. Everything is limited to the given firm or run; StartDueRuns,
// EnqueueLost and PruneResults alone are about all firms.
type RunStore interface {
	// StartRun fills in a new run over the next of its round, and enqueues it in the same transaction. Where one of the same
	// kind is under way, it returns that one and true. ErrNotConnected if the firm has no connection to Clio in that region that can be used.
	StartRun(ctx context.Context, region string, run *SyncRun) (*SyncRun, bool, error)
	// UnderWay returns the firm's writing run over all watches that hasn't ended; NOT_FOUND if there is none.
	UnderWay(ctx context.Context, firmID string) (*SyncRun, error)
	// StartDueRuns locks at most batch settings by which a round is to be started by now, of firms that are connected to Clio in that
	// region and have no writing run under way, the longest overdue first. It calls the rule with each, writes the settings as the rule
	// changed them, and stores and enqueues the runs that it returns, all in one transaction. What others have locked is skipped. It
	// returns how many settings it found and how many runs it started.
	StartDueRuns(ctx context.Context, region string, now time.Time, batch int, rule DueRule) (found, started int, err error)
	// EnqueueLost enqueues the runs that haven't ended and have no job, and returns how many there were.
	EnqueueLost(ctx context.Context) (int, error)
	// BeginRun marks a run as under way and returns it; ErrRunEnded if it has ended. A run that was started automatically chooses its
	// watches now, and has ended if there are none.
	BeginRun(ctx context.Context, runID string, now time.Time) (*SyncRun, error)
	// WaitRun records until when a run waits for Clio, and since when Clio is down; nil if it only asked for a pause.
	WaitRun(ctx context.Context, runID string, until time.Time, failingSince *time.Time) error
	// FinishRun hands a run's watches to the rule and, in one transaction, writes the result and the run's
	// end; a dry run writes no watch. A run that has ended in the meantime is left alone. A new run, one that BeginRun never
	// returned, is stored with it. It reports whether a round of the firm's fell due meanwhile.
	FinishRun(ctx context.Context, run *SyncRun, isNew bool, rule FinishRule) (due bool, err error)
	// CancelRun ends a run that hasn't ended, and returns it as it is and whether it was canceled now; NOT_FOUND if the firm has none
	// with this id.
	CancelRun(ctx context.Context, firmID, runID string, now time.Time) (run *SyncRun, canceled bool, err error)
	// UndoRun hands a locked run to the rule with what it changed, as far as that is to be undone, and writes the changed watches and the
	// run, unless dry. NOT_FOUND if the firm has no such run.
	UndoRun(ctx context.Context, firmID, runID string, part UndoPart, dry bool, origin watch.Origin, rule UndoRule) (*SyncRun, error)

	// Run is NOT_FOUND if the firm has no such run.
	Run(ctx context.Context, firmID, runID string) (*SyncRun, error)
	// RunsByID finds those of the firm's runs that there are.
	RunsByID(ctx context.Context, firmID string, ids []string) (map[string]*SyncRun, error)
	// Runs returns one run more than the request asks for, where there are more, newest first, or from the list's end for a page that is read
	// backward; so do ResultsOfRuns and OpenConflicts.
	Runs(ctx context.Context, firmID string, filter SyncRunFilter, request page.Request) ([]*SyncRun, error)
	// ResultsByID finds those of the firm's results that there are.
	ResultsByID(ctx context.Context, firmID string, ids []string) (map[string]*WatchSyncResult, error)
	// ResultsOfRuns returns the results of each of the runs, in its order: one more than the request asks for, where there are
	// more. A run without any isn't in the map.
	ResultsOfRuns(
		ctx context.Context, firmID string, runIDs []string, filter ResultFilter, request page.Request,
	) (map[string][]*WatchSyncResult, error)
	// CountResultsOfRuns counts the results of each of the runs. A run without any isn't in the map.
	CountResultsOfRuns(ctx context.Context, firmID string, runIDs []string, filter ResultFilter) (map[string]int, error)
	// OpenConflicts returns one conflict more than the request asks for, where there are more, newest first; of one watch, or of
	// all when watchID is nil.
	OpenConflicts(ctx context.Context, firmID string, watchID *string, request page.Request) ([]*watch.SyncConflict, error)
	CountOpenConflicts(ctx context.Context, firmID string, watchID *string) (int, error)
	// Status leaves out when the next run is due: that follows from the firm's settings, which it returns too.
	Status(ctx context.Context, firmID string) (*SyncStatus, *SyncSettings, error)
	// PruneResults deletes the results and the watches of at most batch runs that ended before, and returns of how many.
	PruneResults(ctx context.Context, before, now time.Time, batch int) (int, error)
}

// FinishRule decides what happens to a run's watches, keyed by id, those that are still linked; it changes them and the run, and
// returns a result for each watch of the run, in order. It may be called again.
type FinishRule func(run *SyncRun, rules merge.Rules, watches map[string]*watch.Watch) ([]*WatchSyncResult, error)

// UndoRule decides about what a run changed; it changes the watches and the run. It may be called again.
type UndoRule func(run *SyncRun, changed []RunChange) error

// RunChange is a field that a run changed.
type RunChange struct {
	WatchID string
	Result  merge.FieldResult
	// Watch is locked; nil when it was deleted since.
	Watch *watch.Watch
	// Latest reports whether the field's latest change is the run's.
	Latest bool
}

// DueRule claims what is due by a firm's settings and advances them: it returns the run to start, nil if none is due after all. It
// may be called again.
type DueRule func(settings *SyncSettings) *SyncRun
