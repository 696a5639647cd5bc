package account

import (
	"context"

	"watchkeeper/internal/watch"
)

// UpdateProfileInput is what users change of themselves.
type UpdateProfileInput struct {
	// Name has 1 to 200 characters.
	Name string
}

// UpdateFirmInput is what administrators change of their firm.
type UpdateFirmInput struct {
	// Name has 1 to 200 characters.
	Name string
}

// UpdateProfile changes the viewer's name, and returns the viewer's user as it is then. An invalid name is INVALID.
func (s *Service) UpdateProfile(ctx context.Context, viewer *Viewer, input UpdateProfileInput) (*User, error) {
	defer s.sessions.forget()
	input.Name = watch.CleanText(input.Name)
	if problems := checkName(input.Name, "Your name must have 1 to 200 characters.", "input", "name"); len(problems) > 0 {
		return nil, problems
	}
	return s.store.RenameUser(ctx, viewer.Firm.ID, viewer.User.ID, input.Name)
}

// UpdateFirm changes the firm's name, and returns the firm as it is then. An invalid name is INVALID.
func (s *Service) UpdateFirm(ctx context.Context, viewer *Viewer, input UpdateFirmInput) (*Firm, error) {
	defer s.sessions.forget()
	input.Name = watch.CleanText(input.Name)
	if problems := checkName(input.Name, "The firm's name must have 1 to 200 characters.", "input", "name"); len(problems) > 0 {
		return nil, problems
	}
	return s.store.RenameFirm(ctx, viewer.Firm.ID, input.Name)
}
