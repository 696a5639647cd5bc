package postgres

import (
	"context"
	"fmt"
	"reflect"

	"github.com/uptrace/bun"

	"watchkeeper/internal/audit"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/ident"
)

// Clio keeps the firms' connections to Clio (Integration), the authorizations that lead to them, and the limits of their requests.
type Clio struct {
	db *DB
}

var _ clio.Store = (*Clio)(nil)

// NewClio returns the connections to Clio of the database.
func NewClio(db *DB) *Clio {
	return &Clio{db: db}
}

// integrationRows are all columns of connections.
var integrationRows = newRowsOf[clio.Integration]("i")

func (c *Clio) Integration(ctx context.Context, firmID string) (*clio.Integration, error) {
	ctx = ForFirm(ctx, firmID)
	row, err := readOne(ctx, c.db, newSelect(integrationRows.columns, " FROM clio_integrations AS i WHERE i.firm_id = ?", firmID), integrationRows.scan())
	if err != nil {
		return nil, orNotFound(err, "The firm has never been connected to Clio.", "finding a connection to Clio")
	}
	return row, nil
}

// Change locks the connection, and writes it only if the rule changed it. It may call the rule again (inTx).
func (c *Clio) Change(
	ctx context.Context, firmID string, rule func(*clio.Integration) error,
) (*clio.Integration, error) {
	return c.change(ctx, firmID, func(_ context.Context, _ bun.Tx, row *clio.Integration) error { return rule(row) })
}

// Connect is Change for a rule that also needs the firm's links, which it doesn't lock.
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
	ctx = ForFirm(ctx, firmID)
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
		if err := c.recordConnection(ctx, tx, &before, row); err != nil {
			return err
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

// recordConnection records that the firm was connected or disconnected, or that Clio accepts its tokens no more, which nobody did.
func (c *Clio) recordConnection(ctx context.Context, tx bun.Tx, before, after *clio.Integration) error {
	id := ident.OfFirm(ident.ClioIntegration, after.FirmID)
	switch {
	case after.Usable() && !reflect.DeepEqual(before.ConnectedAt, after.ConnectedAt):
		return c.db.record(ctx, tx, after.FirmID, audit.New(audit.ClioConnected, id, "The firm was connected to Clio."))
	case before.State == after.State:
		return nil
	case after.State == clio.NotConnected:
		return c.db.record(ctx, tx, after.FirmID, audit.New(audit.ClioDisconnected, id, "The firm was disconnected from Clio."))
	case after.State == clio.NeedsReconnect:
		nobody := audit.WithActor(ctx, audit.Actor{})
		return c.db.record(nobody, tx, after.FirmID, audit.New(audit.ClioAccessLost, id, "Clio ended the firm's access: somebody has to connect again."))
	}
	return nil
}

// lockIntegration locks the firm's row and returns it; if there is none, it inserts one first.
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
