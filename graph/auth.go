package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
)

// auth is the schema's directive @auth: UNAUTHENTICATED when nobody is signed in, FORBIDDEN when the user's role doesn't include the one
// that the field needs, or the API token doesn't allow the access that it needs.
func auth(ctx context.Context, _ any, next graphql.Resolver, role account.Role, access *account.APITokenAccess) (any, error) {
	who := account.ViewerFrom(ctx)
	if who == nil {
		return nil, apperr.New(apperr.Unauthenticated, "Sign in first.")
	}
	if !includes(who.User.Role, role) {
		return nil, apperr.New(apperr.Forbidden, "Only administrators may do this.")
	}
	if !who.May(access) {
		return nil, apperr.New(apperr.Forbidden, tokenRefusal(access))
	}
	value, err := next(ctx)
	if err == nil {
		setExecuted(ctx)
	}
	return value, err
}

// tokenRefusal is what an API token is told that doesn't allow an access.
func tokenRefusal(needed *account.APITokenAccess) string {
	if needed == nil {
		return "No API token may do this: sign in."
	}
	return "This needs an API token with access " + string(*needed) + "."
}

// includes reports whether a user who has one role may do what needs the other.
func includes(has, needed account.Role) bool {
	return has == account.Admin || has == needed
}

// viewer returns the signed-in user; @auth has made sure that there is one. Without one it panics, which the caller sees as INTERNAL:
// the field lacks the directive.
func viewer(ctx context.Context) *account.Viewer {
	who := account.ViewerFrom(ctx)
	if who == nil {
		panic("nobody is signed in, and the field has no @auth")
	}
	return who
}
