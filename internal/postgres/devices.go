package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/account"
)

// maxDevices is how many devices of a user are kept.
const maxDevices = 20

func (a *Accounts) KnowsDevice(ctx context.Context, tokenHash []byte, email string) (bool, error) {
	ctx = AcrossFirms(ctx, SignIn)
	query := a.db.bun.NewSelect().Model((*account.Device)(nil)).Where("d.token_hash = ?", tokenHash)
	if email != "" {
		query = query.Join("JOIN users AS u ON u.id = d.user_id").Where("u.email = ?", email)
	}
	known, err := query.Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("looking for a device: %w", err)
	}
	return known, nil
}

func (a *Accounts) AddDevice(ctx context.Context, device *account.Device) error {
	ctx = AcrossFirms(ctx, SignIn)
	return a.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(device).On("CONFLICT (token_hash, user_id) DO UPDATE").Set("used_at = excluded.used_at").Exec(ctx)
		if err != nil {
			return fmt.Errorf("inserting a device: %w", err)
		}
		latest := tx.NewSelect().Model((*account.Device)(nil)).Column("d.token_hash").Where("d.user_id = ?", device.UserID).
			Order("d.used_at DESC").Limit(maxDevices)
		_, err = tx.NewDelete().Model((*account.Device)(nil)).Where("user_id = ?", device.UserID).
			Where("token_hash NOT IN (?)", latest).Exec(ctx)
		if err != nil {
			return fmt.Errorf("deleting old devices: %w", err)
		}
		return nil
	})
}
