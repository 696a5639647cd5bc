package syncer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"watchkeeper/internal/merge"
	"watchkeeper/internal/page"
)

// ResultFilter says which results of a run to list: the arguments of the API's SyncRun.results. Lists: any of them.
type ResultFilter struct {
	Outcomes        []SyncOutcome
	Decisions       []merge.FieldDecision // of any of the fields
	IdentityChanged *bool
}

// Includes reports whether the filter finds the result.
func (f ResultFilter) Includes(result *WatchSyncResult) bool {
	return (f.Outcomes == nil || slices.Contains(f.Outcomes, result.Outcome)) &&
		(f.Decisions == nil || result.decided(f.Decisions...)) &&
		(f.IdentityChanged == nil || *f.IdentityChanged == result.IdentityChanged)
}

// WatchSyncResultConnection is a page of a run's results: the API's WatchSyncResultConnection, whose totalCount is counted when it
// is asked for.
type WatchSyncResultConnection struct {
	page.Connection[*WatchSyncResult]
	RunID  string
	Filter ResultFilter
}

// WatchSyncResultEdge is a result and its place in the list: the API's WatchSyncResultEdge.
type WatchSyncResultEdge = page.Edge[*WatchSyncResult]

// ResultsByID returns those of the firm's results that there are, by id.
func (s *Service) ResultsByID(ctx context.Context, firmID string, ids []string) (map[string]*WatchSyncResult, error) {
	results, err := s.runs.ResultsByID(ctx, firmID, ids)
	if err != nil {
		return nil, fmt.Errorf("reading results by their ids: %w", err)
	}
	return results, nil
}

// ResultsRequest reads the arguments of the API's SyncRun.results. A filter that is too long, arguments that page.Scope refuses, and a
// cursor of another run or filter, are BAD_USER_INPUT. A cursor's key is the result's position.
func ResultsRequest(runID string, filter ResultFilter, args page.Args) (page.Request, error) {
	err := errors.Join(page.CheckFilter(len(filter.Outcomes), "outcomes"), page.CheckFilter(len(filter.Decisions), "decisions"))
	if err != nil {
		return page.Request{}, err
	}
	scope, err := resultsScope(runID, filter)
	if err != nil {
		return page.Request{}, err
	}
	request, err := scope.Request(args, 1)
	if err != nil {
		return page.Request{}, err
	}
	return request, request.CheckNumber()
}

func resultsScope(runID string, filter ResultFilter) (page.Scope, error) {
	return page.NewScope("results", runID, filter)
}

// Results returns the same page of the results of each of these runs, in the order in which its watches were chosen; an empty one
// for a run without any, or that the firm doesn't have. The request comes from ResultsRequest, and has a cursor of one of the runs when
// there is only that one.
func (s *Service) Results(
	ctx context.Context, firmID string, runIDs []string, filter ResultFilter, request page.Request,
) (map[string]*WatchSyncResultConnection, error) {
	results, err := s.runs.ResultsOfRuns(ctx, firmID, runIDs, filter, request)
	if err != nil {
		return nil, fmt.Errorf("listing results: %w", err)
	}
	lists := make(map[string]*WatchSyncResultConnection, len(runIDs))
	for _, id := range runIDs {
		scope, err := resultsScope(id, filter)
		if err != nil {
			return nil, err
		}
		found := page.NewConnection(results[id], request, func(r *WatchSyncResult) string { return scope.Cursor(strconv.Itoa(r.Position)) })
		lists[id] = &WatchSyncResultConnection{Connection: found, RunID: id, Filter: filter}
	}
	return lists, nil
}

// CountResults returns how many results of each of these runs the filter finds over all pages; a run without any isn't in the map.
func (s *Service) CountResults(ctx context.Context, firmID string, runIDs []string, filter ResultFilter) (map[string]int, error) {
	counts, err := s.runs.CountResultsOfRuns(ctx, firmID, runIDs, filter)
	if err != nil {
		return nil, fmt.Errorf("counting results: %w", err)
	}
	return counts, nil
}
