package graph

import (
	"context"
	"watchkeeper/graph/exec"
	"watchkeeper/internal/account"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

func (r *fieldChangeResolver) By(ctx context.Context, obj *watch.FieldChange) (*account.User, error) {
	return loadersOf(ctx).users.loadOptional(ctx, obj.ByID)
}

func (r *fieldChangeResolver) Run(ctx context.Context, obj *watch.FieldChange) (*syncer.SyncRun, error) {
	return loadersOf(ctx).runs.loadOptional(ctx, obj.RunID)
}

func (r *Resolver) FieldChange() exec.FieldChangeResolver { return &fieldChangeResolver{r} }

type fieldChangeResolver struct{ *Resolver }
