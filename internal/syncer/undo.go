package syncer

import (
	"context"
	"fmt"
	"slices"
	"time"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/watch"
)

// UndoOutcome says what happened to a field that a run had changed.
type UndoOutcome string

// The outcomes of undoing.
const (
	UndoRestored        UndoOutcome = "RESTORED"
	UndoKeptEdited      UndoOutcome = "KEPT_EDITED"
	UndoSkippedArchived UndoOutcome = "SKIPPED_ARCHIVED"
	UndoSkippedUnlinked UndoOutcome = "SKIPPED_UNLINKED"
	UndoWatchDeleted    UndoOutcome = "WATCH_DELETED"
)

// UndoneField says what happened to one field: the API's UndoneField. Texts print as the field does.
type UndoneField struct {
	Watch   *watch.Watch // nil: deleted since
	Field   watch.SyncedField
	Outcome UndoOutcome
	Before  *string // what the watch held
	After   *string // what it holds now
}

// UndoPart says which of a run's changes to undo: all, or those of one watch, or of some of its fields.
type UndoPart struct {
	WatchID *string             // nil: the whole run
	Fields  []watch.SyncedField // of that watch; nil: all
}

// Whole reports whether the whole run is undone.
func (p UndoPart) Whole() bool {
	return p.WatchID == nil
}

// Includes reports whether a change of that field is to be undone.
func (p UndoPart) Includes(field watch.SyncedField) bool {
	return p.Fields == nil || slices.Contains(p.Fields, field)
}

// Undo puts back what a run changed, or a part of that, except what was edited since, and says which is which; with dry it only says
// (docs/rules.md#undo). NOT_FOUND, also for a watch that the run wasn't about; NOT_UNDOABLE; INVALID for fields without a watch.
func (s *Service) Undo(ctx context.Context, by watch.Actor, runID string, part UndoPart, dry bool) (*SyncRun, []UndoneField, error) {
	if !ident.Is(ident.SyncRun, runID) {
		return nil, nil, noRun()
	}
	if part.Whole() && part.Fields != nil {
		return nil, nil, apperr.At(apperr.Invalid, "fields needs the watchId of their watch.", "fields")
	}
	origin := watch.Origin{Cause: watch.CauseUndo, ByID: &by.UserID, RunID: &runID}
	var fields []UndoneField
	run, err := s.runs.UndoRun(ctx, by.FirmID, runID, part, dry, origin, func(run *SyncRun, changed []RunChange) error {
		var err error
		fields, err = undoAll(run, part, changed, s.now())
		if part.Whole() && !dry && err == nil {
			now := s.now()
			run.UndoneAt, run.UndoneByID = &now, &by.UserID
		}
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("undoing a run: %w", err)
	}
	return run, fields, nil
}

func undoAll(run *SyncRun, part UndoPart, changed []RunChange, now time.Time) ([]UndoneField, error) {
	if !run.hasResults() || part.Whole() && !run.CanUndo() {
		return nil, apperr.At(apperr.NotUndoable,
			"The run can't be undone: it was a dry run, has not ended, was canceled, its results were pruned, or it was already undone.", "id")
	}
	if !part.Whole() && !slices.Contains(run.WatchIDs, *part.WatchID) {
		return nil, apperr.At(apperr.NotFound, "The run has no such watch.", "watchId")
	}
	fields := make([]UndoneField, len(changed))
	touched := map[*watch.Watch]bool{}
	for i, change := range changed {
		field, err := undoOne(change, now)
		if err != nil {
			return nil, err
		}
		fields[i] = field
		if field.Outcome == UndoRestored && !touched[change.Watch] {
			touched[change.Watch] = true
			change.Watch.Touch(now)
		}
	}
	return fields, nil
}

// undoOne restores a field only if its latest change is the run's. It leaves base alone, and the value that the run wrote is one that
// a person rejected (docs/rules.md#undo).
func undoOne(change RunChange, now time.Time) (UndoneField, error) {
	w, field := change.Watch, change.Result.Field
	undone := UndoneField{Watch: w, Field: field}
	if w == nil {
		undone.Outcome, undone.Before, undone.After = UndoWatchDeleted, change.Result.After, change.Result.After
		return undone, nil
	}
	held, err := w.Value(field)
	if err != nil {
		return UndoneField{}, fmt.Errorf("undoing a field: %w", err)
	}
	undone.Before, undone.After = watch.Optional(held), watch.Optional(held)
	switch {
	case w.Status == watch.StatusArchived:
		undone.Outcome = UndoSkippedArchived
	case w.ClioLink == nil:
		undone.Outcome = UndoSkippedUnlinked
	case !change.Latest:
		undone.Outcome = UndoKeptEdited
	default:
		undone.Outcome, undone.After = UndoRestored, change.Result.Before
		return undone, w.Restore(field, watch.Text(change.Result.Before), watch.Text(change.Result.After), now)
	}
	return undone, nil
}
