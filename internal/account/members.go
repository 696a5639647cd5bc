package account

import (
	"context"
	"errors"
	"time"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

// MaxMembers is how many members a firm has at most.
const MaxMembers = 500

var (
	// ErrLastAdministrator means that the firm would be left without an administrator.
	ErrLastAdministrator = errors.New("the firm would have no administrator")
	// ErrNoAdministrator means that whoever acts isn't an administrator of the firm any more.
	ErrNoAdministrator = errors.New("not an administrator any more")
	// ErrTooMany means that the firm has as many as it may have.
	ErrTooMany = errors.New("there are too many")
)

// Administrator is who administers a firm. What administrators do to people happens one at a time in a firm, and only while they are
// administrators.
type Administrator struct {
	FirmID, UserID string
}

func (v *Viewer) administrator() Administrator {
	return Administrator{FirmID: v.Firm.ID, UserID: v.User.ID}
}

// MemberStore stores who belongs to a firm. Its changes lock the firm and are ErrNoAdministrator if by isn't an administrator then.
type MemberStore interface {
	// Members returns the firm's members, so many at most, in the order in which they joined.
	Members(ctx context.Context, firmID string, limit int) ([]*User, error)
	// ChangeRole changes a member's role, and returns the member. An administrator who becomes a member loses the links that they made.
	// The error is ErrLastAdministrator, or apperr.NotFound if the firm has no such member.
	ChangeRole(ctx context.Context, by Administrator, userID string, role Role) (*User, error)
	// RemoveMember removes a member, with all sessions, devices, API tokens, and links that the member made or was sent. The errors are those of
	// ChangeRole.
	RemoveMember(ctx context.Context, by Administrator, userID string, at time.Time) error
}

// Members returns the firm's members, in the order in which they joined.
func (s *Service) Members(ctx context.Context, firmID string) ([]*User, error) {
	return s.store.Members(ctx, firmID, MaxMembers)
}

// ChangeMemberRole changes what a member of the viewer's firm may do, and returns the member as it is then. NOT_FOUND if the firm has no
// such member, INVALID if it would be left without an administrator, FORBIDDEN if the viewer isn't an administrator any more.
func (s *Service) ChangeMemberRole(ctx context.Context, viewer *Viewer, userID string, role Role) (*User, error) {
	defer s.sessions.forget()
	if !ident.Is(ident.User, userID) {
		return nil, noSuchMember()
	}
	user, err := s.store.ChangeRole(ctx, viewer.administrator(), userID, role)
	return user, memberProblem(err)
}

// RemoveMember removes a member from the viewer's firm, and ends their sessions, API tokens and streams at once, on every replica. What the member did
// stays named. The errors are those of ChangeMemberRole.
func (s *Service) RemoveMember(ctx context.Context, viewer *Viewer, userID string) error {
	defer s.sessions.forget()
	if !ident.Is(ident.User, userID) {
		return noSuchMember()
	}
	return memberProblem(s.store.RemoveMember(ctx, viewer.administrator(), userID, s.now()))
}

// memberProblem makes a problem for people of the errors of MemberStore.
func memberProblem(err error) error {
	switch {
	case errors.Is(err, ErrLastAdministrator):
		return apperr.At(apperr.Invalid, "A firm needs an administrator. Make somebody else an administrator first.", "userId")
	case errors.Is(err, ErrNoAdministrator):
		return apperr.New(apperr.Forbidden, "Only administrators may do this.")
	case apperr.Is(err, apperr.NotFound):
		return noSuchMember()
	default:
		return err
	}
}

func noSuchMember() error {
	return apperr.At(apperr.NotFound, "The firm has no such member.", "userId")
}
