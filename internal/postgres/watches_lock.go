package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// lockedWatch is one watch whose lock is held, and what a change of it depends on.
type lockedWatch struct {
	watch  *watch.Watch
	open   []*watch.SyncConflict // in the order of SyncedField
	policy merge.ConflictResolution
}

// What lock_watch returns.
var (
	lockedWatches = newRowsOf[watch.Watch]("(f.watch)")
	lockedLinks   = newRowsOf[watch.ClioLink]("(f.link)")
	lockSQL       = "SELECT " + lockedWatches.columns + ", " + lockedLinks.columns +
		", (f.link_check).asked_at, (f.link_check).checked_at, (f.link_check).last_synced_at, f.conflicts, coalesce(f.policy, '') FROM lock_watch($1, $2) AS f"
)

// lockWatch begins a transaction and locks a watch: one round trip. NOT_FOUND.
func (s *Watches) lockWatch(ctx context.Context, pipe *pipeline, firmID, id string) (*lockedWatch, error) {
	var locked *lockedWatch
	lock := step{
		sql:  lockSQL,
		args: []any{firmID, id},
		read: func(rows pgx.Rows) error {
			for rows.Next() {
				w, link := new(watch.Watch), new(watch.ClioLink)
				var conflicts []byte
				var askedAt, checkedAt, lastSyncedAt *time.Time
				locked = &lockedWatch{watch: w}
				into := lockedLinks.optional(rows, lockedWatches.targets(rows, nil, w), link)
				err := rows.Scan(append(into, &askedAt, &checkedAt, &lastSyncedAt, &conflicts, &locked.policy)...)
				if err != nil {
					return err
				}
				if askedAt != nil { // it is linked
					link.LinkCheck = watch.LinkCheck{AskedAt: *askedAt, CheckedAt: *checkedAt, LastSyncedAt: lastSyncedAt}
					w.ClioLink = link
				}
				if locked.open, err = conflictsFrom(conflicts); err != nil {
					return err
				}
			}
			return nil
		},
	}
	if err := pipe.send(ctx, begin, lock); err != nil {
		return nil, fmt.Errorf("locking a watch: %w", err)
	}
	if locked == nil {
		return nil, apperr.At(apperr.NotFound, noWatch, "id")
	}
	if locked.policy == "" {
		locked.policy = syncer.DefaultSettings(firmID).ConflictResolution
	}
	return locked, nil
}

// conflictsFrom reads rows of sync_conflicts as PostgreSQL writes them in JSON; there are none where that is null.
func conflictsFrom(text []byte) ([]*watch.SyncConflict, error) {
	if text == nil {
		return []*watch.SyncConflict{}, nil
	}
	var rows []struct {
		ID         string            `json:"id"`
		FirmID     string            `json:"firm_id"`
		WatchID    string            `json:"watch_id"`
		Field      watch.SyncedField `json:"field"`
		Local      *string           `json:"local"`
		Clio       string            `json:"clio"`
		DetectedAt time.Time         `json:"detected_at"`
	}
	if err := json.Unmarshal(text, &rows); err != nil {
		return nil, fmt.Errorf("reading open conflicts: %w", err)
	}
	open := make([]*watch.SyncConflict, len(rows))
	for i, row := range rows {
		open[i] = &watch.SyncConflict{
			ID: row.ID, FirmID: row.FirmID, WatchID: row.WatchID, Field: row.Field, Local: row.Local, Clio: row.Clio, DetectedAt: row.DetectedAt.UTC(),
		}
	}
	slices.SortFunc(open, func(a, b *watch.SyncConflict) int {
		return slices.Index(watch.SyncedFields[:], a.Field) - slices.Index(watch.SyncedFields[:], b.Field)
	})
	return open, nil
}
