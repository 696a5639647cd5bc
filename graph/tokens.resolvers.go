package graph

import (
	"context"
	"watchkeeper/graph/exec"
	"watchkeeper/graph/model"
	"watchkeeper/internal/account"
)

func (r *apiTokenResolver) CreatedBy(ctx context.Context, obj *account.APIToken) (*account.User, error) {
	return loadersOf(ctx).users.load(ctx, obj.CreatedByID)
}

func (r *mutationResolver) CreateAPIToken(ctx context.Context, input account.CreateAPITokenInput) (*model.CreateAPITokenPayload, error) {
	token, secret, err := r.AccountService.CreateAPIToken(ctx, viewer(ctx), input)
	problems, err := userErrors(err)
	if err != nil || len(problems) > 0 {
		return &model.CreateAPITokenPayload{UserErrors: problems}, err
	}
	return &model.CreateAPITokenPayload{APIToken: token, Secret: &secret, UserErrors: problems}, nil
}

func (r *mutationResolver) RevokeAPIToken(ctx context.Context, id string) (*model.RevokeAPITokenPayload, error) {
	problems, err := userErrors(r.AccountService.RevokeAPIToken(ctx, viewer(ctx), id))
	if err != nil || len(problems) > 0 {
		return &model.RevokeAPITokenPayload{UserErrors: problems}, err
	}
	return &model.RevokeAPITokenPayload{RevokedID: &id, UserErrors: problems}, nil
}

func (r *viewerResolver) APITokens(ctx context.Context, obj *account.Viewer) ([]account.APIToken, error) {
	if obj.User.Role != account.Admin {
		return nil, nil
	}
	tokens, err := r.AccountService.APITokens(ctx, obj.Firm.ID)
	for _, token := range tokens {
		loadersOf(ctx).users.expect(token.CreatedByID)
	}
	return values(tokens), err
}

func (r *Resolver) ApiToken() exec.ApiTokenResolver { return &apiTokenResolver{r} }

type apiTokenResolver struct{ *Resolver }
