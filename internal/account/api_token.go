package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/watch"
)

// MaxAPITokens is how many API tokens a firm has at most.
const MaxAPITokens = 100

// APITokenAccess is what an API token allows, within what its creator may do.
type APITokenAccess string

// What API tokens allow. Each includes those before it.
const (
	ReadAccess APITokenAccess = "READ"
	SyncAccess APITokenAccess = "SYNC"
	FullAccess APITokenAccess = "FULL"
)

// Includes reports whether a token with this access may do what needs the other.
func (a APITokenAccess) Includes(needed APITokenAccess) bool {
	order := []APITokenAccess{ReadAccess, SyncAccess, FullAccess}
	return slices.Contains(order, needed) && slices.Index(order, a) >= slices.Index(order, needed)
}

// APIToken is what a program authenticates with: the database row and the API's ApiToken. It ends when it is revoked, when it expires, and
// when its creator is removed.
type APIToken struct {
	bun.BaseModel `bun:"table:api_tokens,alias:t"`

	ID     string `bun:",pk"`
	FirmID string
	Name   string
	Access APITokenAccess
	// TokenHash is the SHA-256 of the token, which itself is never stored.
	TokenHash   []byte `json:"-"`
	CreatedByID string
	CreatedAt   time.Time
	// LastUsedAt is accurate to a minute; nil when it was never used.
	LastUsedAt *time.Time
	// ExpiresAt is nil for a token that doesn't expire.
	ExpiresAt *time.Time

	Creator *User `bun:"rel:belongs-to,join:created_by_id=id"`
}

// CreateAPITokenInput is a new API token.
type CreateAPITokenInput struct {
	Name      string
	Access    APITokenAccess
	ExpiresAt *time.Time
}

// APITokenStore stores API tokens. Its changes by an administrator are like MemberStore's.
type APITokenStore interface {
	// AddAPIToken stores a token, and deletes those of the firm that have expired by then; ErrTooMany if the firm has MaxAPITokens.
	AddAPIToken(ctx context.Context, by Administrator, token *APIToken) error
	// APITokens returns the firm's tokens that haven't expired, so many at most, the latest first.
	APITokens(ctx context.Context, firmID string, now time.Time, limit int) ([]*APIToken, error)
	// RevokeAPIToken deletes a token of the firm; apperr.NotFound if there is none that hasn't expired.
	RevokeAPIToken(ctx context.Context, by Administrator, id string, now time.Time) error
	// APITokenByHash returns the token, if it hasn't expired, with its creator and their firm, in one statement; apperr.NotFound if there is
	// none.
	APITokenByHash(ctx context.Context, tokenHash []byte, now time.Time) (*APIToken, error)
	// APITokenUsed stores when a token was used.
	APITokenUsed(ctx context.Context, id string, at time.Time) error
}

// CreateAPIToken makes an API token of the viewer's, and returns it with its secret, which isn't stored and can't be shown again. Bad values
// are INVALID.
func (s *Service) CreateAPIToken(ctx context.Context, viewer *Viewer, input CreateAPITokenInput) (*APIToken, string, error) {
	now := s.now()
	input.Name = watch.CleanText(input.Name)
	problems := checkName(input.Name, "The token's name must have 1 to 200 characters.", "input", "name")
	if input.ExpiresAt != nil && !input.ExpiresAt.After(now) {
		problems = append(problems, apperr.At(apperr.Invalid, "The token must expire in the future.", "input", "expiresAt"))
	}
	if len(problems) > 0 {
		return nil, "", problems
	}
	secret := newAPISecret()
	token := &APIToken{
		ID: ident.New(ident.APIToken), FirmID: viewer.Firm.ID, Name: input.Name, Access: input.Access, TokenHash: hashToken(secret),
		CreatedByID: viewer.User.ID, CreatedAt: now, ExpiresAt: input.ExpiresAt,
	}
	err := s.store.AddAPIToken(ctx, viewer.administrator(), token)
	if errors.Is(err, ErrTooMany) {
		return nil, "", apperr.At(apperr.Invalid, "The firm has 100 tokens, which is as many as it can have. Revoke some first.", "input")
	}
	if err != nil {
		return nil, "", memberProblem(err)
	}
	return token, secret, nil
}

// APITokens returns the firm's API tokens that haven't expired, the latest first.
func (s *Service) APITokens(ctx context.Context, firmID string) ([]*APIToken, error) {
	return s.store.APITokens(ctx, firmID, s.now(), MaxAPITokens)
}

// RevokeAPIToken ends an API token of the viewer's firm, on every replica at once; NOT_FOUND if there is no such token.
func (s *Service) RevokeAPIToken(ctx context.Context, viewer *Viewer, id string) error {
	if !ident.Is(ident.APIToken, id) {
		return noSuchAPIToken()
	}
	err := s.store.RevokeAPIToken(ctx, viewer.administrator(), id, s.now())
	if apperr.Is(err, apperr.NotFound) {
		return noSuchAPIToken()
	}
	return memberProblem(err)
}

// byAPIToken finds the viewer of an API token, and records that it is used.
func (s *Service) byAPIToken(ctx context.Context, tokenHash []byte) (*Viewer, error) {
	now := s.now()
	token, err := s.store.APITokenByHash(ctx, tokenHash, now)
	if err != nil {
		return nil, fmt.Errorf("finding an API token: %w", err)
	}
	if token.LastUsedAt == nil || now.Sub(*token.LastUsedAt) >= seenEvery {
		if err := s.store.APITokenUsed(ctx, token.ID, now); err != nil && ctx.Err() == nil {
			// Only the list of tokens is less exact: no reason to refuse whoever has one.
			s.log.WarnContext(ctx, "recording the use of an API token failed", "error", err)
		}
	}
	return &Viewer{User: token.Creator, Firm: token.Creator.Firm, Token: token, tokenHash: tokenHash}, nil
}

func noSuchAPIToken() error {
	return apperr.At(apperr.NotFound, "The firm has no such token.", "id")
}
