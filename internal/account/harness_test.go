package account_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// harness is a service with its own database.
type harness struct {
	*account.Service
	clock      *clockwork.FakeClock
	db         *postgres.DB
	store      *postgres.Accounts
	limits     *postgres.RateLimits
	logins     logins
	statements *pgtest.Counter
	listener   *postgres.Listener // which isn't started

	openSignUp bool
	options    []account.Option
	cache      time.Duration
}

// logins records the logins that the service reported, each as firm and user.
type logins [][2]string

func (l *logins) LoggedIn(firmID, userID string) { *l = append(*l, [2]string{firmID, userID}) }

// newHarness has passwords hashed at next to no cost.
func newHarness(t *testing.T, openSignUp bool) *harness {
	t.Helper()
	return newHarnessWith(t, openSignUp, account.WithHashCost(account.HashCost{Memory: 8, Time: 1, Threads: 1}))
}

func newHarnessWith(t *testing.T, openSignUp bool, options ...account.Option) *harness {
	t.Helper()
	h := &harness{clock: clockwork.NewFakeClockAt(noon), statements: new(pgtest.Counter)}
	db := pgtest.Open(t, postgres.WithQueryHook(h.statements))
	h.db = db
	h.store, h.limits = postgres.NewAccounts(db), postgres.NewRateLimits(db)
	h.listener = postgres.NewListener(db, h.clock, slog.New(slog.DiscardHandler))
	h.openSignUp, h.options = openSignUp, options
	h.Service = h.replica()
	return h
}

// replica is another service on the same database.
func (h *harness) replica() *account.Service { return h.replicaWith(h.store) }

func (h *harness) replicaWith(store account.Store) *account.Service {
	return account.NewService(account.Parts{
		Store: store, Limits: h.limits, Logins: &h.logins, Notifier: h.listener, Clock: h.clock,
		Logger: slog.New(slog.DiscardHandler), OpenSignUp: h.openSignUp, PublicURL: publicURL, CacheSessions: h.cache,
	}, h.options...)
}

// signUp creates a firm of that name with one administrator.
func (h *harness) signUp(t *testing.T, firm, email string) *account.SignedIn {
	t.Helper()
	signedIn, err := h.SignUp(t.Context(), account.SignUpInput{
		FirmName: firm, Name: "Ada Byron", Email: email, Password: goodPassword,
	}, account.Client{})
	require.NoError(t, err)
	return signedIn
}

const publicURL = "https://watch.example"

const goodPassword = "correct horse"

// errorCodes returns the codes of an error that users may see, by input field.
func errorCodes(t *testing.T, err error) map[string]apperr.Code {
	t.Helper()
	codes := map[string]apperr.Code{}
	for _, problem := range apperr.From(err) {
		path := ""
		if len(problem.Path) == 2 {
			require.Equal(t, "input", problem.Path[0])
			path = problem.Path[1]
		}
		codes[path] = problem.Code
	}
	return codes
}
