package syncer

import (
	"context"
	"fmt"
	"time"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/watch"
)

// SyncAll starts a run over the firm's active linked watches, at most BatchSize of them, those not looked at for longest first; a
// manual run goes on with a round that has some left. Where one of the same kind is under way, it returns that one and true.
// CLIO_NOT_CONFIGURED, CLIO_NOT_CONNECTED.
func (s *Service) SyncAll(ctx context.Context, by watch.Actor, dry bool) (*SyncRun, bool, error) {
	if _, _, err := s.clio.Account(ctx, by.FirmID); err != nil {
		return nil, false, err
	}
	run, already, err := s.runs.StartRun(ctx, newRun(by.FirmID, &by.UserID, TriggerManual, ScopeAll, dry, s.now()))
	if err != nil {
		return nil, false, fmt.Errorf("starting a run: %w", err)
	}
	return run, already, nil
}

func newRun(firmID string, by *string, trigger SyncTrigger, scope SyncScope, dry bool, now time.Time) *SyncRun {
	return &SyncRun{
		ID: ident.New(ident.SyncRun), FirmID: firmID, RoundID: ident.New(ident.SyncRound), Trigger: trigger, Scope: scope, DryRun: dry,
		Status: RunQueued, WatchIDs: []string{}, MatterIDs: []int64{}, RequestedByID: by, CreatedAt: now,
	}
}

// Choose fills in the watches that the run takes, of all that its round has still to look at. A run without any ends at once.
func (r *SyncRun) Choose(watchIDs []string, matterIDs []int64, left int, now time.Time) {
	r.WatchIDs, r.MatterIDs = watchIDs, matterIDs
	r.Counts.Selected, r.Remaining = len(watchIDs), left-len(watchIDs)
	if len(watchIDs) == 0 {
		r.Status, r.StartedAt, r.FinishedAt = RunSucceeded, &now, &now
		r.setProblem(ProblemNothingLinked, "No active watch is linked to Clio.")
	}
}

// HasChosen tells whether the run's watches have been chosen, or never will be. A run that comes by itself chooses them when it is
// begun, and one that finds none ends.
func (r *SyncRun) HasChosen() bool {
	return len(r.WatchIDs) > 0 || r.Ended()
}

// RoundAfter is the round that a new manual run goes on with: that of the manual run that ended last, where it left some over, else
// the run's own. last is nil when there was none.
func (r *SyncRun) RoundAfter(last *SyncRun) string {
	if r.Trigger == TriggerManual && continuesRound(last, r.CreatedAt) {
		return last.RoundID
	}
	return r.RoundID
}

// Next is the run that goes on with this one's round by itself; nil when none does.
func (r *SyncRun) Next(now time.Time) *SyncRun {
	if !r.goesOn() {
		return nil
	}
	next := newRun(r.FirmID, r.RequestedByID, r.Trigger, ScopeAll, false, now)
	next.RoundID = r.RoundID
	return next
}

// Cancel stops a run before it writes. An ended run is returned unchanged. NOT_FOUND.
func (s *Service) Cancel(ctx context.Context, by watch.Actor, runID string) (*SyncRun, error) {
	if !ident.Is(ident.SyncRun, runID) {
		return nil, noRun()
	}
	run, err := s.runs.CancelRun(ctx, by.FirmID, runID, s.now())
	if err != nil {
		return nil, fmt.Errorf("canceling a run: %w", err)
	}
	return run, nil
}

func noRun() error {
	return apperr.At(apperr.NotFound, "There is no such run.", "id")
}
