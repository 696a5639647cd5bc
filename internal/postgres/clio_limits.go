package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"watchkeeper/internal/clio"
)

// reservation is what Reserve reads.
type reservation struct {
	until *time.Time
	row   clio.Integration
}

// Reserve is one statement, so that runs on many replicas can't take the same requests.
func (c *Clio) Reserve(ctx context.Context, firmID string, cost, need int, now time.Time) (*clio.Integration, *time.Time, error) {
	ctx = ForFirm(ctx, firmID)
	reserved, err := readOne(ctx, c.db, new(statement).Add(`
		WITH taken AS (
			UPDATE clio_limits SET remaining = remaining - ?
			WHERE firm_id = ? AND remaining >= ? AND resets_at > ? AND (blocked_until IS NULL OR blocked_until <= ?)
			RETURNING firm_id
		)
		SELECT CASE
			WHEN m.blocked_until > ? THEN m.blocked_until
			WHEN m.resets_at > ? AND NOT EXISTS (SELECT 1 FROM taken) THEN m.resets_at
		END, `+withoutWaiting+", "+integrationRows.columns+`
		FROM (SELECT) AS one LEFT JOIN clio_limits AS m ON m.firm_id = ? LEFT JOIN clio_integrations AS i ON i.firm_id = ?`,
		cost, firmID, need, now, now, now, now, firmID, firmID), scanReservation)
	if err != nil {
		return nil, nil, fmt.Errorf("reserving requests: %w", err)
	}
	if reserved.row.FirmID == "" {
		reserved.row = clio.Integration{FirmID: firmID, State: clio.NotConnected}
	}
	return &reserved.row, reserved.until, nil
}

func scanReservation(from pgx.CollectableRow) (*reservation, error) {
	found := new(reservation)
	return found, from.Scan(integrationRows.optional(from, []any{&found.until, nil}, &found.row)...)
}

func (c *Clio) SaveLimit(ctx context.Context, limit *clio.Limit) error {
	ctx = ForFirm(ctx, limit.FirmID)
	_, err := read(ctx, c.db, new(statement).Add(`
		INSERT INTO clio_limits AS m (firm_id, remaining, resets_at, blocked_until) VALUES (?, ?, ?, ?)
		ON CONFLICT (firm_id) DO UPDATE SET
			remaining = CASE WHEN m.resets_at = EXCLUDED.resets_at THEN least(m.remaining, EXCLUDED.remaining)
				WHEN EXCLUDED.resets_at > m.resets_at THEN EXCLUDED.remaining ELSE m.remaining END,
			resets_at = greatest(m.resets_at, EXCLUDED.resets_at),
			blocked_until = greatest(m.blocked_until, EXCLUDED.blocked_until) -- of two answers the later word may come first
		WHERE EXCLUDED.resets_at >= m.resets_at OR EXCLUDED.blocked_until IS NOT NULL
		RETURNING `+withoutWaiting, limit.FirmID, limit.Remaining, limit.ResetsAt, limit.BlockedUntil), pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("recording a limit: %w", err)
	}
	return nil
}
