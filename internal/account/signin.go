package account

import (
	"context"
	"errors"

	"watchkeeper/internal/apperr"
)

// SignedIn is what came of a sign-up or a sign-in.
type SignedIn struct {
	Viewer *Viewer
	// Token proves the session, as a bearer token or in the cookie. It can't be shown again.
	Token string
}

var errWrongPassword = errors.New("wrong e-mail address or password")

// SignIn begins a session. A wrong e-mail address or password is INVALID_CREDENTIALS, which doesn't tell the two apart,
// neither by words nor by time. After ten failures for an address within fifteen minutes further tries are RATE_LIMITED
// with RetryAt. userAgent is what the browser calls itself, or empty.
func (s *Service) SignIn(ctx context.Context, input SignInInput, userAgent string) (*SignedIn, error) {
	email := cleanEmail(input.Email)
	if retryAt := s.throttle.begin(email); !retryAt.IsZero() {
		problem := apperr.New(apperr.RateLimited, "There were too many failed attempts to sign in. Wait a while, then try again.")
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
	s.throttle.succeeded(email)

	session, token := s.newSession(user, userAgent)
	if err := s.store.AddSession(ctx, session, session.CreatedAt.Add(-sessionIdle)); err != nil {
		return nil, err
	}
	s.logins.LoggedIn(user.FirmID, user.ID)
	return session.signedIn(token), nil
}

// verifyCredentials finds the user whose password it is; errWrongPassword when there is none.
func (s *Service) verifyCredentials(ctx context.Context, email, password string) (*User, error) {
	hash := dummyHash
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
	right, err := s.hasher.verify(ctx, password, hash)
	if err != nil {
		return nil, err
	}
	if !right || user == nil {
		return nil, errWrongPassword
	}
	return user, nil
}
