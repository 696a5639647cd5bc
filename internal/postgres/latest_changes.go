package postgres

import (
	"context"

	"watchkeeper/internal/watch"
)

// LatestChanges is one statement, which reads one entry of an index for each field of each watch.
func (s *Watches) LatestChanges(ctx context.Context, firmID string, watchIDs []string) ([]*watch.FieldChange, error) {
	ctx = ForFirm(ctx, firmID)
	if len(watchIDs) == 0 {
		return nil, nil
	}
	return read(ctx, s.db, newSelect(changeRows.columns, ` FROM unnest(?::text[]) AS asked (id)
		CROSS JOIN unnest(?::text[]) AS synced (field)
		CROSS JOIN LATERAL (SELECT * FROM field_changes AS b WHERE b.firm_id = ? AND b.watch_id = asked.id AND b.field = synced.field
			ORDER BY b.place DESC LIMIT 1) AS c`, watchIDs, watch.SyncedFields[:], firmID), changeRows.scan())
}
