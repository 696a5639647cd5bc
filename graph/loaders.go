package graph

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"watchkeeper/internal/account"
	"watchkeeper/internal/audit"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/page"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// loaders read what belongs to watches and runs, for a whole page at once. They cache what they read, so every response has loaders of
// its own, and so has every mutation of a request; those to people who follow the same share them (sharedLoadersOf).
type loaders struct {
	*Resolver
	firmID string
	// shown is what the operation shows of watches.
	shown func() watch.Shown

	watches loader[*watch.Watch]
	runs    loader[*syncer.SyncRun]
	users   loader[*account.User]

	runResults    loader[*syncer.WatchSyncResult]
	changes       loader[*watch.FieldChange]
	openConflicts loader[*watch.SyncConflict]
	matters       loader[*syncer.ClioMatter]
	mappings      loader[*syncer.CaseTypeMapping]
	events        loader[*audit.AuditEvent]

	sessions    loader[*account.Session] // the viewer's
	invitations loader[*account.Invitation]
	tokens      loader[*account.APIToken]

	integrations loader[*clio.Integration] // by firm

	conflicts loader[[]*watch.SyncConflict]                      // by watch
	edits     loader[watch.Edits]                                // by watch
	histories argumentLoaders[*watch.FieldChangeConnection]      // by watch
	results   argumentLoaders[*syncer.WatchSyncResultConnection] // by run
	counts    argumentLoaders[int]                               // of results, by run
}

// newLoaders are of one response, or shared by several.
func (r *Resolver) newLoaders(firmID string, shown func() watch.Shown) *loaders {
	l := &loaders{Resolver: r, firmID: firmID, shown: shown}
	l.watches.read, l.runs.read = l.readWatches, l.readRuns
	l.users.read = func(ctx context.Context, ids []string) (map[string]*account.User, error) {
		return r.AccountService.Users(ctx, l.firmID, ids)
	}
	l.conflicts.read = func(ctx context.Context, watchIDs []string) (map[string][]*watch.SyncConflict, error) {
		return r.WatchService.Conflicts(ctx, l.firmID, watchIDs)
	}
	l.edits.read = l.readEdits
	l.runResults.read, l.changes.read = l.readRunResults, l.readChanges
	l.openConflicts.read, l.matters.read = l.readConflicts, l.readMatters
	l.events.read = l.readEvents
	l.sessions.read, l.invitations.read, l.tokens.read = l.readSessions, l.readInvitations, l.readTokens
	l.mappings.read = func(ctx context.Context, ids []string) (map[string]*syncer.CaseTypeMapping, error) {
		return r.SyncService.MappingsByID(ctx, l.firmID, ids)
	}
	l.integrations.read = l.readIntegrations
	return l
}

func (l *loaders) readWatches(ctx context.Context, ids []string) (map[string]*watch.Watch, error) {
	watches, err := l.WatchService.WatchesByID(ctx, l.firmID, ids, l.shown())
	l.showWatches(slices.Collect(maps.Values(watches))...)
	return watches, err
}

func (l *loaders) readRuns(ctx context.Context, ids []string) (map[string]*syncer.SyncRun, error) {
	runs, err := l.SyncService.RunsByID(ctx, l.firmID, ids)
	l.showRuns(slices.Collect(maps.Values(runs))...)
	return runs, err
}

func (l *loaders) readIntegrations(ctx context.Context, firmIDs []string) (map[string]*clio.Integration, error) {
	found := make(map[string]*clio.Integration, len(firmIDs)) // there is one, the viewer's
	for _, id := range firmIDs {
		integration, err := l.ClioService.Integration(ctx, id)
		if err != nil {
			return nil, err
		}
		found[id] = integration
	}
	return found, nil
}

// showWatches announces the watches of one page, for which lists may be read together; nil ones are skipped.
func (l *loaders) showWatches(watches ...*watch.Watch) {
	var ids []string
	for _, w := range watches {
		if w != nil {
			ids = append(ids, w.ID)
		}
	}
	l.conflicts.expect(ids...)
	l.edits.expect(ids...)
	l.histories.expect(ids...)
}

