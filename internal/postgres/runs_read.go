package postgres

import (
	"context"
	"fmt"

	"watchkeeper/internal/page"
	"watchkeeper/internal/syncer"
)

// noRun is the message about a run that the firm doesn't have.
const noRun = "There is no such run."

// runRows are all columns of runs.
var runRows = newRowsOf[syncer.SyncRun]("r")

// selectRuns begins a statement, up to the first condition.
func selectRuns(firmID string) *statement {
	return newSelect(runRows.columns, " FROM sync_runs AS r WHERE r.firm_id = ?", firmID)
}

func (s *Runs) Run(ctx context.Context, firmID, runID string) (*syncer.SyncRun, error) {
	ctx = ForFirm(ctx, firmID)
	run, err := readOne(ctx, s.db, selectRuns(firmID).Where("r.id = ?", runID), runRows.scan())
	if err != nil {
		return nil, orNotFound(err, noRun, "reading a run")
	}
	return run, nil
}

func (s *Runs) RunsByID(ctx context.Context, firmID string, ids []string) (map[string]*syncer.SyncRun, error) {
	ctx = ForFirm(ctx, firmID)
	runs, err := readByID(ctx, s.db, ids, selectRuns(firmID).Where("r.id = ANY (?)", ids), runRows.scan(),
		func(run *syncer.SyncRun) string { return run.ID })
	if err != nil {
		return nil, fmt.Errorf("reading runs: %w", err)
	}
	return runs, nil
}

// Runs orders by id, as the ids of runs sort by the time of their creation.
func (s *Runs) Runs(
	ctx context.Context, firmID string, filter syncer.SyncRunFilter, request page.Request,
) ([]*syncer.SyncRun, error) {
	ctx = ForFirm(ctx, firmID)
	query := selectRuns(firmID)
	if filter.RoundID != nil {
		query = query.Filter("r.round_id = ?", *filter.RoundID)
	}
	if filter.Scopes != nil {
		query = query.Filter("r.scope = ANY (?)", filter.Scopes)
	}
	if filter.Triggers != nil {
		query = query.Filter("r.trigger = ANY (?)", filter.Triggers)
	}
	if filter.Statuses != nil {
		query = query.Filter("r.status = ANY (?)", filter.Statuses)
	}
	if filter.DryRun != nil {
		query = query.Filter("r.dry_run = ?", *filter.DryRun)
	}
	list := ordering{columns: []string{"r.id"}, descending: true}
	return read(ctx, s.db, query.page(list, request, cursorKeys(request)...), runRows.scan())
}
