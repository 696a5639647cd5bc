package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/page"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// noRun is the message about a run that the firm doesn't have.
const noRun = "There is no such run."

func (s *Runs) Run(ctx context.Context, firmID, runID string) (*syncer.SyncRun, error) {
	run := new(syncer.SyncRun)
	err := s.db.bun.NewSelect().Model(run).Where("r.firm_id = ? AND r.id = ?", firmID, runID).Scan(ctx)
	if err != nil {
		return nil, orNotFound(err, noRun, "reading a run")
	}
	return run, nil
}
func (s *Runs) RunsByID(ctx context.Context, firmID string, ids []string) (map[string]*syncer.SyncRun, error) {
	found := make(map[string]*syncer.SyncRun, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var runs []*syncer.SyncRun
	if err := s.db.bun.NewSelect().Model(&runs).Where("r.firm_id = ? AND r.id IN (?)", firmID, bun.List(ids)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading runs: %w", err)
	}
	for _, run := range runs {
		found[run.ID] = run
	}
	return found, nil
}

// Runs orders by id: the ids of runs sort by the time of their creation.
func (s *Runs) Runs(
	ctx context.Context, firmID string, filter syncer.SyncRunFilter, request page.Request,
) ([]*syncer.SyncRun, error) {
	runs := []*syncer.SyncRun{}
	query := s.db.bun.NewSelect().Model(&runs).Where("r.firm_id = ?", firmID).
		OrderBy("r.id", bun.OrderDesc).Limit(int64(request.First + 1))
	if filter.Scopes != nil {
		query = query.Where("r.scope = ANY (?::text[])", pgdialect.Array(filter.Scopes))
	}
	if filter.Triggers != nil {
		query = query.Where("r.trigger = ANY (?::text[])", pgdialect.Array(filter.Triggers))
	}
	if filter.Statuses != nil {
		query = query.Where("r.status = ANY (?::text[])", pgdialect.Array(filter.Statuses))
	}
	if filter.DryRun != nil {
		query = query.Where("r.dry_run = ?", *filter.DryRun)
	}
	if request.After != nil {
		query = query.Where("r.id < ?", request.After[0])
	}
	return runs, query.Scan(ctx)
}
func (s *Runs) Result(ctx context.Context, firmID, id string) (*syncer.WatchSyncResult, error) {
	result := new(syncer.WatchSyncResult)
	err := s.db.bun.NewSelect().Model(result).Where("s.firm_id = ? AND s.id = ?", firmID, id).Scan(ctx)
	if err != nil {
		return nil, orNotFound(err, "There is no such result.", "reading a result")
	}
	return result, nil
}

// OpenConflicts orders by id: the ids of conflicts sort by the time of their detection.
func (s *Runs) OpenConflicts(
	ctx context.Context, firmID string, watchID *string, request page.Request,
) ([]*watch.SyncConflict, error) {
	conflicts := []*watch.SyncConflict{}
	query := s.openConflicts(&conflicts, firmID, watchID).OrderBy("k.id", bun.OrderDesc).Limit(int64(request.First + 1))
	if request.After != nil {
		query = query.Where("k.id < ?", request.After[0])
	}
	return conflicts, query.Scan(ctx)
}
func (s *Runs) CountOpenConflicts(ctx context.Context, firmID string, watchID *string) (int, error) {
	count, err := s.openConflicts((*watch.SyncConflict)(nil), firmID, watchID).Count(ctx)
	return int(count), err
}

func (s *Runs) openConflicts(model any, firmID string, watchID *string) *bun.SelectQuery {
	query := s.db.bun.NewSelect().Model(model).Where("k.firm_id = ?", firmID)
	if watchID != nil {
		query = query.Where("k.watch_id = ?", *watchID)
	}
	return query
}
func (s *Runs) Status(ctx context.Context, firmID string) (*syncer.SyncStatus, error) {
	status := &syncer.SyncStatus{FirmID: firmID}
	err := s.db.bun.NewRaw(`
		SELECT count(*), count(*) FILTER (WHERE l.state = 'MISSING'), min(l.last_synced_at),
		  (SELECT count(*) FROM sync_conflicts WHERE firm_id = ?)
		FROM clio_links l JOIN watches w ON w.id = l.watch_id
		WHERE l.firm_id = ? AND w.status = 'ACTIVE'`, firmID, firmID).
		Scan(ctx, &status.LinkedWatches, &status.MissingWatches, &status.OldestSyncedAt, &status.OpenConflicts)
	if err != nil {
		return nil, fmt.Errorf("counting linked watches: %w", err)
	}
	var runs []*syncer.SyncRun
	err = s.db.bun.NewSelect().Model(&runs).Where("r.firm_id = ? AND r.scope = ? AND NOT r.dry_run", firmID, syncer.ScopeAll).
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

// PruneResults skips what is locked: two replicas that prune at once take different runs.
func (s *Runs) PruneResults(ctx context.Context, before, now time.Time, batch int) (int, error) {
	var pruned int
	err := s.db.bun.NewRaw(`
		WITH old AS (
			SELECT id FROM sync_runs WHERE pruned_at IS NULL AND finished_at < ? ORDER BY finished_at LIMIT ? FOR UPDATE SKIP LOCKED
		), forgotten AS (
			DELETE FROM sync_results USING old WHERE run_id = old.id
		), noted AS (
			UPDATE sync_runs r SET pruned_at = ? FROM old WHERE r.id = old.id RETURNING r.id
		)
		SELECT count(*) FROM noted`, before, batch, now).Scan(ctx, &pruned)
	if err != nil {
		return 0, fmt.Errorf("pruning results: %w", err)
	}
	return pruned, nil
}
