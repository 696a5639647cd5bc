package account

import (
	"context"
	"errors"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/audit"
)

// ErrPasswordChanged means that the user's password isn't the one that was verified any more, or that the user was removed.
var ErrPasswordChanged = errors.New("the password was changed meanwhile")

// ChangePasswordInput is a user's password and the one that replaces it. It is printed and logged as "[secret]".
type ChangePasswordInput struct {
	secret
	CurrentPassword string `json:"-"`
	NewPassword     string `json:"-"`
}

// ChangePassword replaces the viewer's password and ends the viewer's other sessions. A wrong current password is INVALID_CREDENTIALS; it
// counts as a failed sign-in, so that too many are RATE_LIMITED. An invalid new one is INVALID.
func (s *Service) ChangePassword(ctx context.Context, viewer *Viewer, input ChangePasswordInput, client Client) error {
	defer s.sessions.forget()
	attempt, err := s.beginAttempt(ctx, viewer.User.Email, client)
	if err != nil {
		return err
	}
	matches, err := s.verify(ctx, input.CurrentPassword, viewer.User.PasswordHash)
	if err != nil {
		return errors.Join(err, attempt.takeBack(ctx))
	}
	problems := checkPassword(input.NewPassword, "input", "newPassword")
	if !matches {
		s.recordRefusal(ctx, viewer.User.Email, audit.New(audit.PasswordRefused, "", "A change of the password was refused: the current one was wrong."))
		return append(apperr.Errors{wrongCurrentPassword()}, problems...)
	}
	if err := attempt.succeeded(ctx); err != nil {
		return err
	}
	if len(problems) > 0 {
		return problems
	}
	hash, err := s.hash(ctx, input.NewPassword)
	if err != nil {
		return err
	}
	err = s.store.ChangePassword(ctx, viewer.User, hash, viewer.SessionID)
	if errors.Is(err, ErrPasswordChanged) {
		return wrongCurrentPassword()
	}
	return err
}

func wrongCurrentPassword() *apperr.Error {
	return apperr.At(apperr.InvalidCredentials, "The current password is wrong.", "input", "currentPassword")
}
