package watch

import (
	"context"
	"fmt"
)

// Edits are a watch's synced fields whose latest change is a person's, with that change.
type Edits map[SyncedField]*FieldChange

// EditStore reads who edited watches last. Everything is limited to the given firm.
type EditStore interface {
	// LatestChanges returns the latest change of each synced field of each of the watches, in no order.
	LatestChanges(ctx context.Context, firmID string, watchIDs []string) ([]*FieldChange, error)
}

// LastEdits returns the last edits of each of these watches, by the watch's id.
func (s *Service) LastEdits(ctx context.Context, firmID string, watchIDs []string) (map[string]Edits, error) {
	latest, err := s.store.LatestChanges(ctx, firmID, watchIDs)
	if err != nil {
		return nil, fmt.Errorf("reading the latest changes of watches: %w", err)
	}
	edits := make(map[string]Edits, len(watchIDs))
	for _, change := range latest {
		if !change.Cause.isByPerson() {
			continue
		}
		if edits[change.WatchID] == nil {
			edits[change.WatchID] = Edits{}
		}
		edits[change.WatchID][SyncedField(change.Field)] = change
	}
	return edits, nil
}

// isByPerson reports whether a person chose the value, and not Clio.
func (c ChangeCause) isByPerson() bool {
	return c != CauseImport && c != CauseSync
}
