package account

import (
	"context"
	"errors"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/ratelimit"
)

// SignUpAllowed reports whether a firm may be created now: in an empty installation, or with open sign-up.
func (s *Service) SignUpAllowed(ctx context.Context) (bool, error) {
	if s.openSignUp {
		return true, nil
	}
	anyFirm, err := s.store.AnyFirm(ctx)
	return !anyFirm && err == nil, err
}

// SignUp creates a firm and its first administrator, and signs them in. It is FORBIDDEN if sign-up isn't allowed; of two first
// sign-ups at the same time one is refused. All invalid values are reported together, as INVALID or, for a taken e-mail address,
// ALREADY_EXISTS. An address may create sixty firms in an hour; more are RATE_LIMITED.
func (s *Service) SignUp(ctx context.Context, input SignUpInput, client Client) (*SignedIn, error) {
	if allowed, err := s.SignUpAllowed(ctx); err != nil {
		return nil, err
	} else if !allowed {
		return nil, signUpClosed()
	}
	input, err := s.validate(ctx, input)
	if err != nil {
		return nil, err
	}
	err = s.take(ctx, "Too many firms were created from your network. Wait a few minutes, then try again.",
		ratelimit.Bucket{Key: "sign-up address " + client.Address, Limit: signUpsPerAddress})
	if err != nil {
		return nil, err
	}
	hash, err := s.hash(ctx, input.Password)
	if err != nil {
		return nil, err
	}
	return s.createFirm(ctx, input, hash, client)
}

// createFirm stores a firm, its first user, and the session in which they are signed in.
func (s *Service) createFirm(ctx context.Context, input SignUpInput, hash PasswordHash, client Client) (*SignedIn, error) {
	defer s.sessions.forget()
	now := s.now()
	firm := &Firm{ID: ident.New(ident.Firm), Name: input.FirmName, CreatedAt: now}
	user := &User{
		ID: ident.New(ident.User), FirmID: firm.ID, Name: input.Name, Email: input.Email,
		Role: Admin, PasswordHash: hash, CreatedAt: now, Firm: firm,
	}
	session, token := s.newSession(user, client.UserAgent)
	err := s.store.CreateFirm(ctx, firm, user, session, s.checkSignUpAllowed)
	if errors.Is(err, ErrEmailTaken) {
		return nil, apperr.Errors{emailTakenProblem()}
	}
	if err != nil {
		return nil, err
	}
	if client.CookieSession != "" {
		if err := s.store.RemoveSession(ctx, client.CookieSession); err != nil {
			return nil, err
		}
	}
	device, err := s.rememberDevice(ctx, user, client)
	if err != nil {
		return nil, err
	}
	return session.signedIn(token, device), nil
}

// checkSignUpAllowed returns an error if no firm may be created. anyFirm says whether there is one already.
func (s *Service) checkSignUpAllowed(anyFirm bool) error {
	if s.openSignUp || !anyFirm {
		return nil
	}
	return signUpClosed()
}

// validate returns the input as it is stored, or every problem with it.
func (s *Service) validate(ctx context.Context, input SignUpInput) (SignUpInput, error) {
	input, problems := input.clean()
	taken, err := s.emailTaken(ctx, input.Email)
	if err != nil {
		return input, err
	}
	if taken {
		problems = append(problems, emailTakenProblem())
	}
	return input, problems.Err()
}

// emailTaken reports whether the address belongs to a user of any firm.
func (s *Service) emailTaken(ctx context.Context, email string) (bool, error) {
	if !isEmail(email) {
		return false, nil
	}
	_, err := s.store.UserByEmail(ctx, email)
	if apperr.Is(err, apperr.NotFound) {
		return false, nil
	}
	return err == nil, err
}

func signUpClosed() *apperr.Error {
	return apperr.New(apperr.Forbidden, "Sign-up is closed on this server. Ask your administrator for access.")
}

func emailTakenProblem() *apperr.Error {
	return apperr.At(apperr.AlreadyExists, "An account with this e-mail address already exists. Sign in, or use another address.", "input", "email")
}
