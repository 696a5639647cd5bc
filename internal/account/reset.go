package account

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

// PasswordReset is a link by which a user may choose a new password. It ends when it is used, after a day, when another is made for the
// user, when the password is changed, and when whoever made it is an administrator no more.
type PasswordReset struct {
	bun.BaseModel `bun:"table:password_resets,alias:p"`

	UserID string `bun:",pk"`
	// TokenHash is the SHA-256 of the token in the link, which itself is never stored.
	TokenHash []byte `json:"-"`
	// CreatedByID is the administrator who made it; nil when it was made on the server.
	CreatedByID *string
	ExpiresAt   time.Time

	User *User `bun:"rel:belongs-to,join:user_id=id"`
}

// ResetPasswordInput is how a user chooses a new password. It is printed and logged as "[secret]".
type ResetPasswordInput struct {
	secret
	Token       string `json:"-"`
	NewPassword string `json:"-"`
}

// ResetStore stores password resets.
type ResetStore interface {
	// AddReset stores a reset in place of an older one of the user; apperr.NotFound if the administrator's firm has no such member. by is
	// nil on the server, where the reset has its User; otherwise this is like a change of MemberStore.
	AddReset(ctx context.Context, by *Administrator, reset *PasswordReset) error
	// ResetByToken returns the reset with its user and their firm; apperr.NotFound if there is none that hasn't expired.
	ResetByToken(ctx context.Context, tokenHash []byte, now time.Time) (*PasswordReset, error)
	// ResetPassword deletes the reset, stores the password of the session's user, and replaces all of the user's sessions, and another
	// one, if any, by the session. The user's devices are forgotten. apperr.NotFound if there is no such reset any more.
	ResetPassword(ctx context.Context, reset *PasswordReset, session *Session, replaced string) error
}

// CreatePasswordReset returns the address at which a member of the viewer's firm can choose a new password, once, and until when. It isn't
// stored and can't be shown again. NOT_FOUND if the firm has no such member.
func (s *Service) CreatePasswordReset(ctx context.Context, viewer *Viewer, userID string) (url string, expiresAt time.Time, err error) {
	if !ident.Is(ident.User, userID) {
		return "", time.Time{}, noSuchMember()
	}
	by := viewer.administrator()
	url, expiresAt, err = s.createReset(ctx, &by, userID, nil)
	return url, expiresAt, memberProblem(err)
}

// CreatePasswordResetFor is CreatePasswordReset for whoever administers the server: NOT_FOUND if nobody has the address.
func (s *Service) CreatePasswordResetFor(ctx context.Context, email string) (url string, expiresAt time.Time, err error) {
	user, err := s.store.UserByEmail(ctx, cleanEmail(email))
	if err != nil {
		return "", time.Time{}, err
	}
	return s.createReset(ctx, nil, user.ID, user)
}

func (s *Service) createReset(ctx context.Context, by *Administrator, userID string, user *User) (url string, expiresAt time.Time, err error) {
	token := newToken(resetPrefix)
	reset := &PasswordReset{UserID: userID, User: user, TokenHash: hashToken(token), ExpiresAt: s.now().Add(resetLife)}
	if by != nil {
		reset.CreatedByID = &by.UserID
	}
	if err := s.store.AddReset(ctx, by, reset); err != nil {
		return "", time.Time{}, err
	}
	return s.link(resetPath, token), reset.ExpiresAt, nil
}

// ResetPassword stores the password that whoever has the link of a reset chooses, ends all sessions of the user, and signs them in. A link
// that doesn't work any more is NOT_FOUND, an invalid password INVALID.
func (s *Service) ResetPassword(ctx context.Context, input ResetPasswordInput, client Client) (*SignedIn, error) {
	defer s.sessions.forget()
	if err := s.takeLink(ctx, client); err != nil {
		return nil, err
	}
	problems := checkPassword(input.NewPassword, "input", "newPassword")
	reset, err := s.store.ResetByToken(ctx, hashToken(input.Token), s.now())
	if apperr.Is(err, apperr.NotFound) {
		return nil, append(apperr.Errors{linkEnded()}, problems...)
	}
	if err != nil || len(problems) > 0 {
		return nil, errors.Join(err, problems.Err())
	}
	hash, err := s.hash(ctx, input.NewPassword)
	if err != nil {
		return nil, err
	}
	reset.User.PasswordHash = hash
	session, token := s.newSession(reset.User, client.UserAgent)
	err = s.store.ResetPassword(ctx, reset, session, client.CookieSession)
	if apperr.Is(err, apperr.NotFound) {
		return nil, linkEnded()
	}
	if err != nil {
		return nil, err
	}
	if err := s.forgetFailures(ctx, reset.User.Email); err != nil {
		return nil, err
	}
	return s.welcome(ctx, session, token, client)
}
