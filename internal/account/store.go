package account

import (
	"context"
	"time"

	"watchkeeper/internal/audit"
)

// Store stores firms, users, and how they authenticate.
type Store interface {
	FirmStore
	MemberStore
	InvitationStore
	ResetStore
	APITokenStore
	SessionStore
	DeviceStore
}

// FirmStore stores firms and their users.
type FirmStore interface {
	// AnyFirm reports whether the installation has a firm.
	AnyFirm(ctx context.Context) (bool, error)
	// CreateFirm stores a firm, its first user and the user's session in one transaction. Such transactions run one at a time. Each
	// calls allowed first, whose error is returned. If the address is taken, the error is ErrEmailTaken and nothing is stored.
	CreateFirm(ctx context.Context, firm *Firm, user *User, session *Session, allowed func(anyFirm bool) error) error
	// UserByEmail returns the member of any firm with this address in lower case, and their firm; apperr.NotFound if there is none.
	UserByEmail(ctx context.Context, email string) (*User, error)
	// Users returns the users of the firm with these ids, by id, also those who were removed. Other ids are left out.
	Users(ctx context.Context, firmID string, ids []string) (map[string]*User, error)
	// RenameUser changes a member's name, and returns the user; apperr.NotFound if the firm has no such member.
	RenameUser(ctx context.Context, firmID, id, name string) (*User, error)
	// RenameFirm changes a firm's name, and returns the firm.
	RenameFirm(ctx context.Context, id, name string) (*Firm, error)
	// ChangePassword stores a new hash in place of the one that the user has, and deletes all other sessions of the user, and a
	// password reset. If the user has another hash by now, or was removed, the error is ErrPasswordChanged and nothing is stored.
	ChangePassword(ctx context.Context, user *User, hash PasswordHash, keptSession string) error
}

// SessionStore stores sessions.
type SessionStore interface {
	// AddSession stores a session, and deletes the one that it replaces, if any, and the user's sessions that have ended or are too many.
	// If the user has another password by now than the session's User, or was removed, the error is ErrPasswordChanged.
	AddSession(ctx context.Context, session *Session, replaced string, ended Ended) error
	// SessionByToken returns the session, if it hasn't ended, with its user and firm, in one statement; apperr.NotFound if there is none.
	SessionByToken(ctx context.Context, tokenHash []byte, ended Ended) (*Session, error)
	// SessionSeen stores when a session was used, and whether by a request.
	SessionSeen(ctx context.Context, id string, at time.Time, byRequest bool) error
	// Sessions returns the user's sessions that haven't ended, so many at most, the latest first.
	Sessions(ctx context.Context, user *User, ended Ended, limit int) ([]*Session, error)
	// RevokeSession deletes a session of the user; apperr.NotFound if the user has no such session.
	RevokeSession(ctx context.Context, user *User, id string) error
	// SignOut deletes a session of the user. It is no error if it doesn't exist.
	SignOut(ctx context.Context, user *User, id string) error
	// RecordRefusal records that a password was refused of the member who has this address, if anybody has.
	RecordRefusal(ctx context.Context, email string, event *audit.AuditEvent) error
	// RemoveSession deletes a session. It is no error if the session doesn't exist.
	RemoveSession(ctx context.Context, id string) error
}

// DeviceStore stores the browsers on which users have signed in.
type DeviceStore interface {
	// KnowsDevice reports whether the user with this address has signed in on the device; anybody, if the address is empty.
	KnowsDevice(ctx context.Context, tokenHash []byte, email string) (bool, error)
	// AddDevice stores that a user has signed in on a device. Of each user's devices the twenty that were used last are kept.
	AddDevice(ctx context.Context, device *Device) error
}
