package graph

import (
	"context"
	"time"

	"watchkeeper/internal/account"
	"watchkeeper/internal/watch"
)

// readEdits reads who edited watches last, and announces these users.
func (l *loaders) readEdits(ctx context.Context, watchIDs []string) (map[string]watch.Edits, error) {
	edits, err := l.WatchService.LastEdits(ctx, l.firmID, watchIDs)
	var users []string
	for _, fields := range edits {
		for _, change := range fields {
			users = appendGiven(users, change.ByID)
		}
	}
	l.users.expect(users...)
	return edits, err
}

// editedAt returns when a person last edited a field; nil when its value isn't a person's.
func (l *loaders) editedAt(ctx context.Context, watchID string, field watch.SyncedField) (*time.Time, error) {
	edits, err := l.edits.load(ctx, watchID)
	if err != nil || edits[field] == nil {
		return nil, err
	}
	return &edits[field].At, nil
}

// editedBy returns who last edited a field; nil when its value isn't a person's, or that user was removed since.
func (l *loaders) editedBy(ctx context.Context, watchID string, field watch.SyncedField) (*account.User, error) {
	edits, err := l.edits.load(ctx, watchID)
	if err != nil || edits[field] == nil {
		return nil, err
	}
	return l.users.loadOptional(ctx, edits[field].ByID)
}
