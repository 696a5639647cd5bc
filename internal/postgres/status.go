package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

// Status is two statements.
func (s *Runs) Status(ctx context.Context, firmID string) (*syncer.SyncStatus, error) {
	ctx = ForFirm(ctx, firmID)
	status := &syncer.SyncStatus{FirmID: firmID}
	err := s.db.bun.NewRaw(`
		SELECT linked.*, synced.*, open.* FROM (
		  SELECT count(*), count(*) FILTER (WHERE l.state = 'MISSING'), count(*) FILTER (WHERE l.state = 'CLIENT_CHANGED')
		  FROM clio_links l WHERE l.firm_id = ? AND `+isActive("l")+`
		) AS linked, (
		  SELECT min(c.last_synced_at) FROM clio_link_checks c WHERE c.firm_id = ? AND `+isActive("c")+`
		) AS synced, (SELECT count(*), count(DISTINCT watch_id) FROM sync_conflicts WHERE firm_id = ?) AS open`, firmID, firmID, firmID, firmID, firmID).
		Scan(ctx, &status.LinkedWatches, &status.MissingWatches, &status.ClientChangedWatches, &status.OldestSyncedAt,
			&status.OpenConflicts, &status.WatchesWithConflicts)
	if err != nil {
		return nil, fmt.Errorf("counting linked watches: %w", err)
	}
	var runs []*syncer.SyncRun
	err = s.db.bun.NewSelect().Model(&runs).Where("r.firm_id = ? AND r.scope = 'ALL' AND NOT r.dry_run", firmID).
		OrderBy("r.id", bun.OrderDesc).Limit(2).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("finding the last runs: %w", err)
	}
	for _, run := range runs {
		if !run.Ended() {
			status.CurrentRun = run
		} else if status.LastRun == nil {
			status.LastRun = run
		}
	}
	return status, nil
}
