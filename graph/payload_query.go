package graph

import (
	"context"

	"watchkeeper/internal/account"
)

// mutated is what a mutation changes for the query of its payload: who is signed in.
type mutated struct {
	viewer  *account.Viewer
	changed bool
}

type mutatedKey struct{}

// setViewer makes the query of the payload the viewer's; nobody's for nil. Other fields of the operation stay the sender's.
func setViewer(ctx context.Context, viewer *account.Viewer) {
	if m, ok := ctx.Value(mutatedKey{}).(*mutated); ok {
		*m = mutated{viewer: viewer, changed: true}
	}
}

// renewViewer makes the query of the payload the sender's as they are by now: nobody's if their session has ended.
func (r *Resolver) renewViewer(ctx context.Context) error {
	who, err := nullIfAbsent(r.AccountService.Renew(ctx, viewer(ctx)))
	if err == nil {
		setViewer(ctx, who)
	}
	return err
}

// withMutated returns the context for a root field of a mutation, or of the query in a payload, which sees who is signed in by then.
func withMutated(ctx context.Context) context.Context {
	m, inPayload := ctx.Value(mutatedKey{}).(*mutated)
	switch {
	case !inPayload:
		return context.WithValue(ctx, mutatedKey{}, &mutated{})
	case m.changed:
		return account.WithViewer(ctx, m.viewer)
	default:
		return ctx
	}
}
