package account

import (
	"context"
	"errors"
	"time"

	"watchkeeper/internal/apperr"
)

// checkEvery is how often WhileSignedIn checks whether the session still exists.
const checkEvery = time.Minute

// ErrSessionEnded is the cause of a context of WhileSignedIn whose session has ended.
var ErrSessionEnded = errors.New("the session has ended")

// Renew returns the viewer as they are now, and records that the session was used, as Authenticate does. NOT_FOUND if the session has
// ended.
func (s *Service) Renew(ctx context.Context, viewer *Viewer) (*Viewer, error) {
	return s.bySession(ctx, viewer.tokenHash, true)
}

// WhileSignedIn returns a context that ends with ctx, or within a minute after the viewer's session has ended, with the cause
// ErrSessionEnded. It marks the session as used meanwhile. If the session can't be looked up, the context stays open. The goroutine
// that checks the session ends with the context.
func (s *Service) WhileSignedIn(ctx context.Context, viewer *Viewer) context.Context {
	ctx, end := context.WithCancelCause(ctx)
	minutes := s.clock.NewTicker(checkEvery)
	go func() {
		defer end(nil)
		defer minutes.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-minutes.Chan():
			}
			if _, err := s.bySession(ctx, viewer.tokenHash, false); apperr.Is(err, apperr.NotFound) {
				end(ErrSessionEnded)
			}
		}
	}()
	return ctx
}
