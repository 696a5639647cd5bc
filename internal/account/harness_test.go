package account_test

import (
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

// office is a service over a database of the test's own.
type office struct {
	*account.Service
	clock      *clockwork.FakeClock
	store      *postgres.Accounts
	logins     logins
	statements *pgtest.Counter
}

// logins are those that the service told of, each as firm and user.
type logins [][2]string

func (l *logins) LoggedIn(firmID, userID string) { *l = append(*l, [2]string{firmID, userID}) }

func newOffice(t *testing.T, openSignUp bool) *office {
	t.Helper()
	o := &office{clock: clockwork.NewFakeClockAt(noon), statements: new(pgtest.Counter)}
	o.store = postgres.NewAccounts(pgtest.Open(t, postgres.WithQueryHook(o.statements)))
	o.Service = account.NewService(o.store, &o.logins, o.clock, openSignUp)
	return o
}

// signUp creates a firm of that name with one administrator.
func (o *office) signUp(t *testing.T, firm, email string) *account.SignedIn {
	t.Helper()
	signedIn, err := o.SignUp(t.Context(), account.SignUpInput{
		FirmName: firm, Name: "Ada Byron", Email: email, Password: goodPassword,
	}, "")
	require.NoError(t, err)
	return signedIn
}

const goodPassword = "correct horse"

// problems are the codes and paths of an error that a caller may see.
func problems(t *testing.T, err error) map[string]apperr.Code {
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
