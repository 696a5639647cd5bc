package account

import (
	"context"

	"watchkeeper/internal/ident"
)

// Viewer is the signed-in user of a request, with their firm and session.
type Viewer struct {
	User      *User
	Firm      *Firm
	SessionID string

	tokenHash []byte // finds the session again
}

// ID is the same for all sessions of the user. It is derived from the user's id, but isn't a user's id itself.
func (v *Viewer) ID() string {
	return ident.OfUser(ident.Viewer, v.User.ID)
}

type viewerKey struct{}

// WithViewer returns a context with the viewer; nil means signed out.
func WithViewer(ctx context.Context, viewer *Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, viewer)
}

// ViewerFrom returns the viewer of the context; nil when signed out.
func ViewerFrom(ctx context.Context) *Viewer {
	viewer, _ := ctx.Value(viewerKey{}).(*Viewer)
	return viewer
}
