package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/page"
	"watchkeeper/internal/syncer"
)

// noRun is the message about a run that the firm doesn't have.
const noRun = "There is no such run."

func (s *Runs) Run(ctx context.Context, firmID, runID string) (*syncer.SyncRun, error) {
	ctx = ForFirm(ctx, firmID)
	run := new(syncer.SyncRun)
	err := s.db.bun.NewSelect().Model(run).Where("r.firm_id = ? AND r.id = ?", firmID, runID).Scan(ctx)
	if err != nil {
		return nil, orNotFound(err, noRun, "reading a run")
	}
	return run, nil
}

func (s *Runs) RunsByID(ctx context.Context, firmID string, ids []string) (map[string]*syncer.SyncRun, error) {
	ctx = ForFirm(ctx, firmID)
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

// Runs orders by id, as the ids of runs sort by the time of their creation.
func (s *Runs) Runs(
	ctx context.Context, firmID string, filter syncer.SyncRunFilter, request page.Request,
) ([]*syncer.SyncRun, error) {
	ctx = ForFirm(ctx, firmID)
	runs := []*syncer.SyncRun{}
	query := s.db.bun.NewSelect().Model(&runs).Where("r.firm_id = ?", firmID)
	if filter.RoundID != nil {
		query = query.Where("r.round_id = ?", *filter.RoundID)
	}
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
	list := ordering{columns: []string{"r.id"}, descending: true}
	return runs, list.page(query, request, cursorKeys(request)...).Scan(ctx)
}
