package bench_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/app"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// office is a replica without its HTTP: the services and the workers, as the server wires them.
type office struct {
	*testing.B
	db    *postgres.DB
	keys  *clio.Keyring
	syncs *syncer.Service
	// begun and ended have a signal for each run that a worker begins and has done with.
	begun chan time.Time
	ended chan struct{}
}

const manySignals = 100_000 // more than there are runs at a time

func newOffice(b *testing.B, transport http.RoundTripper, clioURL string) *office {
	b.Helper()
	o := &office{B: b, db: openDatabase(b), begun: make(chan time.Time, manySignals), ended: make(chan struct{}, manySignals)}
	o.keys = newKeys(b)
	o.syncs = newSyncs(o.db, o.keys, transport, clioURL)
	jobs, err := postgres.NewJobs(o.db, postgres.JobsOptions{Execute: o.execute, Fail: o.syncs.Fail})
	require.NoError(b, err)
	require.NoError(b, jobs.Start(b.Context()))
	b.Cleanup(func() { require.NoError(b, jobs.Stop(context.Background())) })
	return o
}

func newKeys(b *testing.B) *clio.Keyring {
	b.Helper()
	keys, err := clio.NewKeyring([][]byte{make([]byte, 32)})
	require.NoError(b, err)
	return keys
}

// newSyncs are a replica's.
func newSyncs(db *postgres.DB, keys *clio.Keyring, transport http.RoundTripper, clioURL string) *syncer.Service {
	return app.New(app.Options{
		DB: db, Clock: clockwork.NewRealClock(), Logger: slog.New(slog.DiscardHandler),
		Clio: clio.Config{ClientID: "app", ClientSecret: "secret", Region: "us", BaseURL: clioURL}, Keys: keys, Transport: transport,
	}).Syncs
}

func (o *office) execute(ctx context.Context, runID string) (*time.Time, error) {
	o.begun <- time.Now()
	resumeAt, err := o.syncs.Execute(ctx, runID)
	if err == nil && resumeAt == nil {
		o.ended <- struct{}{}
	}
	return resumeAt, err
}

func firmID(n int) string { return fmt.Sprintf("firm_%026d", n) }

// actor is the one person of a firm.
func actor(n int) watch.Actor {
	return watch.Actor{FirmID: firmID(n), UserID: fmt.Sprintf("user_%026d", n)}
}

// addFirms makes firms from 1 up that are connected to Clio by the token.
func (o *office) addFirms(firms int, token string) {
	o.Helper()
	execute(o.B, o.db, `INSERT INTO firms (id, name, created_at) SELECT 'firm_' || lpad(n::text, 26, '0'), 'Firm', now() FROM generate_series(1, $1) n`, firms)
	execute(o.B, o.db, `INSERT INTO users (id, firm_id, name, email, role, password_hash, created_at)
		SELECT 'user_' || lpad(n::text, 26, '0'), 'firm_' || lpad(n::text, 26, '0'), 'Lee Park', n || '@firm.example', 'ADMIN', '', now()
		FROM generate_series(1, $1) n`, firms)
	now := time.Now().UTC()
	columns := []string{"firm_id", "state", "region", "account_id", "access_token", "token_expires_at", "connected_at"}
	_, err := o.db.Pool().CopyFrom(pgtest.AcrossFirms(o.Context()), pgx.Identifier{"clio_integrations"}, columns, pgx.CopyFromSlice(firms, func(i int) ([]any, error) {
		id := firmID(i + 1)
		sealed := o.keys.Seal([]byte(token), clio.Row{Table: "clio_integrations", ID: id, Column: "access_token"})
		return []any{id, string(clio.Connected), "us", sandbox.FirstAccount, []byte(sealed), now.AddDate(0, 1, 0), now}, nil
	}))
	require.NoError(o, err)
}

// addWatches gives each firm watches as they are after an import of what memory has.
func (o *office) addWatches(firms, each int) {
	o.Helper()
	execute(o.B, o.db, `
		INSERT INTO watches (id, firm_id, first_name, last_name, date_of_birth, city, state, case_number, assigned_to, case_type,
			date_of_interest, tags, priority_level, status, edited_at, revision, created_at, updated_at,
			search_text, sort_last, sort_first, assigned_fold, tag_folds)
		SELECT 'watch_' || lpad((n * 100 + m)::text, 26, '0'), 'firm_' || lpad(n::text, 26, '0'), 'Ana', 'Rivera', '1961-04-09', 'Tampa', 'FL',
			lpad(m::text, 5, '0') || '-Rivera', 'Lee Park', 'ESTATE_PLANNING', '2025-02-03', '{}', 'NORMAL', 'ACTIVE', '{}', 1, now(), now(),
			'ana rivera ' || lpad(m::text, 5, '0') || '-rivera lee park', 'rivera', 'ana', 'lee park', '{}'
		FROM generate_series(1, $1::int) n, generate_series(1, $2::int) m`, firms, each)
	execute(o.B, o.db, `
		INSERT INTO clio_links (watch_id, firm_id, region, account_id, matter_id, contact_id, client_name, new_is_company, matter_status,
			state, base, settled)
		SELECT id, firm_id, 'us', $1::bigint, left(case_number, 5)::int, left(case_number, 5)::int, 'Ana Rivera', FALSE, 'OPEN', 'LINKED',
			jsonb_build_object('FIRST_NAME', first_name, 'LAST_NAME', last_name, 'DATE_OF_BIRTH', date_of_birth, 'CITY', city, 'STATE', state,
				'CASE_NUMBER', case_number, 'ASSIGNED_TO', assigned_to, 'CASE_TYPE', case_type, 'DATE_OF_INTEREST', date_of_interest),
			'{}'
		FROM watches`, sandbox.FirstAccount)
	execute(o.B, o.db, `INSERT INTO clio_link_checks (firm_id, watch_id, asked_at, checked_at, last_synced_at)
		SELECT firm_id, watch_id, now(), now(), now() FROM clio_links`)
	settle(o.B, o.db)
}
