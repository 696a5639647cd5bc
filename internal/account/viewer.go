package account

import (
	"context"

	"watchkeeper/internal/audit"
	"watchkeeper/internal/ident"
)

// Viewer is the signed-in user of a request, with their firm, and the session or API token that the request has.
type Viewer struct {
	User *User
	Firm *Firm
	// SessionID is empty when there is an API token.
	SessionID string
	// Token is nil when there is a session.
	Token *APIToken

	tokenHash []byte // finds the session or the API token again
}

// May reports whether the viewer may do what needs an access: with a session everything, else what the API token allows. What needs none,
// nil, takes a session.
func (v *Viewer) May(needed *APITokenAccess) bool {
	return v.Token == nil || needed != nil && v.Token.Access.Includes(*needed)
}

// ID is the same for all sessions of the user. It is derived from the user's id, but isn't a user's id itself.
func (v *Viewer) ID() string {
	return ident.OfUser(ident.Viewer, v.User.ID)
}

// actor is who acts for the audit trail: nobody for nil.
func (v *Viewer) actor() audit.Actor {
	if v == nil || v.User == nil {
		return audit.Actor{}
	}
	actor := audit.Actor{UserID: v.User.ID}
	if v.Token != nil {
		actor.TokenName = &v.Token.Name
	}
	return actor
}

type viewerKey struct{}

// WithViewer returns a context with the viewer, who acts in it; nil means signed out.
func WithViewer(ctx context.Context, viewer *Viewer) context.Context {
	ctx = audit.WithActor(ctx, viewer.actor())
	return context.WithValue(ctx, viewerKey{}, viewer)
}

// ViewerFrom returns the viewer of the context; nil when signed out.
func ViewerFrom(ctx context.Context) *Viewer {
	viewer, _ := ctx.Value(viewerKey{}).(*Viewer)
	return viewer
}
