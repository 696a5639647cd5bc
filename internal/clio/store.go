package clio

import (
	"context"
	"time"

	"github.com/uptrace/bun"
)

// Store keeps connections and what leads to them.
type Store interface {
	// Integration returns the firm's row, and apperr.NotFound when the firm never connected.
	Integration(ctx context.Context, firmID string) (*Integration, error)
	// Change locks the firm's row, hands it to the rule, writes what the rule changed and returns the row as it is then.
	// A firm without a row is given one that is NOT_CONNECTED. An error of the rule changes nothing and is returned. The
	// lock is held while the rule runs.
	Change(ctx context.Context, firmID string, rule func(*Integration) error) (*Integration, error)
	// Connect is Change for a rule that makes a connection: it also gets what the firm's links say, read under the lock.
	Connect(ctx context.Context, firmID string, rule func(*Integration, *Links) error) (*Integration, error)
	// WithTokens returns every firm's row that holds a token, for the check of the keys at start.
	WithTokens(ctx context.Context) ([]*Integration, error)

	// ClaimMaintenance chooses up to limit firms of the region whose connection can be used and is to be looked after by now, those
	// due for longest, puts their maintenance off to until, and returns them in any order. No two callers get the same firm, and a
	// connection that somebody is changing is passed over.
	ClaimMaintenance(ctx context.Context, region string, now, until time.Time, limit int) ([]string, error)

	// SaveAuthorization stores an authorization that begins, and deletes those that have expired by now.
	SaveAuthorization(ctx context.Context, pending *PendingAuthorization, now time.Time) error
	// TakeAuthorization returns the authorization that the claim is for and deletes it, both at once. Without a claim that
	// is proven and in time it is apperr.NotFound, and nothing is deleted.
	TakeAuthorization(ctx context.Context, claim Claim, now time.Time) (*PendingAuthorization, error)

	// Reserve takes cost off what remains of the window's requests, when at least need of them remain, and returns when to try
	// again when they don't, or Clio asked for a pause; nil when they do, or nothing is known of this window.
	Reserve(ctx context.Context, firmID string, cost, need int, now time.Time) (*time.Time, error)
	// NoteLimit writes down what Clio said; what is known of a later window, or less in the same one, stays.
	NoteLimit(ctx context.Context, limit *Limit) error

	// Links tells what the firm's links to matters say of the Clio that they came from.
	Links(ctx context.Context, firmID string) (*Links, error)
	// BindLinks notes the account on those of the firm's links that don't know theirs.
	BindLinks(ctx context.Context, firmID string, accountID int64) error
}

// PendingAuthorization is a grant of access that was begun and not yet finished. It can be used once, for ten minutes,
// and by the browser that began it.
type PendingAuthorization struct {
	bun.BaseModel `bun:"table:clio_authorizations,alias:a"`

	StateHash  []byte `bun:",pk"` // SHA-256 of OAuth's state
	FirmID     string
	UserID     string
	SessionID  *string // nil: begun without a session, with an API token
	CookieHash []byte  // SHA-256 of the cookie that was set when it began
	ReturnTo   string  // checked when it began
	ExpiresAt  time.Time
}

// Claim is a browser's word for having begun an authorization. Its session or its cookie proves it.
type Claim struct {
	StateHash  []byte
	SessionID  string // empty: not signed in
	CookieHash []byte
}

// Links is what a firm's links say of the Clio that they came from.
type Links struct {
	Regions  []string // distinct; empty: there are no links
	Accounts []int64  // distinct, where known
	Unbound  bool     // some link doesn't know its account
	// Sample has up to 100 linked matters with the contact that each link is about, the likeliest to be found first.
	Sample []LinkedMatter
}

// LinkedMatter is a matter and the contact who was its client.
type LinkedMatter struct {
	MatterID  int64
	ContactID int64
}
