package account

import (
	"context"
	"fmt"
	"time"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

const (
	// sessionIdle is how long a session lasts without use.
	sessionIdle = 30 * 24 * time.Hour
	// sessionLife is how long a session lasts at most, however much it is used.
	sessionLife = 90 * 24 * time.Hour
	// loginIdle is how long a session must have had no request for the next one to count as a login (contract, syncOnLogin). A page
	// that only receives subscriptions makes no requests.
	loginIdle = 12 * time.Hour
	// seenEvery is the shortest time after which the use of a session is stored again.
	seenEvery = time.Minute
)

// Authenticate finds the viewer whose session or API token it is, and records that it was used. NOT_FOUND if the token is unknown or has
// ended.
func (s *Service) Authenticate(ctx context.Context, token string) (*Viewer, error) {
	switch {
	case isSessionToken(token):
		return s.bySession(ctx, hashToken(token), true)
	case isAPISecret(token):
		return s.byAPIToken(ctx, hashToken(token))
	default:
		return nil, apperr.New(apperr.NotFound, "There is no such session.")
	}
}

// again finds the viewer by the same session or API token, as they are now.
func (s *Service) again(ctx context.Context, viewer *Viewer, byRequest bool) (*Viewer, error) {
	if viewer.Token != nil {
		return s.byAPIToken(ctx, viewer.tokenHash)
	}
	return s.bySession(ctx, viewer.tokenHash, byRequest)
}

// bySession finds the viewer of a session and records that it is used: by a request, or by a stream that outlasts its request.
func (s *Service) bySession(ctx context.Context, tokenHash []byte, byRequest bool) (*Viewer, error) {
	now := s.now()
	session, err := s.findSession(ctx, tokenHash, byRequest, now)
	if err != nil {
		return nil, err
	}
	idle := now.Sub(session.LastRequestAt)
	if byRequest && idle >= seenEvery || now.Sub(session.LastSeenAt) >= seenEvery {
		if err := s.store.SessionSeen(ctx, session.ID, now, byRequest); err != nil && ctx.Err() == nil {
			// Only the list of sessions is less exact: no reason to refuse whoever is signed in.
			s.log.WarnContext(ctx, "recording the use of a session failed", "error", err)
		}
	}
	if byRequest && idle >= loginIdle {
		s.logins.LoggedIn(session.User.FirmID, session.UserID)
	}
	return session.viewer(), nil
}

// findSession finds a session. Only requests are content with what was read a moment ago: a stream looks when it was told that its
// session may have ended.
func (s *Service) findSession(ctx context.Context, tokenHash []byte, byRequest bool, now time.Time) (*Session, error) {
	listened := false
	if byRequest {
		var session *Session
		if session, listened = s.sessions.get(tokenHash, now); session != nil {
			return session, nil
		}
	}
	session, err := s.store.SessionByToken(ctx, tokenHash, s.newestEnded(now))
	if err != nil {
		return nil, fmt.Errorf("finding a session: %w", err)
	}
	if byRequest && now.Sub(session.LastRequestAt) < seenEvery && now.Sub(session.LastSeenAt) < seenEvery { // else its use is stored first
		s.sessions.put(session, listened, now)
	}
	return session, nil
}

// SignOut ends the viewer's session. A nil viewer is already signed out, and an API token has no session.
func (s *Service) SignOut(ctx context.Context, viewer *Viewer) error {
	if viewer == nil || viewer.Token != nil {
		return nil
	}
	defer s.sessions.forget()
	return s.store.SignOut(ctx, viewer.User, viewer.SessionID)
}

// newSession returns a new session of the user, and its token.
func (s *Service) newSession(user *User, userAgent string) (*Session, string) {
	token, now := newToken(sessionPrefix), s.now()
	return &Session{
		ID: ident.New(ident.Session), UserID: user.ID, TokenHash: hashToken(token),
		UserAgent: cleanUserAgent(userAgent), CreatedAt: now, LastSeenAt: now, LastRequestAt: now, User: user,
	}, token
}

// Ended tells which sessions have ended: those that were last used, or begun, at these times or before.
type Ended struct {
	SeenAt, CreatedAt time.Time
}

func (*Service) newestEnded(now time.Time) Ended {
	return Ended{SeenAt: now.Add(-sessionIdle), CreatedAt: now.Add(-sessionLife)}
}

func (s *Session) signedIn(token, device string) *SignedIn {
	return &SignedIn{Viewer: s.viewer(), Token: token, Device: device}
}

func (s *Session) viewer() *Viewer {
	return &Viewer{User: s.User, Firm: s.User.Firm, SessionID: s.ID, tokenHash: s.TokenHash}
}
