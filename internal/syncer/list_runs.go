package syncer

import (
	"context"
	"fmt"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/page"
)

// SyncRunFilter says which runs to list: the API's input of that name. All conditions given must hold; lists: any of them.
type SyncRunFilter struct {
	RoundID  *string
	Scopes   []SyncScope
	Triggers []SyncTrigger
	Statuses []SyncRunStatus
	DryRun   *bool
}

// SyncRunConnection is a page of runs: the API's SyncRunConnection.
type SyncRunConnection = page.Connection[*SyncRun]

// SyncRunEdge is a run and its place in the list: the API's SyncRunEdge.
type SyncRunEdge = page.Edge[*SyncRun]

// Run returns the run; NOT_FOUND if the firm has none with this id.
func (s *Service) Run(ctx context.Context, firmID, id string) (*SyncRun, error) {
	if !ident.Is(ident.SyncRun, id) {
		return nil, noRun()
	}
	run, err := s.runs.Run(ctx, firmID, id)
	if err != nil {
		return nil, fmt.Errorf("reading a run: %w", err)
	}
	return run, nil
}

// RunsByID returns those of the firm's runs that there are, by id.
func (s *Service) RunsByID(ctx context.Context, firmID string, ids []string) (map[string]*SyncRun, error) {
	runs, err := s.runs.RunsByID(ctx, firmID, ids)
	if err != nil {
		return nil, fmt.Errorf("reading runs by their ids: %w", err)
	}
	return runs, nil
}

// Runs returns a page of the firm's runs, newest first; a nil filter asks for all. Arguments that page.Scope refuses, and
// a cursor of another filter, are BAD_USER_INPUT. A cursor's key is the run's id.
func (s *Service) Runs(ctx context.Context, firmID string, args page.Args, filter *SyncRunFilter) (*SyncRunConnection, error) {
	if filter == nil {
		filter = &SyncRunFilter{}
	}
	scope, err := page.NewScope("runs", firmID, filter)
	if err != nil {
		return nil, err
	}
	request, err := scope.Request(args, 1)
	if err != nil {
		return nil, err
	}
	if filter.RoundID != nil && !ident.Is(ident.SyncRound, *filter.RoundID) {
		return &SyncRunConnection{Edges: []SyncRunEdge{}}, nil
	}
	runs, err := s.runs.Runs(ctx, firmID, *filter, request)
	if err != nil {
		return nil, fmt.Errorf("listing runs: %w", err)
	}
	list := page.NewConnection(runs, request, func(r *SyncRun) string { return scope.Cursor(r.ID) })
	return &list, nil
}
