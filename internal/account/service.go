package account

import (
	"context"
	"errors"
	"time"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

// ErrEmailTaken is a Store's answer when a user with that e-mail address exists.
var ErrEmailTaken = errors.New("the e-mail address is taken")

// Store keeps firms, users and sessions.
type Store interface {
	// AnyFirm tells whether the installation has a firm.
	AnyFirm(ctx context.Context) (bool, error)
	// CreateFirm stores a firm, its first user and the user's session, all or nothing. In the same transaction, of which
	// there is one at a time, allowed is asked first; its error is returned. ErrEmailTaken: nothing was stored.
	CreateFirm(ctx context.Context, firm *Firm, user *User, session *Session, allowed func(anyFirm bool) error) error
	// UserByEmail finds a user of any firm, with the firm, by an address in lower case; an apperr NotFound when there is none.
	UserByEmail(ctx context.Context, email string) (*User, error)
	// Users finds those users of the firm among the ids; the others are left out.
	Users(ctx context.Context, firmID string, ids []string) (map[string]*User, error)
	// AddSession stores a session, and removes those of the same user that were last seen before expired.
	AddSession(ctx context.Context, session *Session, expired time.Time) error
	// SessionByToken finds the session that was last seen after expired, with its user and firm, in one statement; an
	// apperr NotFound when there is none.
	SessionByToken(ctx context.Context, tokenHash []byte, expired time.Time) (*Session, error)
	// SessionSeen notes when a session was used, and whether by a request.
	SessionSeen(ctx context.Context, id string, at time.Time, byRequest bool) error
	// RemoveSession ends a session; one that has ended already is no error.
	RemoveSession(ctx context.Context, id string) error
}

// Logins are told of each login: a sign-in, or the first request of a session after twelve idle hours (contract, syncOnLogin).
type Logins interface {
	// LoggedIn returns at once, whatever follows.
	LoggedIn(firmID, userID string)
}

// Service signs people up, in and out.
type Service struct {
	store      Store
	logins     Logins
	clock      clockwork.Clock
	openSignUp bool
	hasher     *hasher
	throttle   *throttle
}

// NewService makes the service. With openSignUp anybody may create a firm; without it only the first is created.
func NewService(store Store, logins Logins, clock clockwork.Clock, openSignUp bool) *Service {
	return &Service{
		store:      store,
		logins:     logins,
		clock:      clock,
		openSignUp: openSignUp,
		hasher:     newHasher(),
		throttle:   newThrottle(clock),
	}
}

// User finds one user of a firm; an apperr NotFound when the firm has none of that id.
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

// Users finds those users of a firm among the ids, by id, in at most one statement.
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

// now is the time as it is stored.
func (s *Service) now() time.Time {
	return s.clock.Now().UTC().Truncate(time.Microsecond)
}
