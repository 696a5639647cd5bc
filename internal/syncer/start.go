package syncer

import (
	"context"
	"errors"
	"fmt"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/watch"
)

// SyncAll starts a run over the firm's active linked watches, at most BatchSize of them, the least recently checked first; a
// manual run continues a round that has some left. Where one of the same kind is under way, it returns that one and true.
// CLIO_NOT_CONFIGURED, CLIO_NOT_CONNECTED.
func (s *Service) SyncAll(ctx context.Context, by watch.Actor, dry bool) (*SyncRun, bool, error) {
	if !s.clio.Configured() {
		return nil, false, s.clio.RequireConnection(ctx, by.FirmID)
	}
	start := func() (*SyncRun, bool, error) {
		return s.runs.StartRun(ctx, s.clio.Region(), newRun(by.FirmID, &by.UserID, TriggerManual, ScopeAll, dry, s.now()))
	}
	run, already, err := start()
	if errors.Is(err, ErrNotConnected) {
		if err := s.clio.RequireConnection(ctx, by.FirmID); err != nil {
			return nil, false, err
		}
		run, already, err = start() // it was connected in the meantime
	}
	if err != nil {
		return nil, false, fmt.Errorf("starting a run: %w", err)
	}
	if !already && run.Ended() {
		s.observer.RunEnded(run, nil)
	}
	return run, already, nil
}

// Cancel stops a run before it writes. An ended run is returned unchanged. NOT_FOUND.
func (s *Service) Cancel(ctx context.Context, by watch.Actor, runID string) (*SyncRun, error) {
	if !ident.Is(ident.SyncRun, runID) {
		return nil, noRun()
	}
	run, canceled, err := s.runs.CancelRun(ctx, by.FirmID, runID, s.now())
	if err != nil {
		return nil, fmt.Errorf("canceling a run: %w", err)
	}
	if canceled {
		s.observer.RunEnded(run, nil)
	}
	return run, nil
}

func noRun() error {
	return apperr.At(apperr.NotFound, "There is no such run.", "id")
}
