package clio

import (
	"context"
	"time"

	"github.com/uptrace/bun"
)

// Store stores connections, pending authorizations and rate limits.
type Store interface {
	TokenStore
	// Integration returns the firm's row, and apperr.NotFound when the firm never connected.
	Integration(ctx context.Context, firmID string) (*Integration, error)
	// Connect is Change for a new connection: update also gets a summary of the firm's links, read under the lock.
	Connect(ctx context.Context, firmID string, update func(*Integration, *Links) error) (*Integration, error)

	// ClaimMaintenance returns up to limit firms of the region whose usable connection is due for maintenance at now, longest
	// overdue first, and postpones their maintenance to until. They are in any order. No two callers get the same firm, and rows
	// that are locked are skipped.
	ClaimMaintenance(ctx context.Context, region string, now, until time.Time, limit int) ([]string, error)

	// SaveAuthorization stores a new authorization and deletes those that have expired at now.
	SaveAuthorization(ctx context.Context, pending *PendingAuthorization, now time.Time) error
	// TakeAuthorization deletes and returns the authorization that the claim is for, in one step. If there is none that is
	// proven and not expired, the error is apperr.NotFound and nothing is deleted.
	TakeAuthorization(ctx context.Context, claim Claim, now time.Time) (*PendingAuthorization, error)

	// Reserve subtracts cost from the remaining requests of the window and returns the firm's row, NotConnected if there is none, if at
	// least need of them remain or the window is unknown. Otherwise, or if Clio asked to wait, it returns when to try again.
	Reserve(ctx context.Context, firmID string, cost, need int, now time.Time) (row *Integration, until *time.Time, err error)
	// SaveLimit stores the limit, unless a later window, or fewer remaining requests of the same window, are already stored.
	SaveLimit(ctx context.Context, limit *Limit) error

	// Links summarizes the firm's links to matters.
	Links(ctx context.Context, firmID string) (*Links, error)
	// BindLinks records the account on those of the firm's links that have none.
	BindLinks(ctx context.Context, firmID string, accountID int64) error
}

// PendingAuthorization is an authorization that was begun and not yet completed. It can be used once, within ten minutes, by the
// browser that began it.
type PendingAuthorization struct {
	bun.BaseModel `bun:"table:clio_authorizations,alias:a"`

	StateHash  []byte `bun:",pk"` // SHA-256 of OAuth's state
	FirmID     string
	UserID     string
	SessionID  *string // nil: begun with an API token
	CookieHash []byte  // SHA-256 of Authorization.Cookie
	ReturnTo   string  // already checked
	Verifier   Sealed  // PKCE's code verifier (RFC 7636)
	ExpiresAt  time.Time
}

// Claim is a browser's claim to have begun an authorization. Its session or its cookie proves it.
type Claim struct {
	StateHash  []byte
	SessionID  string // empty: not signed in
	CookieHash []byte
}

// Links summarizes which Clio a firm's links belong to.
type Links struct {
	Regions  []string // distinct; empty: there are no links
	Accounts []int64  // distinct, without unknown ones
	Unbound  bool     // some link has no account recorded
	// Sample has up to 100 linked matters with the contact of each link, those most likely to be found first.
	Sample []LinkedMatter
}

// LinkedMatter is a matter and the contact who was its client.
type LinkedMatter struct {
	MatterID  int64
	ContactID int64
}
