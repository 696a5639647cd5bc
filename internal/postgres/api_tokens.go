package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/account"
	"watchkeeper/internal/audit"
)

const notExpired = "t.expires_at IS NULL OR t.expires_at > ?"

func (a *Accounts) AddAPIToken(ctx context.Context, by account.Administrator, token *account.APIToken) error {
	ctx = ForFirm(ctx, by.FirmID)
	return a.asAdministrator(ctx, by, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*account.APIToken)(nil)).Where("firm_id = ?", by.FirmID).Where("expires_at <= ?", token.CreatedAt).Exec(ctx)
		if err != nil {
			return fmt.Errorf("removing expired API tokens: %w", err)
		}
		count, err := tx.NewSelect().Model((*account.APIToken)(nil)).Where("t.firm_id = ?", by.FirmID).Count(ctx)
		if err != nil {
			return fmt.Errorf("counting API tokens: %w", err)
		}
		if count >= account.MaxAPITokens {
			return account.ErrTooMany
		}
		if _, err := tx.NewInsert().Model(token).Exec(ctx); err != nil {
			return fmt.Errorf("inserting an API token: %w", err)
		}
		return a.db.record(ctx, tx, by.FirmID, audit.New(audit.APITokenCreated, token.ID, "The API token %s with access %s was created.", token.Name, token.Access))
	})
}

func (a *Accounts) APITokens(ctx context.Context, firmID string, now time.Time, limit int) ([]*account.APIToken, error) {
	ctx = ForFirm(ctx, firmID)
	var tokens []*account.APIToken
	err := a.db.bun.NewSelect().Model(&tokens).Where("t.firm_id = ?", firmID).Where(notExpired, now).
		Order("t.id DESC").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing API tokens: %w", err)
	}
	return tokens, nil
}

func (a *Accounts) RevokeAPIToken(ctx context.Context, by account.Administrator, id string, now time.Time) error {
	ctx = ForFirm(ctx, by.FirmID)
	return a.asAdministrator(ctx, by, func(ctx context.Context, tx bun.Tx) error {
		token := &account.APIToken{ID: id}
		err := tx.NewDelete().Model(token).WherePK().Where("t.firm_id = ?", by.FirmID).Where(notExpired, now).Returning("*").Scan(ctx)
		if err != nil {
			return orNotFound(err, "There is no such API token.", "revoking an API token")
		}
		return a.db.record(ctx, tx, by.FirmID, audit.New(audit.APITokenRevoked, id, "The API token %s was revoked.", token.Name))
	})
}

// APITokenByHash is one statement, which joins the creator and the firm.
func (a *Accounts) APITokenByHash(ctx context.Context, tokenHash []byte, now time.Time) (*account.APIToken, error) {
	ctx = AcrossFirms(ctx, SignIn)
	token := new(account.APIToken)
	err := a.db.bun.NewSelect().Model(token).Relation("Creator").Relation("Creator.Firm").
		Where("t.token_hash = ?", tokenHash).Where(notExpired, now).Where("creator.removed_at IS NULL").Scan(ctx)
	return token, orNotFound(err, "There is no such API token.", "finding an API token")
}

func (a *Accounts) APITokenUsed(ctx context.Context, id string, at time.Time) error {
	ctx = AcrossFirms(ctx, SignIn)
	_, err := a.db.bun.NewUpdate().Model((*account.APIToken)(nil)).Where("id = ?", id).
		Set("last_used_at = greatest(last_used_at, ?)", at).Exec(ctx)
	if err != nil {
		return fmt.Errorf("recording the use of an API token: %w", err)
	}
	return nil
}
