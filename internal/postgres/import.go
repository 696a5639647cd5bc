package postgres

import (
	"context"
	"fmt"
	"reflect"

	"github.com/uptrace/bun"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/audit"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// Import is seven statements at most, for any number of matters. It takes an advisory lock of the firm's imports, and locks the
// connection to Clio for share.
func (s *Syncs) Import(
	ctx context.Context, firmID string, from *record.Snapshot, matterIDs []int64, origin watch.Origin, rule syncer.ImportRule,
) error {
	ctx = ForFirm(ctx, firmID)
	return s.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		// Two imports of one matter would otherwise both find it unlinked, and the second would fail as a whole.
		if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", "import "+firmID).Exec(ctx); err != nil {
			return fmt.Errorf("waiting for another import: %w", err)
		}
		if err := holdAccount(ctx, tx, firmID, from); err != nil {
			return err
		}
		rules, err := readRules(ctx, tx, firmID)
		if err != nil {
			return err
		}
		linked, err := linkedWatches(ctx, tx, firmID, matterIDs)
		if err != nil {
			return err
		}
		created, err := rule(rules, linked)
		if err != nil {
			return err
		}
		if err := insertWatches(ctx, tx, created); err != nil {
			return err
		}
		var history []*watch.FieldChange
		for _, w := range created {
			history = append(history, watch.Changes(nil, w, origin)...)
		}
		if err := insertHistory(ctx, tx, history); err != nil || len(created) == 0 {
			return err
		}
		return s.db.record(ctx, tx, firmID, imported(created))
	})
}

// imported is the event of an import, about its watch where there is only one.
func imported(created []*watch.Watch) *audit.AuditEvent {
	if len(created) == 1 {
		return audit.New(audit.MattersImported, created[0].ID, "A matter was imported as the watch on %s %s.", created[0].FirstName, created[0].LastName)
	}
	return audit.New(audit.MattersImported, "", "%d matters were imported.", len(created))
}

// holdAccount locks the firm's connection to Clio for share, so that it can't change before the links are written, and fails
// unless it is connected to the account that the matters came from: links belong to one account (docs/rules.md#accounts).
func holdAccount(ctx context.Context, tx bun.Tx, firmID string, from *record.Snapshot) error {
	if len(from.Matters) == 0 {
		return nil
	}
	row := new(clio.Integration)
	err := tx.NewSelect().Model(row).Column("region", "account_id").Where("i.firm_id = ?", firmID).For("SHARE").Scan(ctx)
	if err != nil && !notFound(err) {
		return fmt.Errorf("locking the connection to Clio: %w", err)
	}
	if row.Region == nil || *row.Region != from.Region || !reflect.DeepEqual(row.AccountID, from.AccountID) {
		return apperr.New(apperr.ClioNotConnected, "The firm was disconnected from Clio meanwhile, or connected to another account. Nothing was imported.")
	}
	return nil
}
