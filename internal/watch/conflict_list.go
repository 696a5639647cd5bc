package watch

import (
	"context"
	"fmt"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
)

// ConflictStore reads open conflicts. Everything is limited to the given firm.
type ConflictStore interface {
	// Conflicts returns the open conflicts of each of the watches, in the order of SyncedField. A watch without any isn't in
	// the map.
	Conflicts(ctx context.Context, firmID string, watchIDs []string) (map[string][]*SyncConflict, error)
	// OpenConflicts returns those of the conflicts that are open, in no order.
	OpenConflicts(ctx context.Context, firmID string, ids []string) ([]*SyncConflict, error)
}

// Conflicts returns the open conflicts of each of these watches, in the order of SyncedField.
func (s *Service) Conflicts(ctx context.Context, firmID string, watchIDs []string) (map[string][]*SyncConflict, error) {
	conflicts, err := s.store.Conflicts(ctx, firmID, watchIDs)
	if err != nil {
		return nil, fmt.Errorf("reading the conflicts of watches: %w", err)
	}
	return conflicts, nil
}

// Conflict returns the open conflict; NOT_FOUND if the firm has none with this id, or it has closed.
func (s *Service) Conflict(ctx context.Context, firmID, id string) (*SyncConflict, error) {
	if !ident.Is(ident.SyncConflict, id) {
		return nil, noConflict()
	}
	open, err := s.store.OpenConflicts(ctx, firmID, []string{id})
	if err != nil {
		return nil, fmt.Errorf("reading a conflict: %w", err)
	}
	if len(open) == 0 {
		return nil, noConflict()
	}
	return open[0], nil
}

func noConflict() error {
	return apperr.At(apperr.NotFound, "There is no such open conflict.", "id")
}
