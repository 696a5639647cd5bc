package account

import (
	"context"
	"errors"
	"time"

	"watchkeeper/internal/apperr"
)

// checkEvery is how often WhileSignedIn checks whether the session or API token still exists.
const checkEvery = time.Minute

// ErrSessionEnded is the cause of a context of WhileSignedIn whose session or API token has ended.
var ErrSessionEnded = errors.New("the session or API token has ended")

// Renew returns the viewer as they are now, and records that the session or API token was used, as Authenticate does. NOT_FOUND if it has
// ended.
func (s *Service) Renew(ctx context.Context, viewer *Viewer) (*Viewer, error) {
	return s.again(ctx, viewer, true)
}

// Notifier reports changes made on any replica. It says only that something changed: subscribers read it again.
type Notifier interface {
	// Subscribe returns a channel that gets a signal after each change of the topics; signals that haven't been received yet are merged
	// into one. cancel ends the subscription.
	Subscribe(topics ...string) (changed <-chan struct{}, cancel func())
}

// UserTopic is the topic of the sessions and tokens of a user: it changes when one of them ends.
func UserTopic(userID string) string { return "user " + userID }

// WhileSignedIn returns a context that ends with ctx, or when the viewer's session or API token has ended, with the cause ErrSessionEnded:
// at once where it was ended, on whichever replica, and within a minute where it has expired. It marks the session as used meanwhile. If it can't
// be looked up, the context stays open. The goroutine that checks it ends with the context.
func (s *Service) WhileSignedIn(ctx context.Context, viewer *Viewer) context.Context {
	ctx, end := context.WithCancelCause(ctx)
	changed, unsubscribe := s.notifier.Subscribe(UserTopic(viewer.User.ID))
	minutes := s.clock.NewTicker(checkEvery)
	go func() {
		defer end(nil)
		defer minutes.Stop()
		defer unsubscribe()
		for {
			// First at once: the session may have ended before the subscription began.
			if _, err := s.again(ctx, viewer, false); apperr.Is(err, apperr.NotFound) {
				end(ErrSessionEnded)
				return
			}
			select {
			case <-ctx.Done():
				return
			case <-minutes.Chan():
			case <-changed:
			}
		}
	}()
	return ctx
}
