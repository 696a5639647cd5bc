package postgres

import (
	"context"

	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/watch"
)

// LatestChanges is one statement, which reads one entry of an index for each field of each watch.
func (s *Watches) LatestChanges(ctx context.Context, firmID string, watchIDs []string) ([]*watch.FieldChange, error) {
	ctx = ForFirm(ctx, firmID)
	if len(watchIDs) == 0 {
		return nil, nil
	}
	var changes []*watch.FieldChange
	err := s.db.bun.NewSelect().Model(&changes).ModelTableExpr(`unnest(?::text[]) AS asked (id) CROSS JOIN unnest(?::text[]) AS synced (field)
		CROSS JOIN LATERAL (SELECT * FROM field_changes AS b WHERE b.firm_id = ? AND b.watch_id = asked.id AND b.field = synced.field
			ORDER BY b.place DESC LIMIT 1) AS c`,
		pgdialect.Array(watchIDs), pgdialect.Array(watch.SyncedFields[:]), firmID).Scan(ctx)
	return changes, err
}
