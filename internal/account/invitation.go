package account

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/watch"
)

// MaxInvitations is how many open invitations a firm has at most.
const MaxInvitations = 100

// Invitation is an open invitation to a firm: the database row and the API's Invitation. It ends when it is accepted or revoked, after seven
// days, when the same address is invited again, and when whoever invited is an administrator no more.
type Invitation struct {
	bun.BaseModel `bun:"table:invitations,alias:i"`

	ID     string `bun:",pk"`
	FirmID string
	// Email is in lower case.
	Email string
	Role  Role
	// TokenHash is the SHA-256 of the token in the link, which itself is never stored.
	TokenHash   []byte `json:"-"`
	InvitedByID string
	CreatedAt   time.Time
	ExpiresAt   time.Time

	Firm *Firm `bun:"rel:belongs-to,join:firm_id=id"`
}

// InviteMemberInput is who is invited, and as what.
type InviteMemberInput struct {
	Email string
	Role  Role
}

// AcceptInvitationInput is how somebody who was invited joins. It is printed and logged as "[secret]".
type AcceptInvitationInput struct {
	secret
	Token    string `json:"-"`
	Name     string
	Password string `json:"-"`
}

// InvitationStore stores invitations. Its changes by an administrator are like MemberStore's.
type InvitationStore interface {
	// Invite stores an invitation in place of those that have expired by then, and of one for the same address. The error is ErrTooMany if the
	// firm has MaxInvitations, or MaxMembers with those who are invited.
	Invite(ctx context.Context, by Administrator, invitation *Invitation) error
	// Invitations returns the firm's invitations that haven't expired, so many at most, the latest first.
	Invitations(ctx context.Context, firmID string, now time.Time, limit int) ([]*Invitation, error)
	// RevokeInvitation deletes an invitation of the firm; apperr.NotFound if there is none that hasn't expired.
	RevokeInvitation(ctx context.Context, by Administrator, id string, now time.Time) error
	// InvitationByToken returns the invitation and its firm; apperr.NotFound if there is none that hasn't expired.
	InvitationByToken(ctx context.Context, tokenHash []byte, now time.Time) (*Invitation, error)
	// AcceptInvitation deletes the invitation, and stores the user and the session, which replaces another, if any. apperr.NotFound if there is
	// no such invitation any more; ErrEmailTaken; ErrTooMany if the firm has MaxMembers.
	AcceptInvitation(ctx context.Context, invitation *Invitation, session *Session, replaced string) error
}

// InviteMember invites somebody to the viewer's firm, and returns the invitation and the address that accepts it, which isn't stored and
// can't be shown again. An invalid address is INVALID, one in use ALREADY_EXISTS.
func (s *Service) InviteMember(ctx context.Context, viewer *Viewer, input InviteMemberInput) (*Invitation, string, error) {
	input.Email = cleanEmail(input.Email)
	if problems := checkEmail(input.Email, "input", "email"); len(problems) > 0 {
		return nil, "", problems
	}
	if taken, err := s.emailTaken(ctx, input.Email); err != nil {
		return nil, "", err
	} else if taken {
		return nil, "", apperr.At(apperr.AlreadyExists, "This person has an account already.", "input", "email")
	}
	token, now := newToken(invitationPrefix), s.now()
	invitation := &Invitation{
		ID: ident.New(ident.Invitation), FirmID: viewer.Firm.ID, Email: input.Email, Role: input.Role, TokenHash: hashToken(token),
		InvitedByID: viewer.User.ID, CreatedAt: now, ExpiresAt: now.Add(invitationLife),
	}
	err := s.store.Invite(ctx, viewer.administrator(), invitation)
	if errors.Is(err, ErrTooMany) {
		return nil, "", apperr.At(apperr.Invalid, "The firm has too many members or open invitations. Remove or revoke some first.", "input")
	}
	if err != nil {
		return nil, "", memberProblem(err)
	}
	return invitation, s.link(invitationPath, token), nil
}

// Invitations returns the firm's open invitations, the latest first.
func (s *Service) Invitations(ctx context.Context, firmID string) ([]*Invitation, error) {
	return s.store.Invitations(ctx, firmID, s.now(), MaxInvitations)
}

// RevokeInvitation ends an open invitation to the viewer's firm; NOT_FOUND if there is no such invitation.
func (s *Service) RevokeInvitation(ctx context.Context, viewer *Viewer, id string) error {
	if !ident.Is(ident.Invitation, id) {
		return noSuchInvitation()
	}
	err := s.store.RevokeInvitation(ctx, viewer.administrator(), id, s.now())
	if apperr.Is(err, apperr.NotFound) {
		return noSuchInvitation()
	}
	return memberProblem(err)
}

// AcceptInvitation makes a member of whoever has the link of an invitation, and signs them in. A link that doesn't work any more is
// NOT_FOUND, an address that somebody has by now ALREADY_EXISTS; other bad values are INVALID.
func (s *Service) AcceptInvitation(ctx context.Context, input AcceptInvitationInput, client Client) (*SignedIn, error) {
	if err := s.takeLink(ctx, client); err != nil {
		return nil, err
	}
	invitation, err := s.invitationBy(ctx, &input)
	if err != nil {
		return nil, err
	}
	hash, err := s.hash(ctx, input.Password)
	if err != nil {
		return nil, err
	}
	user := &User{
		ID: ident.New(ident.User), FirmID: invitation.FirmID, Name: input.Name, Email: invitation.Email,
		Role: invitation.Role, PasswordHash: hash, CreatedAt: s.now(), Firm: invitation.Firm,
	}
	session, token := s.newSession(user, client.UserAgent)
	err = s.store.AcceptInvitation(ctx, invitation, session, client.CookieSession)
	switch {
	case apperr.Is(err, apperr.NotFound):
		return nil, linkEnded()
	case errors.Is(err, ErrEmailTaken):
		return nil, apperr.At(apperr.AlreadyExists, "There is an account with this e-mail address already. Sign in.", "input", "token")
	case errors.Is(err, ErrTooMany):
		return nil, apperr.At(apperr.Invalid, "The firm has as many members as it can have. Ask an administrator of your firm.", "input", "token")
	case err != nil:
		return nil, err
	}
	return s.welcome(ctx, session, token, client)
}

// invitationBy returns the invitation that the input accepts, or every problem with the input, which it cleans.
func (s *Service) invitationBy(ctx context.Context, input *AcceptInvitationInput) (*Invitation, error) {
	input.Name = watch.CleanText(input.Name)
	problems := slices.Concat(
		checkName(input.Name, "Your name must have 1 to 200 characters.", "input", "name"),
		checkPassword(input.Password, "input", "password"),
	)
	invitation, err := s.store.InvitationByToken(ctx, hashToken(input.Token), s.now())
	if apperr.Is(err, apperr.NotFound) {
		problems, err = append(apperr.Errors{linkEnded()}, problems...), nil
	}
	if err != nil {
		return nil, err
	}
	return invitation, problems.Err()
}

// welcome completes the sign-in of somebody whose session a link began.
func (s *Service) welcome(ctx context.Context, session *Session, token string, client Client) (*SignedIn, error) {
	defer s.sessions.forget()
	device, err := s.rememberDevice(ctx, session.User, client)
	if err != nil {
		return nil, err
	}
	s.logins.LoggedIn(session.User.FirmID, session.UserID)
	return session.signedIn(token, device), nil
}

func noSuchInvitation() error {
	return apperr.At(apperr.NotFound, "The firm has no such invitation.", "id")
}
