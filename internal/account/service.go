package account

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/ratelimit"
)

// ErrEmailTaken means that a user with that e-mail address exists.
var ErrEmailTaken = errors.New("the e-mail address is taken")

// Logins is notified of each login: a sign-in, or the first request of a session after twelve idle hours (contract, syncOnLogin).
type Logins interface {
	// LoggedIn returns at once: the work that follows runs in the background.
	LoggedIn(firmID, userID string)
}

// Service signs users up, in and out.
type Service struct {
	store      Store
	logins     Logins
	notifier   Notifier
	clock      clockwork.Clock
	openSignUp bool
	publicURL  string
	hasher     *hasher
	limits     ratelimit.Store
	sessions   *sessionCache
	log        *slog.Logger
}

// Option changes how NewService sets up a Service.
type Option func(*Service)

// WithHashCost has new passwords hashed at that cost, in place of OWASP's second choice. It is for tests: a server has no
// setting for it.
func WithHashCost(cost HashCost) Option {
	return func(s *Service) { s.hasher = newHasher(cost) }
}

// Parts are what a Service needs. All are required except OpenSignUp and CacheSessions.
type Parts struct {
	Store  Store
	Limits ratelimit.Store
	Logins Logins
	// Notifier reports that sessions have ended.
	Notifier Notifier
	Clock    clockwork.Clock
	Logger   *slog.Logger
	// OpenSignUp lets anybody create a firm; without it only the first firm can be created.
	OpenSignUp bool
	// CacheSessions is how long a session is remembered; zero: each request looks its own up.
	CacheSessions time.Duration
	// PublicURL is how browsers reach the server: invitations and password resets are links to it.
	PublicURL string
}

// NewService returns a service.
func NewService(parts Parts, options ...Option) *Service {
	s := &Service{
		store: parts.Store, logins: parts.Logins, notifier: parts.Notifier, clock: parts.Clock, openSignUp: parts.OpenSignUp,
		publicURL: parts.PublicURL, sessions: newSessionCache(parts.CacheSessions, parts.Notifier),
		hasher: newHasher(defaultHashCost), limits: parts.Limits, log: parts.Logger,
	}
	for _, option := range options {
		option(s)
	}
	return s
}

// User returns a user of the firm; apperr.NotFound if the firm has no such user.
func (s *Service) User(ctx context.Context, firmID, id string) (*User, error) {
	users, err := s.Users(ctx, firmID, []string{id})
	if err != nil {
		return nil, err
	}
	if user, ok := users[id]; ok {
		return user, nil
	}
	return nil, apperr.New(apperr.NotFound, "There is no such user.")
}

// Users returns the users of the firm with these ids, by id, in at most one statement. Other ids are left out.
func (s *Service) Users(ctx context.Context, firmID string, ids []string) (map[string]*User, error) {
	possible := make([]string, 0, len(ids))
	for _, id := range ids {
		if ident.Is(ident.User, id) {
			possible = append(possible, id)
		}
	}
	if len(possible) == 0 {
		return map[string]*User{}, nil
	}
	return s.store.Users(ctx, firmID, possible)
}

// now returns the time in the precision that the database stores.
func (s *Service) now() time.Time {
	return s.clock.Now().UTC().Truncate(time.Microsecond)
}
