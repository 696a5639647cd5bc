package bench_test

import (
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/account"
	"watchkeeper/internal/app"
	"watchkeeper/internal/clio"
)

// BenchmarkAPI measures whole requests of the API, from the handler to the answer, to a firm of 10,000 linked watches.
func BenchmarkAPI(b *testing.B) {
	o := newOffice(b, http.DefaultTransport, "http://127.0.0.1:1")
	o.addFirms(1, "token")
	o.addWatches(1, 100)
	o.enlarge(9_900)
	handler, token := o.api()
	ask := func(query string) func(b *testing.B) {
		body := `{"query": "` + query + `"}`
		return func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				request := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/graphql", strings.NewReader(body))
				request.Header.Set("Content-Type", "application/json")
				request.Header.Set("Authorization", "Bearer "+token)
				response := httptest.NewRecorder()
				handler.ServeHTTP(response, request)
				require.Equal(b, http.StatusOK, response.Code)
				require.NotContains(b, response.Body.String(), `"errors"`)
			}
		}
	}
	const watch = `id firstName lastName dateOfBirth city state caseNumber assignedTo caseType dateOfInterest middleName tags priorityLevel ` +
		`status lastSyncedAt version createdAt updatedAt clioLink { matterId contactId clientName matterStatus state url }`
	b.Run("page", ask(`{ watches(first: 50) { nodes { `+watch+` conflicts { id field local clio detectedAt } } pageInfo { hasNextPage endCursor } } }`))
	b.Run("one watch", ask(`{ watch(id: \"watch_00000000000000000000000101\") { `+watch+` } }`))
	b.Run("status", ask(`{ syncStatus { linkedWatches missingWatches oldestSyncedAt openConflicts lastRun { id status } } }`))
	b.Run("viewer", ask(`{ viewer { id } }`))
}

// api is the handler of a replica, and a token of the first firm's person.
func (o *office) api() (handler http.Handler, token string) {
	o.Helper()
	parts := o.replica()
	handler, err := parts.Handler()
	require.NoError(o, err)
	return handler, o.member(parts.Accounts, "lee@firm.example")
}

// replica is a server without its workers and its HTTP.
func (o *office) replica() *app.App {
	return app.New(app.Options{
		DB: o.db, Clock: o.db.Clock(), Logger: slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelError})),
		PublicURL: "http://127.0.0.1", Clio: clio.Config{ClientID: "app", ClientSecret: "secret", Region: "us"}, Keys: o.keys,
		Transport: http.DefaultTransport, OpenSignUp: true, Budget: math.MaxInt32, CacheSessions: 2 * time.Second,
	})
}

// member returns the token of a new member of the first firm.
func (o *office) member(accounts *account.Service, email string) (token string) {
	o.Helper()
	signedUp, err := accounts.SignUp(o.Context(), account.SignUpInput{
		FirmName: "Firm", Name: "Lee Park", Email: email, Password: "a long password",
	}, account.Client{})
	require.NoError(o, err)
	execute(o.B, o.db, "UPDATE users SET firm_id = $1 WHERE id = $2", firmID(1), signedUp.Viewer.User.ID)
	return signedUp.Token
}
