package graph

import (
	"context"
	"watchkeeper/graph/exec"
	"watchkeeper/graph/model"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

func (r *mutationResolver) SyncWatch(ctx context.Context, id string, dryRun bool) (*model.SyncWatchPayload, error) {
	who := viewer(ctx)
	synced, err := r.SyncService.SyncWatch(ctx, actor(who), id, dryRun)
	problems, err := userErrors(err)
	return &model.SyncWatchPayload{Watch: synced.Watch, Run: synced.Run, Result: synced.Result, UserErrors: problems}, err
}

func (r *mutationResolver) UpdateSyncSettings(ctx context.Context, input syncer.UpdateSyncSettingsInput) (*model.UpdateSyncSettingsPayload, error) {
	who := viewer(ctx)
	settings, err := r.SyncService.UpdateSettings(ctx, who.Firm.ID, input)
	problems, err := userErrors(err)
	return &model.UpdateSyncSettingsPayload{SyncSettings: settings, UserErrors: problems}, err
}

func (r *queryResolver) SyncSettings(ctx context.Context) (*syncer.SyncSettings, error) {
	who := viewer(ctx)
	return r.SyncService.Settings(ctx, who.Firm.ID)
}

func (r *watchSyncResultResolver) Watch(ctx context.Context, obj *syncer.WatchSyncResult) (*watch.Watch, error) {
	if obj.Watch != nil {
		return obj.Watch, nil
	}
	return loadersOf(ctx).watches.load(ctx, obj.WatchID)
}

func (r *Resolver) WatchSyncResult() exec.WatchSyncResultResolver { return &watchSyncResultResolver{r} }

type watchSyncResultResolver struct{ *Resolver }
