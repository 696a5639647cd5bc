package syncer

import (
	"context"
	"fmt"
)

// dueBatch is how many firms' rounds are started in one transaction.
const dueBatch = 500

// StartDue starts the rounds that are due, by the schedule or after a login, and returns for how many firms. Any number of replicas may
// call it at once: each round is started once. A firm with a run under way waits until that run has ended, and one whose connection to
// Clio can't be used waits until it can be (docs/rules.md#due-times).
func (s *Service) StartDue(ctx context.Context) (int, error) {
	if !s.clio.Configured() {
		return 0, nil
	}
	for total := 0; ; {
		now := s.now()
		found, started, err := s.runs.StartDueRuns(ctx, s.clio.Region(), now, dueBatch,
			func(settings *SyncSettings) *SyncRun { return settings.claimDue(now) })
		total += started
		if err != nil {
			return total, fmt.Errorf("starting what is due: %w", err)
		}
		if found < dueBatch {
			return total, nil
		}
	}
}

// EnqueueLost enqueues runs that lost their place in the queue, and returns how many there were.
func (s *Service) EnqueueLost(ctx context.Context) (int, error) {
	found, err := s.runs.EnqueueLost(ctx)
	if err != nil {
		return 0, fmt.Errorf("looking for runs without a job: %w", err)
	}
	return found, nil
}
