// Package app puts a server together: the services on one database, the handler before them, and what works beside the
// requests. The program, the tests of the API and the benchmarks all get theirs from here.
package app

import (
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/account"
	"watchkeeper/internal/audit"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/idempotency"
	"watchkeeper/internal/metrics"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/tracing"
	"watchkeeper/internal/watch"
)

// Options say what a server is made of.
type Options struct {
	// DB is a migrated database.
	DB *postgres.DB
	// Clock is the time that all services go by.
	Clock clockwork.Clock
	// Logger has a handler made by logging.NewHandler, so that the log entries of a request or a run can be found.
	Logger *slog.Logger

	// PublicURL is how browsers reach the server: scheme and host alone.
	PublicURL string
	// AllowedOrigins are front ends elsewhere, as scheme://host[:port].
	AllowedOrigins []string

	// Clio is how the server is known to Clio. PublicURL and AllowedOrigins are filled in.
	Clio clio.Config
	// Keys seal Clio's tokens, and kept answers.
	Keys *clio.Keyring
	// Transport carries the requests to Clio.
	Transport http.RoundTripper

	// Tracing sends traces; nil: none are made.
	Tracing *tracing.Tracing

	// TrustedProxies are the networks whose X-Forwarded-For is believed.
	TrustedProxies []netip.Prefix
	// TrustedDocuments is a manifest of the only documents that are answered; empty: any is.
	TrustedDocuments []byte
	// CacheSessions is how long a session is remembered; zero: each request looks its own up.
	CacheSessions time.Duration
	// Budget is how many points a viewer may spend on operations in ten minutes; 0: the default.
	Budget int
	// HidesSchema refuses introspection.
	HidesSchema bool
	// OpenSignUp lets anybody create a firm, not only the first.
	OpenSignUp bool
	// Account changes how passwords are kept, for tests.
	Account []account.Option
}

var _ syncer.Clio = (*clio.Service)(nil)

// App are the services of one replica. Nothing runs before Background's Start.
type App struct {
	Listener *postgres.Listener
	Clio     *clio.Service
	Watches  *watch.Service
	Syncs    *syncer.Service
	Logins   *syncer.Logins
	Accounts *account.Service
	Audit    *audit.Service
	// Metrics are served by a handler of their own.
	Metrics *metrics.Metrics
	Limits  *postgres.RateLimits
	// Requests are those that clients may send several times.
	Requests *idempotency.Service

	options Options
}

// New makes the services. It asks neither the database nor Clio anything.
func New(options Options) *App {
	db, clock, log := options.DB, options.Clock, options.Logger
	options.Clio.PublicURL, options.Clio.AllowedOrigins = options.PublicURL, options.AllowedOrigins
	observed := metrics.New()
	observed.ObserveDatabase(db)
	observed.SetClockSkew(db.Clock().Skew())
	transport := observed.Transport(options.Tracing.Transport(options.Transport))
	a := &App{
		Listener: postgres.NewListener(db, clock, log),
		Clio:     clio.NewService(options.Clio, postgres.NewClio(db), options.Keys, clock, log, transport),
		Watches:  watch.NewService(postgres.NewWatches(db), clock),
		Metrics:  observed,
		options:  options,
	}
	a.Syncs = syncer.NewService(syncer.Parts{
		Store: postgres.NewSyncs(db), Runs: postgres.NewRuns(db), Notifier: a.Listener, Clio: a.Clio, Watches: a.Watches, Clock: clock,
		Observer: a.Metrics,
	})
	a.Logins = syncer.NewLogins(a.Syncs, log)
	a.Audit = audit.NewService(postgres.NewAuditTrail(db))
	a.Limits = postgres.NewRateLimits(db)
	a.Requests = idempotency.NewService(postgres.NewAnswers(db), answerSealer{keys: options.Keys}, clock)
	a.Accounts = account.NewService(account.Parts{
		Store: postgres.NewAccounts(db), Limits: a.Limits, Logins: a.Logins, Notifier: a.Listener, Clock: clock, Logger: log,
		OpenSignUp: options.OpenSignUp, PublicURL: options.PublicURL, CacheSessions: options.CacheSessions,
	}, options.Account...)
	return a
}
