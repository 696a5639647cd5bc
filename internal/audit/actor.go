package audit

import "context"

// Actor is who does something.
type Actor struct {
	UserID string
	// TokenName is the name of the API token with which it is done; nil without one.
	TokenName *string
}

type actorKey struct{}

// WithActor returns a context of what the actor does. The zero Actor is nobody.
func WithActor(ctx context.Context, actor Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, actor)
}

// ActorFrom returns who acts in the context; the zero Actor is nobody.
func ActorFrom(ctx context.Context) Actor {
	actor, _ := ctx.Value(actorKey{}).(Actor)
	return actor
}
