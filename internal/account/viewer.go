package account

import (
	"context"

	"watchkeeper/internal/ident"
)

// Viewer is who is asking: a user of a firm, by one of their sessions.
type Viewer struct {
	User      *User
	Firm      *Firm
	SessionID string

	tokenHash []byte // the session is found again by it
}

// ID is the same for all sessions of the user. It is made from the user's, and no id of a user.
func (v *Viewer) ID() string {
	return ident.OfUser(ident.Viewer, v.User.ID)
}

type viewerKey struct{}

// WithViewer returns a context of a request by viewer; a nil viewer is signed out.
func WithViewer(ctx context.Context, viewer *Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, viewer)
}

// ViewerFrom tells who is asking; nil when nobody is signed in.
func ViewerFrom(ctx context.Context) *Viewer {
	viewer, _ := ctx.Value(viewerKey{}).(*Viewer)
	return viewer
}
