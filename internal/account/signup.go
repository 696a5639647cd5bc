package account

import (
	"context"
	"errors"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

// SignUpAllowed tells whether a firm may be created now: on an empty installation, or with open sign-up.
func (s *Service) SignUpAllowed(ctx context.Context) (bool, error) {
	if s.openSignUp {
		return true, nil
	}
	anyFirm, err := s.store.AnyFirm(ctx)
	return !anyFirm && err == nil, err
}

// SignUp creates a firm and its first administrator, and signs them in. FORBIDDEN where sign-up isn't allowed: of two
// first sign-ups at the same time one is refused. Bad values come back all at once, as INVALID or, for an e-mail address
// that is taken, ALREADY_EXISTS. userAgent is what the browser calls itself, or empty.
func (s *Service) SignUp(ctx context.Context, input SignUpInput, userAgent string) (*SignedIn, error) {
	if allowed, err := s.SignUpAllowed(ctx); err != nil {
		return nil, err
	} else if !allowed {
		return nil, signUpClosed()
	}
	input, err := s.checked(ctx, input)
	if err != nil {
		return nil, err
	}
	hash, err := s.hasher.hash(ctx, input.Password)
	if err != nil {
		return nil, err
	}

	now := s.now()
	firm := &Firm{ID: ident.New(ident.Firm), Name: input.FirmName, CreatedAt: now}
	user := &User{
		ID: ident.New(ident.User), FirmID: firm.ID, Name: input.Name, Email: input.Email,
		Role: Admin, PasswordHash: hash, CreatedAt: now, Firm: firm,
	}
	session, token := s.newSession(user, userAgent)
	err = s.store.CreateFirm(ctx, firm, user, session, s.mayCreate)
	if errors.Is(err, ErrEmailTaken) {
		return nil, apperr.Errors{emailTakenProblem()}
	}
	if err != nil {
		return nil, err
	}
	return session.signedIn(token), nil
}

// mayCreate is nil when a firm may be created, given whether there is one.
func (s *Service) mayCreate(anyFirm bool) error {
	if s.openSignUp || !anyFirm {
		return nil
	}
	return signUpClosed()
}

// checked is the input as it is stored, or every problem with it.
func (s *Service) checked(ctx context.Context, input SignUpInput) (SignUpInput, error) {
	input, problems := input.cleaned()
	taken, err := s.emailTaken(ctx, input.Email)
	if err != nil {
		return input, err
	}
	if taken {
		problems = append(problems, emailTakenProblem())
	}
	return input, problems.Err()
}

// emailTaken tells whether an address, if it is one at all, belongs to a user of any firm.
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
	return apperr.New(apperr.Forbidden, "This server has its firm, and sign-up is closed.")
}

func emailTakenProblem() *apperr.Error {
	return apperr.At(apperr.AlreadyExists, "Somebody has signed up with this e-mail address already.", "input", "email")
}
