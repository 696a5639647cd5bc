package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
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

// viewer returns the signed-in user; @auth has made sure that there is one. In a field that lacks the directive it may be a user of no
// firm, who finds nothing.
func viewer(ctx context.Context) *account.Viewer {
	if who := account.ViewerFrom(ctx); who != nil {
		return who
	}
	return &account.Viewer{User: &account.User{}, Firm: &account.Firm{}}
}
