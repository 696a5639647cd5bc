package graph

import (
	"context"

	"watchkeeper/internal/account"
)

// readSessions reads the viewer's sessions for nodes: they are few.
func (l *loaders) readSessions(ctx context.Context, _ []string) (map[string]*account.Session, error) {
	sessions, err := l.AccountService.Sessions(ctx, viewer(ctx))
	return byID(sessions, func(s *account.Session) string { return s.ID }), err
}

// readInvitations reads the firm's invitations for nodes, and announces who invited.
func (l *loaders) readInvitations(ctx context.Context, _ []string) (map[string]*account.Invitation, error) {
	invitations, err := l.AccountService.Invitations(ctx, l.firmID)
	for _, invitation := range invitations {
		l.users.expect(invitation.InvitedByID)
	}
	return byID(invitations, func(i *account.Invitation) string { return i.ID }), err
}

// readTokens reads the firm's API tokens for nodes, and announces their creators.
func (l *loaders) readTokens(ctx context.Context, _ []string) (map[string]*account.APIToken, error) {
	tokens, err := l.AccountService.APITokens(ctx, l.firmID)
	for _, token := range tokens {
		l.users.expect(token.CreatedByID)
	}
	return byID(tokens, func(t *account.APIToken) string { return t.ID }), err
}

func byID[T any](items []*T, id func(*T) string) map[string]*T {
	found := make(map[string]*T, len(items))
	for _, item := range items {
		found[id(item)] = item
	}
	return found
}
