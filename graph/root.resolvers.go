package graph

import (
	"context"
	"watchkeeper/graph/exec"
	"watchkeeper/graph/model"
	"watchkeeper/internal/account"
)

func (r *queryResolver) SignUpAllowed(ctx context.Context) (bool, error) {
	return r.AccountService.SignUpAllowed(ctx)
}

func (r *queryResolver) Viewer(ctx context.Context) (*account.Viewer, error) {
	return account.ViewerFrom(ctx), nil
}

func (r *queryResolver) Node(ctx context.Context, id string) (model.Node, error) {
	who := viewer(ctx)
	return r.node(ctx, who, id)
}

func (r *queryResolver) Nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	who := viewer(ctx)
	return r.nodes(ctx, who, ids)
}

func (r *Resolver) Mutation() exec.MutationResolver { return &mutationResolver{r} }

func (r *Resolver) Query() exec.QueryResolver { return &queryResolver{r} }

func (r *Resolver) Subscription() exec.SubscriptionResolver { return &subscriptionResolver{r} }

type (
	mutationResolver     struct{ *Resolver }
	queryResolver        struct{ *Resolver }
	subscriptionResolver struct{ *Resolver }
)
