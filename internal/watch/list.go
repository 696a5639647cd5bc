package watch

import (
	"context"
	"fmt"
	"time"

	"watchkeeper/internal/page"
)

// WatchOrder is the order of a list of watches: the API's input of that name.
type WatchOrder struct {
	Field     WatchOrderField
	Direction OrderDirection
}

// Keys are what orders this watch in the list, its id last; they are a cursor's content. A time that is nil is an empty key.
func (o WatchOrder) Keys(w *Watch) []string {
	switch o.Field {
	case ByCreatedAt:
		return []string{timeKey(&w.CreatedAt), w.ID}
	case ByUpdatedAt:
		return []string{timeKey(&w.UpdatedAt), w.ID}
	case ByLastSyncedAt:
		return []string{timeKey(w.LastSyncedAt()), w.ID}
	default:
		return []string{w.SortLast, w.SortFirst, w.ID}
	}
}

func timeKey(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// WatchConnection is a page of watches: the API's WatchConnection, whose totalCount is counted when it is asked for.
type WatchConnection struct {
	page.Connection[*Watch]
	FirmID string
	Filter WatchFilter
}

// WatchEdge is a watch and its place in the list: the API's WatchEdge.
type WatchEdge = page.Edge[*Watch]

// ListArgs are the arguments of the API's watches.
type ListArgs struct {
	page.Args
	Filter *WatchFilter
	Order  *WatchOrder
	Shown  Shown
}

// List returns a page of the firm's watches. A filter that is too long, arguments that page.Scope refuses, and a cursor of another filter or
// order, are BAD_USER_INPUT.
func (s *Service) List(ctx context.Context, firmID string, args ListArgs) (*WatchConnection, error) {
	filter, order := WatchFilter{}, WatchOrder{Field: ByLastName, Direction: Ascending}
	if args.Filter != nil {
		filter = *args.Filter
	}
	if args.Order != nil {
		order = *args.Order
	}
	if err := filter.check(); err != nil {
		return nil, err
	}
	scope, err := page.NewScope("watches", firmID, filter, order)
	if err != nil {
		return nil, err
	}
	request, err := scope.Request(args.Args, len(order.Keys(&Watch{})))
	if err != nil {
		return nil, err
	}
	if err := order.check(request); err != nil {
		return nil, err
	}
	shown := args.Shown
	shown.LastSyncedAt = shown.LastSyncedAt || order.Field == ByLastSyncedAt // cursors have it
	watches, err := s.store.Watches(ctx, firmID, filter, order, request, shown)
	if err != nil {
		return nil, fmt.Errorf("listing watches: %w", err)
	}
	found := page.NewConnection(watches, request, func(w *Watch) string { return scope.Cursor(order.Keys(w)...) })
	return &WatchConnection{Connection: found, FirmID: firmID, Filter: filter}, nil
}

// check refuses a forged cursor whose time isn't one.
func (o WatchOrder) check(request page.Request) error {
	never := o.Field == ByLastSyncedAt && request.Cursor != nil && request.Cursor[0] == ""
	if request.Cursor == nil || o.Field == ByLastName || never {
		return nil
	}
	// The year 0 is none to PostgreSQL.
	if at, err := time.Parse(time.RFC3339Nano, request.Cursor[0]); err != nil || at.UTC().Year() < 1 {
		return request.InvalidCursor()
	}
	return nil
}

// Count returns how many watches the list finds over all its pages.
func (s *Service) Count(ctx context.Context, list *WatchConnection) (int, error) {
	count, err := s.store.CountWatches(ctx, list.FirmID, list.Filter)
	if err != nil {
		return 0, fmt.Errorf("counting watches: %w", err)
	}
	return count, nil
}
