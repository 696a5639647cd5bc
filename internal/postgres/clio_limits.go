package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"watchkeeper/internal/clio"
)

// Reserve is one statement, so that runs on many replicas can't take the same requests.
func (c *Clio) Reserve(ctx context.Context, firmID string, cost, need int, now time.Time) (*time.Time, error) {
	ctx = ForFirm(ctx, firmID)
	var until *time.Time
	err := c.db.bun.NewRaw(`
		WITH taken AS (
			UPDATE clio_limits SET remaining = remaining - ?
			WHERE firm_id = ? AND remaining >= ? AND resets_at > ? AND (blocked_until IS NULL OR blocked_until <= ?)
			RETURNING firm_id
		)
		SELECT CASE
			WHEN blocked_until > ? THEN blocked_until
			WHEN resets_at > ? AND NOT EXISTS (SELECT 1 FROM taken) THEN resets_at
		END FROM clio_limits WHERE firm_id = ?`,
		cost, firmID, need, now, now, now, now, firmID).Scan(ctx, &until)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("reserving requests: %w", err)
	}
	return until, nil
}

func (c *Clio) SaveLimit(ctx context.Context, limit *clio.Limit) error {
	ctx = ForFirm(ctx, limit.FirmID)
	_, err := c.db.bun.NewInsert().Model(limit).On("CONFLICT (firm_id) DO UPDATE").
		Set("remaining = CASE WHEN m.resets_at = EXCLUDED.resets_at THEN least(m.remaining, EXCLUDED.remaining) " +
			"WHEN EXCLUDED.resets_at > m.resets_at THEN EXCLUDED.remaining ELSE m.remaining END").
		Set("resets_at = greatest(m.resets_at, EXCLUDED.resets_at)").
		Set("blocked_until = greatest(m.blocked_until, EXCLUDED.blocked_until)"). // of two answers the later word may come first
		Where("EXCLUDED.resets_at >= m.resets_at OR EXCLUDED.blocked_until IS NOT NULL").Exec(ctx)
	if err != nil {
		return fmt.Errorf("recording a limit: %w", err)
	}
	return nil
}
