package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"watchkeeper/internal/syncer"
)

// settingsRows are the settings beside the counts.
var settingsRows = newRowsOf[syncer.SyncSettings]("s")

// countsSQL reads what triggers count (docs/architecture.md#counters), and the settings.
var countsSQL = `
	SELECT c.*, ` + settingsRows.columns + `
	FROM (
		SELECT coalesce(sum(linked_watches), 0)::bigint, coalesce(sum(missing_watches), 0)::bigint, coalesce(sum(client_changed_watches), 0)::bigint,
			coalesce(sum(open_conflicts), 0)::bigint, coalesce(sum(watches_with_conflicts), 0)::bigint,
			(SELECT min(last_synced_at) FROM sync_times WHERE firm_id = $1)
		FROM firm_counts WHERE firm_id = $1
	) AS c LEFT JOIN sync_settings AS s ON s.firm_id = $1`

// Status is two statements in one round trip. Neither counts: a firm with more watches costs no more.
func (s *Runs) Status(ctx context.Context, firmID string) (*syncer.SyncStatus, *syncer.SyncSettings, error) {
	ctx = ForFirm(ctx, firmID)
	var status *syncer.SyncStatus
	var settings *syncer.SyncSettings
	err := s.db.withPipeline(ctx, func(pipe *pipeline) error {
		status, settings = &syncer.SyncStatus{FirmID: firmID}, syncer.DefaultSettings(firmID)
		return pipe.send(ctx, countsOf(status, settings), lastRunsOf(status))
	})
	if err != nil {
		return nil, nil, fmt.Errorf("reading a firm's status: %w", err)
	}
	return status, settings, nil
}

// countsOf leaves the settings as they are where the firm has none.
func countsOf(status *syncer.SyncStatus, settings *syncer.SyncSettings) step {
	return step{sql: countsSQL, args: []any{status.FirmID}, read: func(rows pgx.Rows) error {
		for rows.Next() {
			into := []any{
				&status.LinkedWatches, &status.MissingWatches, &status.ClientChangedWatches, &status.OpenConflicts, &status.WatchesWithConflicts,
				&status.OldestSyncedAt,
			}
			if err := rows.Scan(settingsRows.optional(rows, into, settings)...); err != nil {
				return fmt.Errorf("reading counts: %w", err)
			}
		}
		return nil
	}}
}

// lastRunsOf reads two runs: only the latest can be open.
func lastRunsOf(status *syncer.SyncStatus) step {
	return step{
		sql: "SELECT " + runRows.columns + " FROM sync_runs AS r WHERE r.firm_id = $1 AND r.scope = 'ALL' AND NOT r.dry_run " +
			"ORDER BY r.id DESC LIMIT 2",
		args: []any{status.FirmID},
		read: func(rows pgx.Rows) error {
			for rows.Next() {
				run := new(syncer.SyncRun)
				if err := rows.Scan(runRows.targets(rows, nil, run)...); err != nil {
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
