package postgres

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/page"
	"watchkeeper/internal/syncer"
)

// ResultsOfRuns is one statement, which reads no more than a page of each run's results.
func (s *Runs) ResultsOfRuns(
	ctx context.Context, firmID string, runIDs []string, filter syncer.ResultFilter, request page.Request,
) (map[string][]*syncer.WatchSyncResult, error) {
	ctx = ForFirm(ctx, firmID)
	found := make(map[string][]*syncer.WatchSyncResult, len(runIDs))
	if len(runIDs) == 0 {
		return found, nil
	}
	var position []any
	if request.Cursor != nil {
		number, err := strconv.ParseInt(request.Cursor[0], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("reading a cursor of results: %w", err)
		}
		position = []any{number}
	}
	of := filtered(s.db.bun.NewSelect().Model((*syncer.WatchSyncResult)(nil)), filter).
		Where("s.firm_id = ? AND s.run_id = asked.id", firmID)
	list := ordering{columns: []string{"s.position"}}
	var results []*syncer.WatchSyncResult
	err := list.order(s.db.bun.NewSelect().Model(&results).ModelTableExpr("unnest(?::text[]) AS asked (id) CROSS JOIN LATERAL (?) AS s",
		pgdialect.Array(runIDs), list.page(of, request, position...)), request).Scan(ctx)
	if err != nil {
		return nil, err
	}
	for _, result := range results {
		found[result.RunID] = append(found[result.RunID], result)
	}
	return found, nil
}

// CountResultsOfRuns is one statement.
func (s *Runs) CountResultsOfRuns(
	ctx context.Context, firmID string, runIDs []string, filter syncer.ResultFilter,
) (map[string]int, error) {
	ctx = ForFirm(ctx, firmID)
	if len(runIDs) == 0 {
		return map[string]int{}, nil
	}
	var rows []struct {
		RunID string
		Count int
	}
	err := filtered(s.db.bun.NewSelect().Model((*syncer.WatchSyncResult)(nil)), filter).
		ColumnExpr("s.run_id, count(*) AS count").Where("s.firm_id = ? AND s.run_id IN (?)", firmID, bun.List(runIDs)).
		Group("s.run_id").Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int, len(rows))
	for _, row := range rows {
		counts[row.RunID] = row.Count
	}
	return counts, nil
}

// filtered adds the filter's conditions to a query of results.
func filtered(query *bun.SelectQuery, filter syncer.ResultFilter) *bun.SelectQuery {
	if filter.Outcomes != nil {
		query = query.Where("s.outcome = ANY (?::text[])", pgdialect.Array(filter.Outcomes))
	}
	if filter.Decisions != nil {
		query = query.Where("s.decisions && ?::text[]", pgdialect.Array(filter.Decisions))
	}
	if filter.IdentityChanged != nil {
		query = query.Where("s.identity_changed = ?", *filter.IdentityChanged)
	}
	return query
}

// ResultsByID is one statement.
func (s *Runs) ResultsByID(ctx context.Context, firmID string, ids []string) (map[string]*syncer.WatchSyncResult, error) {
	ctx = ForFirm(ctx, firmID)
	found := make(map[string]*syncer.WatchSyncResult, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var results []*syncer.WatchSyncResult
	err := s.db.bun.NewSelect().Model(&results).Where("s.firm_id = ? AND s.id IN (?)", firmID, bun.List(ids)).Scan(ctx)
	for _, result := range results {
		found[result.ID] = result
	}
	return found, err
}

// PruneResults is one statement, for the runs of all firms. It skips runs that are locked: two replicas that prune at once take
// different ones.
func (s *Runs) PruneResults(ctx context.Context, before, now time.Time, batch int) (int, error) {
	ctx = AcrossFirms(ctx, Upkeep)
	var pruned int
	err := s.db.bun.NewRaw(`
		WITH old AS (
			SELECT id FROM sync_runs WHERE pruned_at IS NULL AND finished_at < ? ORDER BY finished_at LIMIT ? FOR UPDATE SKIP LOCKED
		), deleted AS (
			DELETE FROM sync_results USING old WHERE run_id = old.id
		), pruned AS (
			UPDATE sync_runs r SET pruned_at = ? FROM old WHERE r.id = old.id RETURNING r.id
		)
		SELECT count(*) FROM pruned`, before, batch, now).Scan(ctx, &pruned)
	if err != nil {
		return 0, fmt.Errorf("pruning results: %w", err)
	}
	return pruned, nil
}
