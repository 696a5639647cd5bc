package account

import (
	"context"
	"errors"

	"watchkeeper/internal/apperr"
)

// SignedIn is the result of a sign-up or a sign-in.
type SignedIn struct {
	Viewer *Viewer
	// Token authenticates the session, as a bearer token or in the cookie. It isn't stored, so it can't be shown again.
	Token string
}

var errWrongPassword = errors.New("wrong e-mail address or password")

// SignIn begins a session. A wrong e-mail address or password is INVALID_CREDENTIALS; neither the message nor the time it takes
// reveals which. After ten failures for an address within fifteen minutes, further attempts are RATE_LIMITED with RetryAt.
// userAgent may be empty.
func (s *Service) SignIn(ctx context.Context, input SignInInput, userAgent string) (*SignedIn, error) {
	email := cleanEmail(input.Email)
	if retryAt := s.throttle.attempt(email); !retryAt.IsZero() {
		problem := apperr.New(apperr.RateLimited, "There were too many failed attempts to sign in. Wait a few minutes, then try again.")
		retryAt = retryAt.UTC()
		problem.RetryAt = &retryAt
		return nil, problem
	}
	user, err := s.verifyCredentials(ctx, email, input.Password)
	if errors.Is(err, errWrongPassword) {
		return nil, apperr.New(apperr.InvalidCredentials, "The e-mail address or the password is wrong.")
	}
	if err != nil {
		s.throttle.release(email)
		return nil, err
	}
	s.throttle.reset(email)

	session, token := s.newSession(user, userAgent)
	if err := s.store.AddSession(ctx, session, session.CreatedAt.Add(-sessionIdle)); err != nil {
		return nil, err
	}
	s.logins.LoggedIn(user.FirmID, user.ID)
	return session.signedIn(token), nil
}

// verifyCredentials returns the user with this address and password; errWrongPassword if there is none.
func (s *Service) verifyCredentials(ctx context.Context, email, password string) (*User, error) {
	hash := s.hasher.dummyHash()
	var user *User
	if isEmail(email) {
		found, err := s.store.UserByEmail(ctx, email)
		if err != nil && !apperr.Is(err, apperr.NotFound) {
			return nil, err
		}
		if err == nil {
			user, hash = found, found.PasswordHash
		}
	}
	matches, err := s.hasher.verify(ctx, password, hash)
	if err != nil {
		return nil, err
	}
	if !matches || user == nil {
		return nil, errWrongPassword
	}
	return user, nil
}
