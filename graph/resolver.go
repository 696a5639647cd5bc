// Package graph is the API: a schema file (schema/) and a resolver file per topic. The schema says who may use a field (auth.go). A
// resolver takes the viewer, calls one service and returns its answer; errors.go alone decides what a caller sees of an error.
package graph

import (
	"context"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/account"
	"watchkeeper/internal/audit"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/idempotency"
	"watchkeeper/internal/ratelimit"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// Cookies are set and cleared on the response to the request that ctx belongs to.
type Cookies interface {
	// SetSession stores a session in the browser.
	SetSession(ctx context.Context, token string)
	// ClearSession removes the browser's session.
	ClearSession(ctx context.Context)
	// SetDevice stores the token by which the browser is known at the next sign-in.
	SetDevice(ctx context.Context, token string)
	// SetAuthorization stores, for ten minutes, the secret by which the browser proves that it began to connect Clio.
	SetAuthorization(ctx context.Context, secret string)
}

// Resolver has the services that the API uses.
type Resolver struct {
	AccountService *account.Service
	AuditService   *audit.Service
	WatchService   *watch.Service
	ClioService    *clio.Service
	SyncService    *syncer.Service
	Cookies        Cookies
	// Limits keeps what each caller may still do.
	Limits ratelimit.Store
	// Budget is how many points a viewer may spend in ten minutes; 0: the default.
	Budget int
	// Requests are those that clients may send several times.
	Requests *idempotency.Service
	Clock    clockwork.Clock
	// Trusted are the only documents that are answered; nil: any.
	Trusted *TrustedDocuments
	// HidesSchema refuses introspection, and suggests no names in errors.
	HidesSchema bool
	// Origins are the other sites whose pages may open WebSockets, as scheme://host[:port]. Pages of the server's own host always may.
	Origins []string
}

// actor is the viewer, as the one who changes watches.
func actor(who *account.Viewer) watch.Actor {
	return watch.Actor{FirmID: who.Firm.ID, UserID: who.User.ID}
}

// values returns what the pointers point to.
func values[T any](pointers []*T) []T {
	all := make([]T, len(pointers))
	for i, pointer := range pointers {
		all[i] = *pointer
	}
	return all
}

// client returns who sent the operation. Over a WebSocket no cookie can be set, so that none is replaced.
func client(ctx context.Context) account.Client {
	sender := account.ClientFrom(ctx)
	if transportOf(ctx).socket {
		sender.CookieSession = ""
	}
	return sender
}

// signIn has the browser keep a new session, and be known at the next sign-in.
func (r *Resolver) signIn(ctx context.Context, signedIn *account.SignedIn) {
	setViewer(ctx, signedIn.Viewer)
	r.Cookies.SetSession(ctx, signedIn.Token)
	r.Cookies.SetDevice(ctx, signedIn.Device)
}
