package graph

import (
	"context"

	"watchkeeper/internal/audit"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// readRunResults reads results for nodes, and announces their watches.
func (l *loaders) readRunResults(ctx context.Context, ids []string) (map[string]*syncer.WatchSyncResult, error) {
	results, err := l.SyncService.ResultsByID(ctx, l.firmID, ids)
	var watches []string
	for _, result := range results {
		watches = append(watches, result.WatchID)
	}
	l.watches.expect(watches...)
	return results, err
}

// readChanges reads changes for nodes, and announces their users and runs.
func (l *loaders) readChanges(ctx context.Context, ids []string) (map[string]*watch.FieldChange, error) {
	changes, err := l.WatchService.FieldChangesByID(ctx, l.firmID, ids)
	var users, runs []string
	for _, change := range changes {
		users, runs = appendGiven(users, change.ByID), appendGiven(runs, change.RunID)
	}
	l.users.expect(users...)
	l.runs.expect(runs...)
	return changes, err
}

// readConflicts reads open conflicts for nodes, and announces their watches.
func (l *loaders) readConflicts(ctx context.Context, ids []string) (map[string]*watch.SyncConflict, error) {
	conflicts, err := l.WatchService.ConflictsByID(ctx, l.firmID, ids)
	var watches []string
	for _, conflict := range conflicts {
		watches = append(watches, conflict.WatchID)
	}
	l.watches.expect(watches...)
	l.edits.expect(watches...)
	return conflicts, err
}

// readMatters reads matters for nodes, and announces their watches' lists.
func (l *loaders) readMatters(ctx context.Context, ids []string) (map[string]*syncer.ClioMatter, error) {
	matters, err := l.SyncService.MattersByID(ctx, l.firmID, ids)
	var watches []*watch.Watch
	for _, matter := range matters {
		watches = append(watches, matter.Watch)
	}
	l.showWatches(watches...)
	return matters, err
}

// readEvents reads events of the audit trail for nodes, and announces their users.
func (l *loaders) readEvents(ctx context.Context, ids []string) (map[string]*audit.AuditEvent, error) {
	events, err := l.AuditService.EventsByID(ctx, l.firmID, ids)
	for _, event := range events {
		l.users.expect(appendGiven(nil, event.ByID)...)
	}
	return events, err
}
