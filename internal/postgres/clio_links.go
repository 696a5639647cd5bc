package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/watch"
)

// sampleSize is how many linked matters Clio is asked for in one request.
const sampleSize = clio.MaxRead

func (c *Clio) Links(ctx context.Context, firmID string) (*clio.Links, error) {
	ctx = ForFirm(ctx, firmID)
	return readLinkOrigins(ctx, c.db.bun, firmID)
}

// readLinkOrigins is two statements.
func readLinkOrigins(ctx context.Context, db bun.IDB, firmID string) (*clio.Links, error) {
	links := new(clio.Links)
	err := db.NewSelect().Model((*watch.ClioLink)(nil)).
		ColumnExpr("coalesce(array_agg(DISTINCT l.region), '{}')").
		ColumnExpr("coalesce(array_agg(DISTINCT l.account_id) FILTER (WHERE l.account_id IS NOT NULL), '{}')").
		ColumnExpr("coalesce(bool_or(l.account_id IS NULL), FALSE)").
		Where("l.firm_id = ?", firmID).
		Scan(ctx, pgdialect.Array(&links.Regions), pgdialect.Array(&links.Accounts), &links.Unbound)
	sampled := db.NewSelect().Model((*watch.ClioLink)(nil)).
		Column("l.matter_id", "l.contact_id").
		Join("JOIN clio_link_checks AS c ON c.firm_id = l.firm_id AND c.watch_id = l.watch_id").
		Where("l.firm_id = ?", firmID).Where("l.contact_id IS NOT NULL").
		OrderExpr("(l.state = ?) DESC, c.asked_at DESC, l.matter_id", watch.Linked).
		Limit(sampleSize).Scan(ctx, &links.Sample)
	if err := errors.Join(err, sampled); err != nil {
		return nil, fmt.Errorf("reading the Clio accounts of a firm's links: %w", err)
	}
	return links, nil
}

func (c *Clio) BindLinks(ctx context.Context, firmID string, accountID int64) error {
	ctx = ForFirm(ctx, firmID)
	_, err := c.db.bun.NewUpdate().Model((*watch.ClioLink)(nil)).
		Set("account_id = ?", accountID).
		Where("l.firm_id = ?", firmID).Where("l.account_id IS NULL").Exec(ctx)
	if err != nil {
		return fmt.Errorf("recording the account of a firm's links: %w", err)
	}
	return nil
}
