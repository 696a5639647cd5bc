package graph

import (
	"context"
	"watchkeeper/graph/exec"
	"watchkeeper/graph/model"
	"watchkeeper/internal/account"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/page"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

func (r *mutationResolver) SyncAllWatches(ctx context.Context, dryRun bool) (*model.SyncAllWatchesPayload, error) {
	who := viewer(ctx)
	run, already, err := r.SyncService.SyncAll(ctx, actor(who), dryRun)
	problems, err := userErrors(err)
	return &model.SyncAllWatchesPayload{Run: run, AlreadyRunning: already, UserErrors: problems}, err
}

func (r *mutationResolver) CancelSyncRun(ctx context.Context, id string) (*model.CancelSyncRunPayload, error) {
	who := viewer(ctx)
	run, err := r.SyncService.Cancel(ctx, actor(who), id)
	problems, err := userErrors(err)
	return &model.CancelSyncRunPayload{Run: run, UserErrors: problems}, err
}

func (r *mutationResolver) UndoSyncRun(ctx context.Context, id string, watchID *string, fields []watch.SyncedField, dryRun bool) (*model.UndoSyncRunPayload, error) {
	who := viewer(ctx)
	run, undone, err := r.SyncService.Undo(ctx, actor(who), id, syncer.UndoPart{WatchID: watchID, Fields: fields}, dryRun)
	var watchIDs []string
	for _, field := range undone {
		if field.Watch != nil {
			watchIDs = append(watchIDs, field.Watch.ID)
		}
	}
	loadersOf(ctx).watches.expect(watchIDs...)
	problems, err := userErrors(err)
	return &model.UndoSyncRunPayload{Run: run, Fields: undone, UserErrors: problems}, err
}

func (r *queryResolver) SyncRun(ctx context.Context, id string) (*syncer.SyncRun, error) {
	who := viewer(ctx)
	return nullIfAbsent(r.SyncService.Run(ctx, who.Firm.ID, id))
}

func (r *queryResolver) SyncRuns(ctx context.Context, first *int, after *string, last *int, before *string, filter *syncer.SyncRunFilter) (*page.Connection[*syncer.SyncRun], error) {
	who := viewer(ctx)
	list, err := r.SyncService.Runs(ctx, who.Firm.ID, pageArgs(ctx, first, after, last, before), filter)
	if err != nil {
		return nil, err
	}
	loadersOf(ctx).showRuns(list.Nodes()...)
	return list, nil
}

func (r *subscriptionResolver) SyncRun(ctx context.Context, id string) (<-chan *syncer.SyncRun, error) {
	who := viewer(ctx)
	return r.SyncService.FollowRun(ctx, who.Firm.ID, id)
}

func (r *syncRunResolver) RequestedBy(ctx context.Context, obj *syncer.SyncRun) (*account.User, error) {
	return sharedLoadersOf(ctx, obj.Shared).users.loadOptional(ctx, obj.RequestedByID)
}

func (r *syncRunResolver) UndoneBy(ctx context.Context, obj *syncer.SyncRun) (*account.User, error) {
	return sharedLoadersOf(ctx, obj.Shared).users.loadOptional(ctx, obj.UndoneByID)
}

func (r *syncRunResolver) Results(ctx context.Context, obj *syncer.SyncRun, first *int, after *string, last *int, before *string, outcomes []syncer.SyncOutcome, decisions []merge.FieldDecision, identityChanged *bool) (*syncer.WatchSyncResultConnection, error) {
	filter := syncer.ResultFilter{Outcomes: outcomes, Decisions: decisions, IdentityChanged: identityChanged}
	request, err := syncer.ResultsRequest(obj.ID, filter, pageArgs(ctx, first, after, last, before))
	if err != nil {
		return nil, err
	}
	return sharedLoadersOf(ctx, obj.Shared).resultsOf(ctx, obj.ID, filter, request)
}

func (r *undoneFieldResolver) Watch(ctx context.Context, obj *syncer.UndoneField) (*watch.Watch, error) {
	if obj.Watch == nil {
		return nil, nil
	}
	return loadersOf(ctx).watches.load(ctx, obj.Watch.ID) // a dry run's obj.Watch is as it would become
}

func (r *watchSyncResultConnectionResolver) TotalCount(ctx context.Context, obj *syncer.WatchSyncResultConnection) (int, error) {
	return loadersOf(ctx).countOf(ctx, obj)
}

func (r *Resolver) SyncRun() exec.SyncRunResolver { return &syncRunResolver{r} }

func (r *Resolver) UndoneField() exec.UndoneFieldResolver { return &undoneFieldResolver{r} }

func (r *Resolver) WatchSyncResultConnection() exec.WatchSyncResultConnectionResolver {
	return &watchSyncResultConnectionResolver{r}
}

type (
	syncRunResolver                   struct{ *Resolver }
	undoneFieldResolver               struct{ *Resolver }
	watchSyncResultConnectionResolver struct{ *Resolver }
)
