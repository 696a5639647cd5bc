package syncer

import (
	"context"
	"fmt"
	"slices"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/page"
	"watchkeeper/internal/watch"
)

// SyncConflictConnection is a page of open conflicts: the API's SyncConflictConnection, whose totalCount is counted when it is
// asked for.
type SyncConflictConnection struct {
	page.Connection[*watch.SyncConflict]
	FirmID  string
	WatchID *string // nil: of all watches
}

// SyncConflictEdge is a conflict and its place in the list: the API's SyncConflictEdge.
type SyncConflictEdge = page.Edge[*watch.SyncConflict]

// Attach gives the conflicts their watches, by id, and drops those whose watch isn't there: it was deleted after they were read.
func (c *SyncConflictConnection) Attach(watches map[string]*watch.Watch) {
	c.Edges = slices.DeleteFunc(c.Edges, func(edge SyncConflictEdge) bool {
		edge.Node.Watch = watches[edge.Node.WatchID]
		return edge.Node.Watch == nil
	})
}

// possible reports whether there can be a watch with that id at all.
func (c *SyncConflictConnection) possible() bool {
	return c.WatchID == nil || ident.Is(ident.Watch, *c.WatchID)
}

// OpenConflicts returns a page of the firm's open conflicts, newest first; of one watch when watchID isn't nil. Arguments
// that page.Scope refuses are BAD_USER_INPUT. A cursor's key is the conflict's id.
func (s *Service) OpenConflicts(
	ctx context.Context, firmID string, watchID *string, args page.Args,
) (*SyncConflictConnection, error) {
	scope, err := page.NewScope("conflicts", firmID, watchID)
	if err != nil {
		return nil, err
	}
	request, err := scope.Request(args, 1)
	if err != nil {
		return nil, err
	}
	list := &SyncConflictConnection{FirmID: firmID, WatchID: watchID}
	list.Edges = []SyncConflictEdge{}
	if !list.possible() {
		return list, nil
	}
	open, err := s.runs.OpenConflicts(ctx, firmID, watchID, request)
	if err != nil {
		return nil, fmt.Errorf("listing open conflicts: %w", err)
	}
	list.Connection = page.NewConnection(open, request, func(c *watch.SyncConflict) string { return scope.Cursor(c.ID) })
	return list, nil
}

// CountOpenConflicts returns how many conflicts the list finds over all its pages.
func (s *Service) CountOpenConflicts(ctx context.Context, list *SyncConflictConnection) (int, error) {
	if !list.possible() {
		return 0, nil
	}
	count, err := s.runs.CountOpenConflicts(ctx, list.FirmID, list.WatchID)
	if err != nil {
		return 0, fmt.Errorf("counting open conflicts: %w", err)
	}
	return count, nil
}
