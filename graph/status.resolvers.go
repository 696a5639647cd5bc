package graph

import (
	"context"
	"watchkeeper/graph/exec"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/syncer"
)

func (r *queryResolver) SyncStatus(ctx context.Context) (*syncer.SyncStatus, error) {
	who := viewer(ctx)
	return r.SyncService.Status(ctx, who.Firm.ID)
}

func (r *subscriptionResolver) SyncStatus(ctx context.Context) (<-chan *syncer.SyncStatus, error) {
	who := viewer(ctx)
	return r.SyncService.FollowStatus(ctx, who.Firm.ID)
}

func (r *syncStatusResolver) ClioIntegration(ctx context.Context, obj *syncer.SyncStatus) (*clio.Integration, error) {
	return sharedLoadersOf(ctx, obj.Shared).integrations.load(ctx, obj.FirmID)
}

func (r *Resolver) SyncStatus() exec.SyncStatusResolver { return &syncStatusResolver{r} }

type syncStatusResolver struct{ *Resolver }
