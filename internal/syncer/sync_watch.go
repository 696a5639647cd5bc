package syncer

import (
	"context"
	"errors"
	"fmt"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

// SyncedWatch is the result of syncing one watch.
type SyncedWatch struct {
	Watch  *watch.Watch // as it is; nil when there is none
	Run    *SyncRun
	Result *WatchSyncResult
}

// SyncWatch refreshes one watch from Clio, or with dry only reports what would change, and leaves a run either way. A matter that is gone
// is a result. NOT_FOUND, ARCHIVED, NOT_LINKED, CLIO_NOT_CONFIGURED and CLIO_NOT_CONNECTED leave no run; CLIO_UNAVAILABLE and
// CLIO_RATE_LIMITED leave one that failed. None of them changes the watch, which is returned with them if it exists.
func (s *Service) SyncWatch(ctx context.Context, by watch.Actor, id string, dry bool) (SyncedWatch, error) {
	w, err := s.watches.Get(ctx, by.FirmID, id, watch.ShowAll)
	if err != nil {
		return SyncedWatch{}, err
	}
	synced := SyncedWatch{Watch: w}
	if err := syncable(w); err != nil {
		return synced, err
	}
	now := s.now()
	run := newRun(by.FirmID, &by.UserID, TriggerManual, ScopeWatch, dry, now)
	chosen := Chosen{RoundID: run.RoundID, WatchIDs: []string{id}, MatterIDs: []int64{w.ClioLink.MatterID}, Left: 1}
	if err := errors.Join(run.begin(now), run.Choose(chosen, now)); err != nil {
		return synced, fmt.Errorf("beginning a run: %w", err)
	}
	snapshot, readErr := s.clio.Read(ctx, by.FirmID, run.MatterIDs)
	rule := s.compareAll(snapshot)
	if readErr != nil {
		problem := failedRun(readErr)
		if problem == nil {
			return synced, fmt.Errorf("reading a matter: %w", readErr)
		}
		rule = s.failAll(problemOf(problem.Code), problem.Message)
	}
	_, err = s.storeEnd(ctx, run, true, func(run *SyncRun, rules merge.Rules, watches map[string]*watch.Watch) ([]*WatchSyncResult, error) {
		results, err := rule(run, rules, watches)
		if err == nil && readErr == nil {
			synced.Result = results[0]
		}
		return results, err
	})
	if err != nil {
		return SyncedWatch{}, fmt.Errorf("syncing a watch: %w", err)
	}
	synced.Run = run
	synced.Watch, err = s.watches.Get(ctx, by.FirmID, id, watch.ShowAll)
	if err != nil && !apperr.Is(err, apperr.NotFound) { // it may have been deleted in the meantime
		return SyncedWatch{}, err
	}
	if synced.Result != nil {
		synced.Result.Watch = synced.Watch
	}
	return synced, readErr
}

// failedRun is the problem of a reading that leaves a run which failed; nil where no run is left.
func failedRun(err error) *apperr.Error {
	for _, problem := range apperr.From(err) {
		if problem.Code == apperr.ClioUnavailable || problem.Code == apperr.ClioRateLimited {
			return problem
		}
	}
	return nil
}

func syncable(w *watch.Watch) error {
	switch {
	case w.Status == watch.StatusArchived:
		return apperr.At(apperr.Archived, "The watch is archived, and archived watches are frozen.", "id")
	case w.ClioLink == nil:
		return apperr.At(apperr.NotLinked, "The watch is not linked to Clio.", "id")
	default:
		return nil
	}
}
