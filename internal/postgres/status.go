package postgres

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"watchkeeper/internal/syncer"
)

// countsSQL reads what triggers count (docs/architecture.md#counters), and the settings.
const countsSQL = `
	SELECT c.*, %s
	FROM (
		SELECT coalesce(sum(linked_watches), 0)::bigint, coalesce(sum(missing_watches), 0)::bigint, coalesce(sum(client_changed_watches), 0)::bigint,
			coalesce(sum(open_conflicts), 0)::bigint, coalesce(sum(watches_with_conflicts), 0)::bigint
		FROM firm_counts WHERE firm_id = $1
	) AS c LEFT JOIN sync_settings AS s ON s.firm_id = $1`

// Status is two statements in one round trip. Neither counts: a firm with more watches costs no more.
func (s *Runs) Status(ctx context.Context, firmID string) (*syncer.SyncStatus, *syncer.SyncSettings, error) {
	ctx = ForFirm(ctx, firmID)
	var status *syncer.SyncStatus
	var settings *syncer.SyncSettings
	err := s.db.withPipeline(ctx, func(pipe *pipeline) error {
		status, settings = &syncer.SyncStatus{FirmID: firmID}, syncer.DefaultSettings(firmID)
		return pipe.send(ctx, s.countsOf(status, settings), s.lastRunsOf(status))
	})
	if err != nil {
		return nil, nil, fmt.Errorf("reading a firm's status: %w", err)
	}
	return status, settings, nil
}

// countsOf leaves the settings as they are where the firm has none.
func (s *Runs) countsOf(status *syncer.SyncStatus, settings *syncer.SyncSettings) step {
	table := tableOf[syncer.SyncSettings](s.db)
	return step{sql: fmt.Sprintf(countsSQL, columnNames(table, "s.")), args: []any{status.FirmID}, read: func(rows pgx.Rows) error {
		for rows.Next() {
			own := newJoined[syncer.SyncSettings](table)
			err := rows.Scan(slices.Concat([]any{
				&status.LinkedWatches, &status.MissingWatches, &status.ClientChangedWatches,
				&status.OpenConflicts, &status.WatchesWithConflicts,
			}, own.addresses())...)
			if err != nil {
				return fmt.Errorf("reading counts: %w", err)
			}
			if row := own.row(); row != nil {
				*settings = *row
			}
		}
		return nil
	}}
}

// lastRunsOf reads two runs: only the latest can be open.
func (s *Runs) lastRunsOf(status *syncer.SyncStatus) step {
	table := tableOf[syncer.SyncRun](s.db)
	return step{
		sql: "SELECT " + columnNames(table, "r.") + " FROM sync_runs AS r WHERE r.firm_id = $1 AND r.scope = 'ALL' AND NOT r.dry_run " +
			"ORDER BY r.id DESC LIMIT 2",
		args: []any{status.FirmID},
		read: func(rows pgx.Rows) error {
			for rows.Next() {
				run := new(syncer.SyncRun)
				if err := rows.Scan(addresses(table, run)...); err != nil {
					return fmt.Errorf("reading the last runs: %w", err)
				}
				if !run.Ended() {
					status.CurrentRun = run
				} else if status.LastRun == nil {
					status.LastRun = run
				}
			}
			return nil
		},
	}
}

// OldestSyncedAt is one statement, which reads the firm's narrow rows: what moves with each check has no index
// (docs/architecture.md#checks-and-results).
func (s *Runs) OldestSyncedAt(ctx context.Context, firmID string) (*time.Time, error) {
	ctx = ForFirm(ctx, firmID)
	var oldest *time.Time
	err := s.db.bun.NewRaw("SELECT min(c.last_synced_at) FROM clio_link_checks c WHERE c.firm_id = ? AND "+isActive("c"), firmID, firmID).
		Scan(ctx, &oldest)
	if err != nil {
		return nil, fmt.Errorf("finding the watch that was synced longest ago: %w", err)
	}
	return oldest, nil
}
