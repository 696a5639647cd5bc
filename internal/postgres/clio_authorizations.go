package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
)

func (c *Clio) SaveAuthorization(ctx context.Context, pending *clio.PendingAuthorization, now time.Time) error {
	ctx = AcrossFirms(ctx, ClioCallback)
	return c.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*clio.PendingAuthorization)(nil)).Where("a.expires_at <= ?", now).Exec(ctx)
		if err != nil {
			return fmt.Errorf("deleting expired authorizations: %w", err)
		}
		if _, err := tx.NewInsert().Model(pending).Exec(ctx); err != nil {
			return fmt.Errorf("inserting an authorization: %w", err)
		}
		return nil
	})
}

// TakeAuthorization is one statement, so that an authorization is taken once.
func (c *Clio) TakeAuthorization(
	ctx context.Context, claim clio.Claim, now time.Time,
) (*clio.PendingAuthorization, error) {
	ctx = AcrossFirms(ctx, ClioCallback)
	pending := new(clio.PendingAuthorization)
	err := c.db.bun.NewDelete().Model(pending).
		Where("a.state_hash = ?", claim.StateHash).
		Where("a.expires_at > ?", now).
		Where("a.session_id = ? or a.cookie_hash = ?", claim.SessionID, claim.CookieHash).
		Returning("*").Scan(ctx)
	if notFound(err) {
		return nil, apperr.New(apperr.NotFound, "There is no such authorization.")
	}
	if err != nil {
		return nil, fmt.Errorf("taking an authorization: %w", err)
	}
	return pending, nil
}
