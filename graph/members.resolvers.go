package graph

import (
	"context"
	"watchkeeper/graph/exec"
	"watchkeeper/graph/model"
	"watchkeeper/internal/account"
)

func (r *firmResolver) Members(ctx context.Context, obj *account.Firm) ([]account.User, error) {
	members, err := r.AccountService.Members(ctx, obj.ID)
	return values(members), err
}

func (r *firmResolver) Invitations(ctx context.Context, obj *account.Firm) ([]account.Invitation, error) {
	who := account.ViewerFrom(ctx)
	if who == nil || who.User.Role != account.Admin {
		return nil, nil
	}
	invitations, err := r.AccountService.Invitations(ctx, obj.ID)
	for _, invitation := range invitations {
		loadersOf(ctx).users.expect(invitation.InvitedByID)
	}
	return values(invitations), err
}

func (r *invitationResolver) InvitedBy(ctx context.Context, obj *account.Invitation) (*account.User, error) {
	return loadersOf(ctx).users.load(ctx, obj.InvitedByID)
}

func (r *mutationResolver) InviteMember(ctx context.Context, input account.InviteMemberInput) (*model.InviteMemberPayload, error) {
	invitation, url, err := r.AccountService.InviteMember(ctx, viewer(ctx), input)
	problems, err := userErrors(err)
	if err != nil || len(problems) > 0 {
		return &model.InviteMemberPayload{UserErrors: problems}, err
	}
	return &model.InviteMemberPayload{Invitation: invitation, InvitationURL: &url, UserErrors: problems}, nil
}

func (r *mutationResolver) RevokeInvitation(ctx context.Context, id string) (*model.RevokeInvitationPayload, error) {
	problems, err := userErrors(r.AccountService.RevokeInvitation(ctx, viewer(ctx), id))
	if err != nil || len(problems) > 0 {
		return &model.RevokeInvitationPayload{UserErrors: problems}, err
	}
	return &model.RevokeInvitationPayload{RevokedID: &id, UserErrors: problems}, nil
}

func (r *mutationResolver) AcceptInvitation(ctx context.Context, input account.AcceptInvitationInput) (*model.AcceptInvitationPayload, error) {
	signedIn, err := r.AccountService.AcceptInvitation(ctx, input, client(ctx))
	problems, err := userErrors(err)
	if err != nil || len(problems) > 0 {
		return &model.AcceptInvitationPayload{UserErrors: problems}, err
	}
	r.signIn(ctx, signedIn)
	return &model.AcceptInvitationPayload{Viewer: signedIn.Viewer, Token: &signedIn.Token, UserErrors: problems}, nil
}

func (r *mutationResolver) ChangeMemberRole(ctx context.Context, userID string, role account.Role) (*model.ChangeMemberRolePayload, error) {
	user, err := r.AccountService.ChangeMemberRole(ctx, viewer(ctx), userID, role)
	problems, err := userErrors(err)
	if err != nil || len(problems) > 0 {
		return &model.ChangeMemberRolePayload{UserErrors: problems}, err
	}
	return &model.ChangeMemberRolePayload{User: user, UserErrors: problems}, r.renewViewer(ctx)
}

func (r *mutationResolver) RemoveMember(ctx context.Context, userID string) (*model.RemoveMemberPayload, error) {
	who := viewer(ctx)
	problems, err := userErrors(r.AccountService.RemoveMember(ctx, who, userID))
	if err != nil || len(problems) > 0 {
		return &model.RemoveMemberPayload{UserErrors: problems}, err
	}
	if userID == who.User.ID {
		r.Cookies.ClearSession(ctx)
	}
	return &model.RemoveMemberPayload{RemovedID: &userID, UserErrors: problems}, r.renewViewer(ctx)
}

func (r *mutationResolver) CreatePasswordReset(ctx context.Context, userID string) (*model.CreatePasswordResetPayload, error) {
	url, expiresAt, err := r.AccountService.CreatePasswordReset(ctx, viewer(ctx), userID)
	problems, err := userErrors(err)
	if err != nil || len(problems) > 0 {
		return &model.CreatePasswordResetPayload{UserErrors: problems}, err
	}
	return &model.CreatePasswordResetPayload{ResetURL: &url, ExpiresAt: &expiresAt, UserErrors: problems}, nil
}

func (r *mutationResolver) ResetPassword(ctx context.Context, input account.ResetPasswordInput) (*model.ResetPasswordPayload, error) {
	signedIn, err := r.AccountService.ResetPassword(ctx, input, client(ctx))
	problems, err := userErrors(err)
	if err != nil || len(problems) > 0 {
		return &model.ResetPasswordPayload{UserErrors: problems}, err
	}
	r.signIn(ctx, signedIn)
	return &model.ResetPasswordPayload{Viewer: signedIn.Viewer, Token: &signedIn.Token, UserErrors: problems}, nil
}

func (r *Resolver) Invitation() exec.InvitationResolver { return &invitationResolver{r} }

type invitationResolver struct{ *Resolver }
