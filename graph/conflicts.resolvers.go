package graph

import (
	"context"
	"time"
	"watchkeeper/graph/exec"
	"watchkeeper/graph/model"
	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

func (r *mutationResolver) ResolveSyncConflicts(ctx context.Context, ids []string, resolution watch.ConflictChoice) (*model.ResolveSyncConflictsPayload, error) {
	who := viewer(ctx)
	resolved, err := r.WatchService.ResolveConflicts(ctx, actor(who), ids, resolution)
	loadersOf(ctx).showWatches(resolved.Watches...)
	problems, err := userErrors(err)
	return &model.ResolveSyncConflictsPayload{ResolvedIds: resolved.IDs, Watches: values(resolved.Watches), UserErrors: problems}, err
}

func (r *queryResolver) SyncConflicts(ctx context.Context, first *int, after *string, last *int, before *string, watchID *string) (*syncer.SyncConflictConnection, error) {
	who := viewer(ctx)
	list, err := r.SyncService.OpenConflicts(ctx, who.Firm.ID, watchID, pageArgs(ctx, first, after, last, before))
	if err != nil {
		return nil, err
	}
	watchIDs := make([]string, len(list.Edges))
	for i, edge := range list.Edges {
		watchIDs[i] = edge.Node.WatchID
	}
	watches, err := loadersOf(ctx).readWatches(ctx, watchIDs)
	if err != nil {
		return nil, err
	}
	list.Attach(watches)
	return list, nil
}

func (r *syncConflictResolver) Watch(ctx context.Context, obj *watch.SyncConflict) (*watch.Watch, error) {
	if obj.Watch != nil {
		return obj.Watch, nil
	}
	w, err := loadersOf(ctx).watches.load(ctx, obj.WatchID)
	if w == nil && err == nil {
		err = apperr.New(apperr.NotFound, "The watch was deleted meanwhile.")
	}
	return w, err
}

func (r *syncConflictResolver) EditedAt(ctx context.Context, obj *watch.SyncConflict) (*time.Time, error) {
	return loadersOf(ctx).editedAt(ctx, obj.WatchID, obj.Field)
}

func (r *syncConflictResolver) EditedBy(ctx context.Context, obj *watch.SyncConflict) (*account.User, error) {
	return loadersOf(ctx).editedBy(ctx, obj.WatchID, obj.Field)
}

func (r *syncConflictConnectionResolver) TotalCount(ctx context.Context, obj *syncer.SyncConflictConnection) (int, error) {
	return r.SyncService.CountOpenConflicts(ctx, obj)
}

func (r *Resolver) SyncConflict() exec.SyncConflictResolver { return &syncConflictResolver{r} }

func (r *Resolver) SyncConflictConnection() exec.SyncConflictConnectionResolver {
	return &syncConflictConnectionResolver{r}
}

type (
	syncConflictResolver           struct{ *Resolver }
	syncConflictConnectionResolver struct{ *Resolver }
)
