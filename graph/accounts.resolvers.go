package graph

import (
	"context"
	"watchkeeper/graph/exec"
	"watchkeeper/graph/model"
	"watchkeeper/internal/account"
)

func (r *mutationResolver) SignUp(ctx context.Context, input account.SignUpInput) (*model.SignUpPayload, error) {
	signedIn, err := r.AccountService.SignUp(ctx, input, client(ctx))
	problems, err := userErrors(err)
	if err != nil || len(problems) > 0 {
		return &model.SignUpPayload{UserErrors: problems}, err
	}
	r.signIn(ctx, signedIn)
	return &model.SignUpPayload{Viewer: signedIn.Viewer, Token: &signedIn.Token, UserErrors: problems}, nil
}

func (r *mutationResolver) SignIn(ctx context.Context, input account.SignInInput) (*model.SignInPayload, error) {
	signedIn, err := r.AccountService.SignIn(ctx, input, client(ctx))
	problems, err := userErrors(err)
	if err != nil || len(problems) > 0 {
		return &model.SignInPayload{UserErrors: problems}, err
	}
	r.signIn(ctx, signedIn)
	return &model.SignInPayload{Viewer: signedIn.Viewer, Token: &signedIn.Token, UserErrors: problems}, nil
}

func (r *mutationResolver) SignOut(ctx context.Context) (*model.SignOutPayload, error) {
	problems, err := userErrors(r.AccountService.SignOut(ctx, account.ViewerFrom(ctx)))
	if err == nil {
		setViewer(ctx, nil)
		r.Cookies.ClearSession(ctx)
	}
	return &model.SignOutPayload{UserErrors: problems}, err
}

func (r *Resolver) Firm() exec.FirmResolver { return &firmResolver{r} }

func (r *Resolver) Viewer() exec.ViewerResolver { return &viewerResolver{r} }

type (
	firmResolver   struct{ *Resolver }
	viewerResolver struct{ *Resolver }
)
