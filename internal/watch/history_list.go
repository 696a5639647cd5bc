package watch

import (
	"context"
	"fmt"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/page"
)

// FieldChangeConnection is a page of a watch's history: the API's FieldChangeConnection.
type FieldChangeConnection = page.Connection[*FieldChange]

// FieldChangeEdge is a change and its place in the history: the API's FieldChangeEdge.
type FieldChangeEdge = page.Edge[*FieldChange]

// HistoryStore reads the histories of watches. Everything is limited to the given firm.
type HistoryStore interface {
	// History returns the changes of these fields, of all if nil, of each of the watches, newest first, or oldest first for a page that is
	// read backward: one more than the request asks for, where there are more. A watch without any isn't in the map.
	History(
		ctx context.Context, firmID string, watchIDs []string, fields []WatchField, request page.Request,
	) (map[string][]*FieldChange, error)
	// FieldChangesByID finds those of the firm's changes that there are.
	FieldChangesByID(ctx context.Context, firmID string, ids []string) (map[string]*FieldChange, error)
}

// HistoryRequest reads the arguments of the API's Watch.history; nil fields are all. Too many fields, arguments that page.Scope refuses, and a
// cursor of another watch's history or of other fields, are BAD_USER_INPUT.
func HistoryRequest(watchID string, fields []WatchField, args page.Args) (page.Request, error) {
	if err := page.CheckFilter(len(fields), "fields"); err != nil {
		return page.Request{}, err
	}
	scope, err := historyScope(watchID, fields)
	if err != nil {
		return page.Request{}, err
	}
	request, err := scope.Request(args, 1)
	if err != nil {
		return page.Request{}, err
	}
	if request.Cursor != nil && !ident.Is(ident.FieldChange, request.Cursor[0]) {
		return page.Request{}, request.InvalidCursor()
	}
	return request, nil
}

func historyScope(watchID string, fields []WatchField) (page.Scope, error) {
	return page.NewScope("history", watchID, fields)
}

// History returns the same page of the history of each of these watches, newest first; an empty one for a watch without any,
// or that the firm doesn't have. The request comes from HistoryRequest for the same fields, and has a cursor of one of the watches if
// there is only that one.
func (s *Service) History(
	ctx context.Context, firmID string, watchIDs []string, fields []WatchField, request page.Request,
) (map[string]*FieldChangeConnection, error) {
	changes, err := s.store.History(ctx, firmID, watchIDs, fields, request)
	if err != nil {
		return nil, fmt.Errorf("reading histories: %w", err)
	}
	histories := make(map[string]*FieldChangeConnection, len(watchIDs))
	for _, id := range watchIDs {
		scope, err := historyScope(id, fields)
		if err != nil {
			return nil, err
		}
		found := page.NewConnection(changes[id], request, func(c *FieldChange) string { return scope.Cursor(c.ID) })
		histories[id] = &found
	}
	return histories, nil
}

// FieldChangesByID returns those of the firm's changes that there are, by id.
func (s *Service) FieldChangesByID(ctx context.Context, firmID string, ids []string) (map[string]*FieldChange, error) {
	changes, err := s.store.FieldChangesByID(ctx, firmID, ids)
	if err != nil {
		return nil, fmt.Errorf("reading changes by their ids: %w", err)
	}
	return changes, nil
}
