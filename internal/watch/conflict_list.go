package watch

import (
	"context"
	"fmt"
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

// ConflictsByID returns those of the conflicts that are open, by id.
func (s *Service) ConflictsByID(ctx context.Context, firmID string, ids []string) (map[string]*SyncConflict, error) {
	open, err := s.store.OpenConflicts(ctx, firmID, ids)
	if err != nil {
		return nil, fmt.Errorf("reading conflicts by their ids: %w", err)
	}
	found := make(map[string]*SyncConflict, len(open))
	for _, conflict := range open {
		found[conflict.ID] = conflict
	}
	return found, nil
}
