package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/watch"
)

// auth is the directive of that name: UNAUTHENTICATED if nobody is signed in, FORBIDDEN for a member where an administrator is needed.
func auth(ctx context.Context, _ any, next graphql.Resolver, role account.Role) (any, error) {
	who := account.ViewerFrom(ctx)
	switch {
	case who == nil:
		return nil, apperr.New(apperr.Unauthenticated, "Sign in first.")
	case role == account.Admin && who.User.Role != account.Admin:
		return nil, apperr.New(apperr.Forbidden, "Only administrators may do this.")
	}
	return next(ctx)
}

// viewer is who asks for a field with @auth. Without the directive, and signed out, it is a user of no firm, who finds nothing.
func viewer(ctx context.Context) *account.Viewer {
	if who := account.ViewerFrom(ctx); who != nil {
		return who
	}
	return &account.Viewer{User: &account.User{}, Firm: &account.Firm{}}
}

// actor is who asks, as the one who changes watches.
func actor(who *account.Viewer) watch.Actor {
	return watch.Actor{FirmID: who.Firm.ID, UserID: who.User.ID}
}
