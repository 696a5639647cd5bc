package postgres

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/page"
	"watchkeeper/internal/syncer"
)

// runWithResults is a run and the document of its results, which no other reading of runs needs.
type runWithResults struct {
	syncer.SyncRun `bun:",extend"`
	Results        []byte
}

func (r runWithResults) decode() ([]*syncer.WatchSyncResult, error) {
	return resultsRow{ID: r.ID, FirmID: r.FirmID, WatchIDs: r.WatchIDs, Results: r.Results}.decode()
}

// resultsOf reads the results of those runs of the firm's that the condition finds: one statement.
func (s *Runs) resultsOf(ctx context.Context, firmID, condition string, arguments ...any) (map[string][]*syncer.WatchSyncResult, error) {
	var rows []resultsRow
	err := s.db.bun.NewSelect().ModelTableExpr("sync_runs AS r").Column("r.id", "r.firm_id", "r.watch_ids", "r.results").
		Where("r.firm_id = ?", firmID).Where("r.results IS NOT NULL").Where(condition, arguments...).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	found := make(map[string][]*syncer.WatchSyncResult, len(rows))
	for _, row := range rows {
		if found[row.ID], err = row.decode(); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// filteredResults are those results of each of the runs that the filter finds: one statement.
func (s *Runs) filteredResults(
	ctx context.Context, firmID string, runIDs []string, filter syncer.ResultFilter,
) (map[string][]*syncer.WatchSyncResult, error) {
	if len(runIDs) == 0 {
		return map[string][]*syncer.WatchSyncResult{}, nil
	}
	found, err := s.resultsOf(ctx, firmID, "r.id IN (?)", bun.List(runIDs))
	for id, results := range found {
		if found[id] = slices.DeleteFunc(results, func(r *syncer.WatchSyncResult) bool { return !filter.Includes(r) }); len(found[id]) == 0 {
			delete(found, id)
		}
	}
	return found, err
}

// ResultsOfRuns is one statement.
func (s *Runs) ResultsOfRuns(
	ctx context.Context, firmID string, runIDs []string, filter syncer.ResultFilter, request page.Request,
) (map[string][]*syncer.WatchSyncResult, error) {
	ctx = ForFirm(ctx, firmID)
	found, err := s.filteredResults(ctx, firmID, runIDs, filter)
	if err != nil {
		return nil, err
	}
	for id, results := range found {
		if found[id], err = pageOfResults(results, request); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// pageOfResults is a page of results that are in order, as ordering.page would read it.
func pageOfResults(results []*syncer.WatchSyncResult, request page.Request) ([]*syncer.WatchSyncResult, error) {
	if request.Backward {
		slices.Reverse(results)
	}
	if request.Cursor != nil {
		position, err := strconv.Atoi(request.Cursor[0])
		if err != nil {
			return nil, fmt.Errorf("reading a cursor of results: %w", err)
		}
		results = slices.DeleteFunc(results, func(r *syncer.WatchSyncResult) bool {
			return r.Position == position || (r.Position < position) != request.Backward
		})
	}
	return results[:min(len(results), request.Size+1)], nil
}

// CountResultsOfRuns is one statement.
func (s *Runs) CountResultsOfRuns(
	ctx context.Context, firmID string, runIDs []string, filter syncer.ResultFilter,
) (map[string]int, error) {
	ctx = ForFirm(ctx, firmID)
	found, err := s.filteredResults(ctx, firmID, runIDs, filter)
	counts := make(map[string]int, len(found))
	for id, results := range found {
		counts[id] = len(results)
	}
	return counts, err
}

// ResultsByID is one statement. The runs are in the ids, or are looked up by ids from before that was so.
func (s *Runs) ResultsByID(ctx context.Context, firmID string, ids []string) (map[string]*syncer.WatchSyncResult, error) {
	ctx = ForFirm(ctx, firmID)
	found := make(map[string]*syncer.WatchSyncResult, len(ids))
	runIDs, migrated := []string{}, []string{}
	for _, id := range ids {
		if runID, _, ok := ident.RunOf(ident.WatchSyncResult, id); ok {
			runIDs = append(runIDs, runID)
		} else {
			migrated = append(migrated, id)
		}
	}
	if len(ids) == 0 {
		return found, nil
	}
	runs, err := s.resultsOf(ctx, firmID,
		"r.id = ANY (?::text[] || ARRAY(SELECT m.run_id FROM migrated_results AS m WHERE m.firm_id = ? AND m.id = ANY (?::text[])))",
		pgdialect.Array(runIDs), firmID, pgdialect.Array(migrated))
	for _, results := range runs {
		for _, result := range results {
			if slices.Contains(ids, result.ID) {
				found[result.ID] = result
			}
		}
	}
	return found, err
}

// PruneResults is one statement, for the runs of all firms. It skips runs that are locked: two replicas that prune at once take
// different ones. Runs that an earlier version pruned have their watches left.
func (s *Runs) PruneResults(ctx context.Context, before, now time.Time, batch int) (int, error) {
	ctx = AcrossFirms(ctx, Upkeep)
	var pruned int
	err := s.db.bun.NewRaw(`
		WITH old AS (
			SELECT id FROM sync_runs WHERE (pruned_at IS NULL OR watch_ids <> '{}') AND finished_at < ?
			ORDER BY finished_at LIMIT ? FOR UPDATE SKIP LOCKED
		), deleted AS (
			DELETE FROM migrated_results USING old WHERE run_id = old.id
		), pruned AS (
			UPDATE sync_runs r SET pruned_at = coalesce(r.pruned_at, ?), results = NULL, watch_ids = '{}', matter_ids = '{}'
			FROM old WHERE r.id = old.id RETURNING r.id
		)
		SELECT count(*) FROM pruned`, before, batch, now).Scan(ctx, &pruned)
	if err != nil {
		return 0, fmt.Errorf("pruning results: %w", err)
	}
	return pruned, nil
}
