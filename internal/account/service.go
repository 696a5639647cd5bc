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

// Store stores firms, users and sessions.
type Store interface {
	// AnyFirm reports whether the installation has a firm.
	AnyFirm(ctx context.Context) (bool, error)
	// CreateFirm stores a firm, its first user and the user's session in one transaction. Such transactions run one at a time. Each
	// calls allowed first, whose error is returned. If the address is taken, the error is ErrEmailTaken and nothing is stored.
	CreateFirm(ctx context.Context, firm *Firm, user *User, session *Session, allowed func(anyFirm bool) error) error
	// UserByEmail returns the user of any firm with this address in lower case, and their firm; apperr.NotFound if there is none.
	UserByEmail(ctx context.Context, email string) (*User, error)
	// Users returns the users of the firm with these ids, by id. Other ids are left out.
	Users(ctx context.Context, firmID string, ids []string) (map[string]*User, error)
	// AddSession stores a session, and deletes the one that it replaces, if any, and the user's sessions that have ended.
	AddSession(ctx context.Context, session *Session, replaced string, ended Ended) error
	// SessionByToken returns the session, if it hasn't ended, with its user and firm, in one statement; apperr.NotFound if there is none.
	SessionByToken(ctx context.Context, tokenHash []byte, ended Ended) (*Session, error)
	// SessionSeen stores when a session was used, and whether by a request.
	SessionSeen(ctx context.Context, id string, at time.Time, byRequest bool) error
	// RemoveSession deletes a session. It is no error if the session doesn't exist.
	RemoveSession(ctx context.Context, id string) error
	// KnowsDevice reports whether the user with this address has signed in on the device; anybody, if the address is empty.
	KnowsDevice(ctx context.Context, tokenHash []byte, email string) (bool, error)
	// AddDevice stores that a user has signed in on a device. Of each user's devices the twenty that were used last are kept.
	AddDevice(ctx context.Context, device *Device) error
}

// Logins is notified of each login: a sign-in, or the first request of a session after twelve idle hours (contract, syncOnLogin).
type Logins interface {
	// LoggedIn returns at once: the work that follows runs in the background.
	LoggedIn(firmID, userID string)
}

// Service signs users up, in and out.
type Service struct {
	store      Store
	logins     Logins
	clock      clockwork.Clock
	openSignUp bool
	hasher     *hasher
	limits     ratelimit.Store
	log        *slog.Logger
}

// Option changes how NewService sets up a Service.
type Option func(*Service)

// WithHashCost has new passwords hashed at that cost, in place of OWASP's second choice. It is for tests: a server has no
// setting for it.
func WithHashCost(cost HashCost) Option {
	return func(s *Service) { s.hasher = newHasher(cost) }
}

// Parts are what a Service needs. All are required except OpenSignUp.
type Parts struct {
	Store  Store
	Limits ratelimit.Store
	Logins Logins
	Clock  clockwork.Clock
	Logger *slog.Logger
	// OpenSignUp lets anybody create a firm; without it only the first firm can be created.
	OpenSignUp bool
}

// NewService returns a service.
func NewService(parts Parts, options ...Option) *Service {
	s := &Service{
		store: parts.Store, logins: parts.Logins, clock: parts.Clock, openSignUp: parts.OpenSignUp,
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
