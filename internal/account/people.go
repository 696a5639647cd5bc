// Package account has the firms, the people who work for them, and how they prove who they are: sign-up, sign-in and the
// sessions that follow.
//
// Passwords are kept as argon2id hashes and session tokens as SHA-256 hashes: neither can be read back.
package account

import (
	"log/slog"
	"time"

	"github.com/uptrace/bun"
)

// Role says what a user may do.
type Role string

// The roles. A member does all but connect Clio, settings, mappings, tokens, members and audit (contract.graphqls).
const (
	Admin  Role = "ADMIN"
	Member Role = "MEMBER"
)

// Firm is a law firm: the row, and the API's Firm. Nothing of one firm can be seen or changed by another.
type Firm struct {
	bun.BaseModel `bun:"table:firms,alias:f"`

	ID        string `bun:",pk"`
	Name      string
	CreatedAt time.Time
}

// User is somebody who works for a firm: the row, and the API's User.
type User struct {
	bun.BaseModel `bun:"table:users,alias:u"`

	ID     string `bun:",pk"`
	FirmID string
	Name   string
	// Email is in lower case, and unique over the installation.
	Email        string
	Role         Role
	PasswordHash PasswordHash `json:"-"`
	CreatedAt    time.Time

	Firm *Firm `bun:"rel:belongs-to,join:firm_id=id"`
}

// Session is one signing-in of a user. It ends when the user signs out, or after 30 days without use.
type Session struct {
	bun.BaseModel `bun:"table:sessions,alias:s"`

	ID     string `bun:",pk"`
	UserID string
	// TokenHash is the SHA-256 of the token, which itself is never stored.
	TokenHash []byte
	// UserAgent is what the browser or program called itself; nil when it didn't.
	UserAgent *string
	CreatedAt time.Time
	// LastSeenAt is when the session was last used, and LastRequestAt when by a request; both are right to the minute.
	LastSeenAt    time.Time
	LastRequestAt time.Time

	User *User `bun:"rel:belongs-to,join:user_id=id"`
}

// hidden is printed in place of a secret.
const hidden = "[secret]"

// SignUpInput is who and what a new firm begins with. Printed or logged it is "[secret]".
type SignUpInput struct {
	FirmName string
	Name     string
	Email    string
	Password string `json:"-"`
}

// String hides the password.
func (SignUpInput) String() string { return hidden }

// GoString hides the password from %#v.
func (SignUpInput) GoString() string { return hidden }

// LogValue hides the password from the log.
func (SignUpInput) LogValue() slog.Value { return slog.StringValue(hidden) }

// SignInInput is how a user proves who they are. Printed or logged it is "[secret]".
type SignInInput struct {
	Email    string
	Password string `json:"-"`
}

// String hides the password.
func (SignInInput) String() string { return hidden }

// GoString hides the password from %#v.
func (SignInInput) GoString() string { return hidden }

// LogValue hides the password from the log.
func (SignInInput) LogValue() slog.Value { return slog.StringValue(hidden) }
