package account

import (
	"context"
	"errors"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/audit"
)

// SignedIn is the result of a sign-up or a sign-in.
type SignedIn struct {
	Viewer *Viewer
	// Token authenticates the session, as a bearer token or in the cookie. It isn't stored, so it can't be shown again.
	Token string
	// Device is the token by which the browser is known at the next sign-in.
	Device string
}

var errWrongPassword = errors.New("wrong e-mail address or password")

// SignIn begins a session. A wrong e-mail address or password is INVALID_CREDENTIALS; neither the message nor the time it takes
// reveals which. After ten failures for an account, or fifty from an address, further attempts are RATE_LIMITED with RetryAt, as they are
// when too many passwords are being checked (docs/architecture.md#limits). The session replaces the one of the client's cookie, which
// ends.
func (s *Service) SignIn(ctx context.Context, input SignInInput, client Client) (*SignedIn, error) {
	email := cleanEmail(input.Email)
	attempt, err := s.beginAttempt(ctx, email, client)
	if err != nil {
		return nil, err
	}
	user, err := s.verifyCredentials(ctx, email, input.Password)
	if errors.Is(err, errWrongPassword) {
		s.recordRefusal(ctx, email, audit.New(audit.SignInRefused, "", "A sign-in with a wrong password was refused."))
		return nil, wrongCredentials()
	}
	if err != nil {
		return nil, errors.Join(err, attempt.takeBack(ctx))
	}
	if err := attempt.succeeded(ctx); err != nil {
		return nil, err
	}
	signedIn, err := s.begin(ctx, user, client)
	if errors.Is(err, ErrPasswordChanged) {
		return nil, wrongCredentials()
	}
	return signedIn, err
}

// recordRefusal records that somebody's password was wrong. That it can't be recorded must not make the attempt any other than a failed one.
func (s *Service) recordRefusal(ctx context.Context, email string, event *audit.AuditEvent) {
	if err := s.store.RecordRefusal(context.WithoutCancel(ctx), email, event); err != nil {
		s.log.ErrorContext(ctx, "recording a refused password failed", "error", err)
	}
}

func wrongCredentials() *apperr.Error {
	return apperr.New(apperr.InvalidCredentials, "The e-mail address or the password is wrong.")
}

// begin begins a session of a user whose password was right.
func (s *Service) begin(ctx context.Context, user *User, client Client) (*SignedIn, error) {
	defer s.sessions.forget()
	session, token := s.newSession(user, client.UserAgent)
	if err := s.store.AddSession(ctx, session, client.CookieSession, s.newestEnded(session.CreatedAt)); err != nil {
		return nil, err
	}
	device, err := s.rememberDevice(ctx, user, client)
	if err != nil {
		return nil, err
	}
	s.logins.LoggedIn(user.FirmID, user.ID)
	return session.signedIn(token, device), nil
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
	matches, err := s.verify(ctx, password, hash)
	if err != nil {
		return nil, err
	}
	if !matches || user == nil {
		return nil, errWrongPassword
	}
	return user, nil
}
