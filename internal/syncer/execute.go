package syncer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

// Execute makes one attempt at a run, and may be called again for one whose worker died: a run that has ended is left alone. It
// returns when to resume if the run has to wait for Clio. What isn't Clio's fault is an error, and the run is tried again.
func (s *Service) Execute(ctx context.Context, runID string) (resumeAt *time.Time, err error) {
	run, err := s.begin(ctx, runID)
	if err != nil {
		return nil, unlessEnded(err)
	}
	read, until, err := s.clio.Reserve(ctx, run.FirmID)
	if err != nil {
		return nil, fmt.Errorf("reserving requests to Clio: %w", err)
	}
	if until != nil {
		return until, s.wait(ctx, run, *until, run.FailingSince, WaitsForLimit)
	}
	snapshot, err := read(ctx, run.MatterIDs)
	if err != nil {
		return s.handleClioError(ctx, run, err)
	}
	return nil, s.finish(ctx, run, s.compareAll(snapshot))
}

// Fail ends a run that failed because of a fault of the server.
func (s *Service) Fail(ctx context.Context, runID string, _ error) error {
	run, err := s.begin(ctx, runID)
	if err != nil {
		return unlessEnded(err)
	}
	return s.finish(ctx, run, s.failAll(ProblemInternal, "Something failed on the server. It has been logged."))
}

// begin begins a run; ErrRunEnded if it has ended, or ends now because there is nothing to check.
func (s *Service) begin(ctx context.Context, runID string) (*SyncRun, error) {
	run, err := s.runs.BeginRun(ctx, runID, s.now())
	if err != nil {
		return nil, err
	}
	if run.Ended() {
		s.observer.RunEnded(run, nil)
		return nil, ErrRunEnded
	}
	return run, nil
}

// wait records until when a run waits for Clio.
func (s *Service) wait(ctx context.Context, run *SyncRun, until time.Time, failingSince *time.Time, reason WaitReason) error {
	if err := s.runs.WaitRun(ctx, run.ID, until, failingSince); err != nil {
		return err
	}
	s.observer.RunWaits(until.Sub(s.now()), reason)
	return nil
}

// unlessEnded is nil for the error that says that the run has ended: nothing is left to do.
func unlessEnded(err error) error {
	if errors.Is(err, ErrRunEnded) {
		return nil
	}
	return err
}

// finish ends a run, and starts what fell due during it, unless the run's round continues.
func (s *Service) finish(ctx context.Context, run *SyncRun, rule FinishRule) error {
	due, err := s.storeEnd(ctx, run, false, rule)
	if err != nil {
		return err
	}
	if !due || run.DryRun || run.continues() {
		return nil
	}
	_, err = s.StartDue(ctx)
	return err
}

// storeEnd ends a run by its rule, unless it has ended in the meantime. It reports whether a round of the firm's fell due meanwhile.
func (s *Service) storeEnd(ctx context.Context, run *SyncRun, isNew bool, rule FinishRule) (due bool, err error) {
	var results []*WatchSyncResult
	due, err = s.runs.FinishRun(ctx, run, isNew,
		func(run *SyncRun, rules merge.Rules, watches map[string]*watch.Watch) (_ []*WatchSyncResult, err error) {
			results, err = rule(run, rules, watches)
			return results, err
		})
	if err != nil {
		return false, err
	}
	if run.Ended() {
		s.observer.RunEnded(run, results)
	}
	return due, nil
}

// handleClioError decides what happens to a run that Clio didn't answer: it waits for a limit, keeps trying a Clio that is down, or
// fails.
func (s *Service) handleClioError(ctx context.Context, run *SyncRun, err error) (*time.Time, error) {
	problems := apperr.From(err)
	if len(problems) == 0 || ctx.Err() != nil {
		return nil, err
	}
	problem := problems[0]
	if problem.Code == apperr.ClioRateLimited && problem.RetryAt != nil {
		return problem.RetryAt, s.wait(ctx, run, *problem.RetryAt, nil, WaitsForLimit)
	}
	if s.clio.IsDown(err) {
		now := s.now()
		since := cmp.Or(run.FailingSince, &now)
		if at, inTime := run.nextTry(*since, now, rand.Float64()); inTime {
			return &at, s.wait(ctx, run, at, since, WaitsForClio)
		}
	}
	return nil, s.finish(ctx, run, s.failAll(problemOf(problem.Code), problem.Message))
}

func problemOf(code apperr.Code) SyncProblem {
	switch code {
	case apperr.ClioNotConfigured, apperr.ClioNotConnected:
		return ProblemNotConnected
	case apperr.ClioRateLimited:
		return ProblemRateLimited
	case apperr.ClioUnavailable:
		return ProblemUnavailable
	default:
		return ProblemInternal
	}
}

// compareAll is the rule of a run that Clio answered.
func (s *Service) compareAll(snapshot *record.Snapshot) FinishRule {
	return func(run *SyncRun, rules merge.Rules, watches map[string]*watch.Watch) ([]*WatchSyncResult, error) {
		now := s.now()
		results := make([]*WatchSyncResult, len(run.WatchIDs))
		for i, id := range run.WatchIDs {
			result, err := Compare(watches[id], run.MatterIDs[i], snapshot, rules, now)
			if err != nil {
				return nil, err
			}
			result.belongTo(run, i)
			results[i] = result
		}
		if err := run.finish(rules, results, now); err != nil {
			return nil, err
		}
		if snapshot.ContactsRefused {
			run.setProblem(ProblemRefusedPart, strings.TrimSpace(watch.Text(run.Problem)+
				" Clio refused to show contacts to the connected user: cities and states could not be compared."))
		}
		return results, nil
	}
}

// failAll is the rule of a run that can't continue: every watch that can still be checked has FAILED.
func (s *Service) failAll(code SyncProblem, message string) FinishRule {
	return func(run *SyncRun, rules merge.Rules, watches map[string]*watch.Watch) ([]*WatchSyncResult, error) {
		now := s.now()
		results := make([]*WatchSyncResult, len(run.WatchIDs))
		for i, id := range run.WatchIDs {
			w := watches[id]
			if reason := goneReason(w, run.MatterIDs[i]); reason != "" {
				results[i] = resultWithoutComparison(w, OutcomeSkipped, reason)
			} else {
				results[i] = resultWithoutComparison(w, OutcomeFailed, message)
				w.ClioLink.CheckedAt = now
			}
			results[i].belongTo(run, i)
		}
		if err := run.finish(rules, results, now); err != nil {
			return nil, err
		}
		run.setProblem(code, message)
		return results, nil
	}
}
