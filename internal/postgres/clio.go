package postgres

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/watch"
)

// Clio keeps the firms' connections to Clio, and the authorizations that lead to them.
type Clio struct {
	db *DB
}

var _ clio.Store = (*Clio)(nil)

// NewClio makes the store.
func NewClio(db *DB) *Clio {
	return &Clio{db: db}
}
func (c *Clio) Integration(ctx context.Context, firmID string) (*clio.Integration, error) {
	row := new(clio.Integration)
	err := c.db.bun.NewSelect().Model(row).Where("i.firm_id = ?", firmID).Scan(ctx)
	if notFound(err) {
		return nil, apperr.New(apperr.NotFound, "The firm has never been connected to Clio.")
	}
	if err != nil {
		return nil, fmt.Errorf("finding a connection to Clio: %w", err)
	}
	return row, nil
}

// Change may call the rule again, if PostgreSQL ends the transaction because of another one.
func (c *Clio) Change(
	ctx context.Context, firmID string, rule func(*clio.Integration) error,
) (*clio.Integration, error) {
	return c.change(ctx, firmID, func(_ context.Context, _ bun.Tx, row *clio.Integration) error { return rule(row) })
}

// Connect may call the rule again, as Change may.
func (c *Clio) Connect(
	ctx context.Context, firmID string, rule func(*clio.Integration, *clio.Links) error,
) (*clio.Integration, error) {
	return c.change(ctx, firmID, func(ctx context.Context, tx bun.Tx, row *clio.Integration) error {
		links, err := readLinkOrigins(ctx, tx, firmID)
		if err != nil {
			return err
		}
		return rule(row, links)
	})
}

func (c *Clio) change(
	ctx context.Context, firmID string, rule func(context.Context, bun.Tx, *clio.Integration) error,
) (*clio.Integration, error) {
	var row *clio.Integration
	err := c.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		if row, err = lockIntegration(ctx, tx, firmID); err != nil {
			return err
		}
		before := *row
		if err := rule(ctx, tx, row); err != nil || reflect.DeepEqual(before, *row) {
			return err
		}
		if _, err := tx.NewUpdate().Model(row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("updating a connection to Clio: %w", err)
		}
		if before.Usable() == row.Usable() {
			return nil
		}
		return followConnection(ctx, tx, &before, row)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// lockIntegration returns the firm's row, locked, and inserts it first where there is none.
func lockIntegration(ctx context.Context, tx bun.Tx, firmID string) (*clio.Integration, error) {
	row := &clio.Integration{FirmID: firmID, State: clio.NotConnected}
	find := func() error { return tx.NewSelect().Model(row).WherePK().For("UPDATE").Scan(ctx) }
	err := find()
	if notFound(err) {
		if _, err = tx.NewInsert().Model(row).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
			return nil, fmt.Errorf("inserting a connection to Clio: %w", err)
		}
		err = find()
	}
	if err != nil {
		return nil, fmt.Errorf("locking a connection to Clio: %w", err)
	}
	return row, nil
}

// WithTokens is about all firms: it is for the start of the server.
func (c *Clio) WithTokens(ctx context.Context) ([]*clio.Integration, error) {
	var rows []*clio.Integration
	err := c.db.bun.NewSelect().Model(&rows).
		Where("i.access_token IS NOT NULL OR i.refresh_token IS NOT NULL").Order("i.firm_id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("finding the connections with tokens: %w", err)
	}
	return rows, nil
}
func (c *Clio) SaveAuthorization(ctx context.Context, pending *clio.PendingAuthorization, now time.Time) error {
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
func (c *Clio) TakeAuthorization(
	ctx context.Context, claim clio.Claim, now time.Time,
) (*clio.PendingAuthorization, error) {
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

// sampleSize is how many linked matters Clio is asked for in one request.
const sampleSize = clio.MaxRead

func (c *Clio) Links(ctx context.Context, firmID string) (*clio.Links, error) {
	return readLinkOrigins(ctx, c.db.bun, firmID)
}

func readLinkOrigins(ctx context.Context, db bun.IDB, firmID string) (*clio.Links, error) {
	links := new(clio.Links)
	err := db.NewSelect().Model((*watch.ClioLink)(nil)).
		ColumnExpr("coalesce(array_agg(DISTINCT l.region), '{}')").
		ColumnExpr("coalesce(array_agg(DISTINCT l.account_id) FILTER (WHERE l.account_id IS NOT NULL), '{}')").
		ColumnExpr("coalesce(bool_or(l.account_id IS NULL), FALSE)").
		Where("l.firm_id = ?", firmID).
		Scan(ctx, pgdialect.Array(&links.Regions), pgdialect.Array(&links.Accounts), &links.Unbound)
	sampled := db.NewSelect().Model((*watch.ClioLink)(nil)).
		Column("matter_id", "contact_id").
		Where("l.firm_id = ?", firmID).Where("l.contact_id IS NOT NULL").
		OrderExpr("(l.state = ?) DESC, l.asked_at DESC, l.matter_id", watch.Linked).
		Limit(sampleSize).Scan(ctx, &links.Sample)
	if err := errors.Join(err, sampled); err != nil {
		return nil, fmt.Errorf("asking a firm's links for their account: %w", err)
	}
	return links, nil
}
func (c *Clio) BindLinks(ctx context.Context, firmID string, accountID int64) error {
	_, err := c.db.bun.NewUpdate().Model((*watch.ClioLink)(nil)).
		Set("account_id = ?", accountID).
		Where("l.firm_id = ?", firmID).Where("l.account_id IS NULL").Exec(ctx)
	if err != nil {
		return fmt.Errorf("noting the account on a firm's links: %w", err)
	}
	return nil
}
