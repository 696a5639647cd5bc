package syncer

import (
	"context"
	"fmt"
	"time"
)

// pruneBatch is how many runs' results are forgotten at once: few enough not to hold anybody up.
const pruneBatch = 50

// Prune deletes the results of runs that ended longer ago than they are kept, and which watches they were about. The runs themselves stay,
// and so does the history of the watches (docs/rules.md#history).
func (s *Service) Prune(ctx context.Context, keep time.Duration) error {
	now := s.now()
	for {
		pruned, err := s.runs.PruneResults(ctx, now.Add(-keep), now, pruneBatch)
		if err != nil {
			return fmt.Errorf("pruning the results of runs: %w", err)
		}
		if pruned < pruneBatch {
			return nil
		}
	}
}
