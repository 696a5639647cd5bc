package account

import (
	"context"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

// MaxSessions is how many sessions a user has at most: a further one ends the one that was used least recently.
const MaxSessions = 100

// Sessions returns the viewer's sessions that haven't ended, the latest sign-in first.
func (s *Service) Sessions(ctx context.Context, viewer *Viewer) ([]*Session, error) {
	sessions, err := s.store.Sessions(ctx, viewer.User, s.newestEnded(s.now()), MaxSessions)
	for _, session := range sessions {
		session.Current = session.ID == viewer.SessionID
	}
	return sessions, err
}

// RevokeSession ends one of the viewer's sessions, on every device and replica at once; NOT_FOUND if the viewer has no such session.
func (s *Service) RevokeSession(ctx context.Context, viewer *Viewer, id string) error {
	defer s.sessions.forget()
	if !ident.Is(ident.Session, id) {
		return noSuchSession()
	}
	return s.store.RevokeSession(ctx, viewer.User, id)
}

func noSuchSession() error {
	return apperr.At(apperr.NotFound, "There is no such session.", "id")
}
