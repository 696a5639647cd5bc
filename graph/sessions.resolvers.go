package graph

import (
	"context"
	"watchkeeper/graph/model"
	"watchkeeper/internal/account"
)

func (r *mutationResolver) ChangePassword(ctx context.Context, input account.ChangePasswordInput) (*model.ChangePasswordPayload, error) {
	problems, err := userErrors(r.AccountService.ChangePassword(ctx, viewer(ctx), input, client(ctx)))
	return &model.ChangePasswordPayload{UserErrors: problems}, err
}

func (r *mutationResolver) UpdateProfile(ctx context.Context, input account.UpdateProfileInput) (*model.UpdateProfilePayload, error) {
	user, err := r.AccountService.UpdateProfile(ctx, viewer(ctx), input)
	problems, err := userErrors(err)
	if err != nil || len(problems) > 0 {
		return &model.UpdateProfilePayload{UserErrors: problems}, err
	}
	return &model.UpdateProfilePayload{User: user, UserErrors: problems}, r.renewViewer(ctx)
}

func (r *mutationResolver) UpdateFirm(ctx context.Context, input account.UpdateFirmInput) (*model.UpdateFirmPayload, error) {
	firm, err := r.AccountService.UpdateFirm(ctx, viewer(ctx), input)
	problems, err := userErrors(err)
	if err != nil || len(problems) > 0 {
		return &model.UpdateFirmPayload{UserErrors: problems}, err
	}
	return &model.UpdateFirmPayload{Firm: firm, UserErrors: problems}, r.renewViewer(ctx)
}

func (r *mutationResolver) RevokeSession(ctx context.Context, id string) (*model.RevokeSessionPayload, error) {
	who := viewer(ctx)
	problems, err := userErrors(r.AccountService.RevokeSession(ctx, who, id))
	if err != nil || len(problems) > 0 {
		return &model.RevokeSessionPayload{UserErrors: problems}, err
	}
	if id == who.SessionID {
		r.Cookies.ClearSession(ctx)
	}
	return &model.RevokeSessionPayload{RevokedID: &id, UserErrors: problems}, r.renewViewer(ctx)
}

func (r *viewerResolver) Sessions(ctx context.Context, obj *account.Viewer) ([]account.Session, error) {
	sessions, err := r.AccountService.Sessions(ctx, obj)
	return values(sessions), err
}
