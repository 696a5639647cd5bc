package graph

import (
	"context"
	"time"
	"watchkeeper/graph/exec"
	"watchkeeper/graph/model"
	"watchkeeper/internal/account"
	"watchkeeper/internal/page"
	"watchkeeper/internal/watch"
)

func (r *clioLinkResolver) URL(ctx context.Context, obj *watch.ClioLink) (string, error) {
	return r.ClioService.MatterURL(obj.MatterID), nil
}

func (r *mutationResolver) CreateWatch(ctx context.Context, input watch.CreateWatchInput) (*model.CreateWatchPayload, error) {
	who := viewer(ctx)
	w, err := r.WatchService.Create(ctx, actor(who), input)
	problems, err := userErrors(err)
	return &model.CreateWatchPayload{Watch: w, UserErrors: problems}, err
}

func (r *mutationResolver) UpdateWatch(ctx context.Context, id string, input watch.UpdateWatchInput, ifVersion *string) (*model.UpdateWatchPayload, error) {
	who := viewer(ctx)
	w, err := r.WatchService.Update(ctx, actor(who), id, input, ifVersion)
	problems, err := userErrors(err)
	return &model.UpdateWatchPayload{Watch: w, UserErrors: problems}, err
}

func (r *mutationResolver) ArchiveWatch(ctx context.Context, id string) (*model.ArchiveWatchPayload, error) {
	who := viewer(ctx)
	w, err := r.WatchService.Archive(ctx, actor(who), id)
	problems, err := userErrors(err)
	return &model.ArchiveWatchPayload{Watch: w, UserErrors: problems}, err
}

func (r *mutationResolver) UnarchiveWatch(ctx context.Context, id string) (*model.UnarchiveWatchPayload, error) {
	who := viewer(ctx)
	w, err := r.WatchService.Unarchive(ctx, actor(who), id)
	problems, err := userErrors(err)
	return &model.UnarchiveWatchPayload{Watch: w, UserErrors: problems}, err
}

func (r *mutationResolver) DeleteWatch(ctx context.Context, id string) (*model.DeleteWatchPayload, error) {
	who := viewer(ctx)
	problems, err := userErrors(r.WatchService.Delete(ctx, actor(who), id))
	if err != nil || len(problems) > 0 {
		return &model.DeleteWatchPayload{UserErrors: problems}, err
	}
	return &model.DeleteWatchPayload{DeletedID: &id, UserErrors: problems}, nil
}

func (r *mutationResolver) UnlinkWatch(ctx context.Context, id string) (*model.UnlinkWatchPayload, error) {
	who := viewer(ctx)
	w, err := r.WatchService.Unlink(ctx, actor(who), id)
	problems, err := userErrors(err)
	return &model.UnlinkWatchPayload{Watch: w, UserErrors: problems}, err
}

func (r *mutationResolver) ConfirmClioClient(ctx context.Context, watchID string, contactID string) (*model.ConfirmClioClientPayload, error) {
	who := viewer(ctx)
	w, err := r.WatchService.ConfirmClient(ctx, actor(who), watchID, contactID)
	problems, err := userErrors(err)
	return &model.ConfirmClioClientPayload{Watch: w, UserErrors: problems}, err
}

func (r *mutationResolver) TakeClioValues(ctx context.Context, watchID string, fields []watch.SyncedField) (*model.TakeClioValuesPayload, error) {
	who := viewer(ctx)
	w, err := r.WatchService.TakeClioValues(ctx, actor(who), watchID, fields)
	problems, err := userErrors(err)
	return &model.TakeClioValuesPayload{Watch: w, UserErrors: problems}, err
}

func (r *queryResolver) Watch(ctx context.Context, id string) (*watch.Watch, error) {
	who := viewer(ctx)
	return nullIfAbsent(r.WatchService.Get(ctx, who.Firm.ID, id, loadersOf(ctx).shown()))
}

func (r *queryResolver) Watches(ctx context.Context, first *int, after *string, last *int, before *string, filter *watch.WatchFilter, orderBy *watch.WatchOrder) (*watch.WatchConnection, error) {
	who := viewer(ctx)
	list, err := r.WatchService.List(ctx, who.Firm.ID, watch.ListArgs{
		Args: pageArgs(ctx, first, after, last, before), Filter: filter, Order: orderBy, Shown: loadersOf(ctx).shown(),
	})
	if err != nil {
		return nil, err
	}
	loadersOf(ctx).showWatches(list.Nodes()...)
	return list, nil
}

func (r *queryResolver) WatchFacets(ctx context.Context) (*watch.WatchFacets, error) {
	who := viewer(ctx)
	return r.WatchService.Facets(ctx, who.Firm.ID)
}

func (r *syncedFieldStateResolver) EditedAt(ctx context.Context, obj *watch.SyncedFieldState) (*time.Time, error) {
	if obj.Origin == watch.OriginClio {
		return nil, nil
	}
	return loadersOf(ctx).editedAt(ctx, obj.WatchID, obj.Field)
}

func (r *syncedFieldStateResolver) EditedBy(ctx context.Context, obj *watch.SyncedFieldState) (*account.User, error) {
	if obj.Origin == watch.OriginClio {
		return nil, nil
	}
	return loadersOf(ctx).editedBy(ctx, obj.WatchID, obj.Field)
}

func (r *watchResolver) Conflicts(ctx context.Context, obj *watch.Watch) ([]watch.SyncConflict, error) {
	conflicts, err := loadersOf(ctx).conflictsOf(ctx, obj)
	open := values(conflicts)
	for i := range open {
		open[i].Watch = obj
	}
	return open, err
}

func (r *watchResolver) History(ctx context.Context, obj *watch.Watch, first *int, after *string, last *int, before *string, fields []watch.WatchField) (*page.Connection[*watch.FieldChange], error) {
	request, err := watch.HistoryRequest(obj.ID, fields, pageArgs(ctx, first, after, last, before))
	if err != nil {
		return nil, err
	}
	return loadersOf(ctx).history(ctx, obj.ID, fields, request)
}

func (r *watchConnectionResolver) TotalCount(ctx context.Context, obj *watch.WatchConnection) (int, error) {
	return r.WatchService.Count(ctx, obj)
}

func (r *Resolver) ClioLink() exec.ClioLinkResolver { return &clioLinkResolver{r} }

func (r *Resolver) SyncedFieldState() exec.SyncedFieldStateResolver {
	return &syncedFieldStateResolver{r}
}

func (r *Resolver) Watch() exec.WatchResolver { return &watchResolver{r} }

func (r *Resolver) WatchConnection() exec.WatchConnectionResolver { return &watchConnectionResolver{r} }

type (
	clioLinkResolver         struct{ *Resolver }
	syncedFieldStateResolver struct{ *Resolver }
	watchResolver            struct{ *Resolver }
	watchConnectionResolver  struct{ *Resolver }
)
