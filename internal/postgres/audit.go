package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/audit"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/page"
)

// AuditTrail reads what was recorded.
type AuditTrail struct {
	db *DB
}

var _ audit.Store = (*AuditTrail)(nil)

// NewAuditTrail returns the audit trail of the database.
func NewAuditTrail(db *DB) *AuditTrail {
	return &AuditTrail{db: db}
}

// record writes an event of a firm in the transaction of what it is about: one statement. Who acts in the context did it, unless the event
// says who.
func (db *DB) record(ctx context.Context, tx bun.IDB, firmID string, event *audit.AuditEvent) error {
	actor := audit.ActorFrom(ctx)
	event.ID, event.FirmID, event.At = ident.New(ident.AuditEvent), firmID, db.clock.Now().UTC()
	if event.ByID == nil && actor.UserID != "" {
		event.ByID, event.TokenName = &actor.UserID, actor.TokenName
	}
	if _, err := tx.NewInsert().Model(event).Exec(ctx); err != nil {
		return fmt.Errorf("recording an audit event: %w", err)
	}
	return nil
}

func (t *AuditTrail) AuditEvents(ctx context.Context, firmID string, request page.Request) ([]*audit.AuditEvent, error) {
	ctx = ForFirm(ctx, firmID)
	var events []*audit.AuditEvent
	query := t.db.bun.NewSelect().Model(&events).Where("e.firm_id = ?", firmID)
	return events, ordering{columns: []string{"e.place"}, descending: true}.page(query, request, cursorKeys(request)...).Scan(ctx)
}

func (t *AuditTrail) AuditEventsByID(ctx context.Context, firmID string, ids []string) ([]*audit.AuditEvent, error) {
	ctx = ForFirm(ctx, firmID)
	var events []*audit.AuditEvent
	return events, t.db.bun.NewSelect().Model(&events).Where("e.firm_id = ? AND e.id IN (?)", firmID, bun.List(ids)).Scan(ctx)
}