// showRuns announces the runs of one page, for which lists may be read together.
func (l *loaders) showRuns(runs ...*syncer.SyncRun) {
	var ids, users []string
	for _, run := range runs {
		ids = append(ids, run.ID)
		users = appendGiven(users, run.RequestedByID, run.UndoneByID)
	}
	l.users.expect(users...)
	l.results.expect(ids...)
	l.counts.expect(ids...)
}

// conflictsOf returns a watch's open conflicts, which are read for all watches of its page at once unless the watch came with them.
func (l *loaders) conflictsOf(ctx context.Context, w *watch.Watch) ([]*watch.SyncConflict, error) {
	if w.OpenConflicts != nil {
		return w.OpenConflicts, nil
	}
	return l.conflicts.load(ctx, w.ID)
}

// history returns a page of a watch's history of these fields. A first or last page is read for all watches of their page at once.
func (l *loaders) history(
	ctx context.Context, watchID string, fields []watch.WatchField, request page.Request,
) (*watch.FieldChangeConnection, error) {
	read := func(ctx context.Context, watchIDs []string) (map[string]*watch.FieldChangeConnection, error) {
		return l.readHistories(ctx, watchIDs, fields, request)
	}
	if request.Cursor == nil {
		return l.histories.with(cacheKey(request, fields), read).load(ctx, watchID)
	}
	histories, err := read(ctx, []string{watchID})
	return histories[watchID], err
}

func (l *loaders) readHistories(
	ctx context.Context, watchIDs []string, fields []watch.WatchField, request page.Request,
) (map[string]*watch.FieldChangeConnection, error) {
	histories, err := l.WatchService.History(ctx, l.firmID, watchIDs, fields, request)
	var users, runs []string
	for _, history := range histories {
		for _, edge := range history.Edges {
			users = appendGiven(users, edge.Node.ByID)
			runs = appendGiven(runs, edge.Node.RunID)
		}
	}
	l.users.expect(users...)
	l.runs.expect(runs...)
	return histories, err
}

// resultsOf returns a page of a run's results. A first or last page is read for all runs of their page at once.
func (l *loaders) resultsOf(
	ctx context.Context, runID string, filter syncer.ResultFilter, request page.Request,
) (*syncer.WatchSyncResultConnection, error) {
	read := func(ctx context.Context, runIDs []string) (map[string]*syncer.WatchSyncResultConnection, error) {
		return l.readResults(ctx, runIDs, filter, request)
	}
	if request.Cursor == nil {
		return l.results.with(cacheKey(request, filter), read).load(ctx, runID)
	}
	results, err := read(ctx, []string{runID})
	return results[runID], err
}

func (l *loaders) readResults(
	ctx context.Context, runIDs []string, filter syncer.ResultFilter, request page.Request,
) (map[string]*syncer.WatchSyncResultConnection, error) {
	results, err := l.SyncService.Results(ctx, l.firmID, runIDs, filter, request)
	var watches []string
	for _, list := range results {
		for _, edge := range list.Edges {
			watches = append(watches, edge.Node.WatchID)
		}
	}
	l.watches.expect(watches...)
	return results, err
}

// countOf returns how many results a list has over all its pages. It is read for all runs of their page at once.
func (l *loaders) countOf(ctx context.Context, list *syncer.WatchSyncResultConnection) (int, error) {
	read := func(ctx context.Context, runIDs []string) (map[string]int, error) {
		return l.SyncService.CountResults(ctx, l.firmID, runIDs, list.Filter)
	}
	return l.counts.with(cacheKey(list.Filter), read).load(ctx, list.RunID)
}

// cacheKey returns the same text for equal arguments only.
func cacheKey(arguments ...any) string {
	text, _ := json.Marshal(arguments) // numbers, texts and structs of them always encode
	return string(text)
}

func appendGiven(ids []string, more ...*string) []string {
	for _, id := range more {
		if id != nil {
			ids = append(ids, *id)
		}
	}
	return ids
}
