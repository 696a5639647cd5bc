// Package account manages firms, their users, and how users authenticate: sign-up, sign-in and sessions.
//
// Passwords are stored as argon2id hashes and session tokens as SHA-256 hashes: neither can be recovered.
package account

import (
	"time"

	"github.com/uptrace/bun"
)

// Role says what a user may do.
type Role string

// The roles. A member may do everything except connect Clio and manage settings, mappings, tokens, members and the audit log
// (contract.graphqls).
const (
	Admin  Role = "ADMIN"
	Member Role = "MEMBER"
)

// Firm is a law firm: the database row and the API's Firm. A firm can neither see nor change anything of another.
type Firm struct {
	bun.BaseModel `bun:"table:firms,alias:f"`

	ID        string `bun:",pk"`
	Name      string
	CreatedAt time.Time
}

// User is a person who works for a firm: the database row and the API's User.
type User struct {
	bun.BaseModel `bun:"table:users,alias:u"`

	ID     string `bun:",pk"`
	FirmID string
	Name   string
	// Email is in lower case, and unique in the installation.
	Email        string
	Role         Role
	PasswordHash PasswordHash `json:"-"`
	CreatedAt    time.Time
	// RemovedAt is when the user was removed from the firm; nil for its members. What the user did stays named.
	RemovedAt *time.Time

	Firm *Firm `bun:"rel:belongs-to,join:firm_id=id"`
}

// Session is a user's session: the database row and the API's Session. It begins with a sign-in, and ends when the user signs out,
// revokes it, changes the password elsewhere or is removed, after 30 days without use, and after 90 days in any case.
type Session struct {
	bun.BaseModel `bun:"table:sessions,alias:s"`

	ID     string `bun:",pk"`
	UserID string
	// TokenHash is the SHA-256 of the token, which itself is never stored.
	TokenHash []byte
	// UserAgent is the User-Agent of the sign-in; nil when there was none.
	UserAgent *string
	CreatedAt time.Time
	// LastSeenAt is when the session was last used, and LastRequestAt when it was last used by a request. Both are accurate to a minute.
	LastSeenAt    time.Time
	LastRequestAt time.Time
	// Current is set for the session of the viewer who lists their sessions.
	Current bool `bun:"-"`

	User *User `bun:"rel:belongs-to,join:user_id=id"`
}

// SignUpInput is a new firm and its first user. It is printed and logged as "[secret]".
type SignUpInput struct {
	secret
	FirmName string
	Name     string
	Email    string
	Password string `json:"-"`
}

// SignInInput is a user's credentials. It is printed and logged as "[secret]".
type SignInInput struct {
	secret
	Email    string
	Password string `json:"-"`
}
