package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/clio"
)

// ClaimMaintenance is one statement, which skips the rows that others have locked, and those whose tokens are being renewed, so that
// replicas share what is due without waiting.
func (c *Clio) ClaimMaintenance(ctx context.Context, region string, now, until time.Time, limit int) ([]string, error) {
	ctx = AcrossFirms(ctx, Upkeep)
	var firmIDs []string
	err := c.db.bun.NewRaw(`
		WITH due AS MATERIALIZED (
			SELECT firm_id FROM clio_integrations
			WHERE maintain_at <= ? AND region = ? AND state IN (?) AND (refreshing_until IS NULL OR refreshing_until <= ?)
			ORDER BY maintain_at LIMIT ? FOR UPDATE SKIP LOCKED
		)
		UPDATE clio_integrations AS i SET maintain_at = ? FROM due WHERE i.firm_id = due.firm_id
		RETURNING i.firm_id`,
		now, region, bun.List([]clio.IntegrationState{clio.Connected, clio.Unreachable}), now, limit, until).Scan(ctx, &firmIDs)
	if err != nil {
		return nil, fmt.Errorf("claiming connections to maintain: %w", err)
	}
	return firmIDs, nil
}
