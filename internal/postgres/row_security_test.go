package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/watch"
)

// fill gives a firm, which has a user and a session, a row in each of the other tables.
const fill = `
	INSERT INTO watches (id, firm_id, first_name, last_name, tags, priority_level, status, edited_at, revision, created_at, updated_at,
		search_text, sort_last, sort_first, assigned_fold, tag_folds)
	VALUES ('watch ' || ?0, ?0, 'Ana', 'Rivera', '{}', 'NORMAL', 'ACTIVE', '{}', 1, now(), now(), '', '', '', '', '{}');
	INSERT INTO clio_links (watch_id, firm_id, region, matter_id, new_is_company, state, base, settled)
	VALUES ('watch ' || ?0, ?0, 'us', 1, FALSE, 'LINKED', '{}', '{}');
	INSERT INTO clio_link_checks (watch_id, firm_id, asked_at, checked_at, last_synced_at) VALUES ('watch ' || ?0, ?0, now(), now(), '2026-01-03Z');
	INSERT INTO clio_integrations (firm_id, state) VALUES (?0, 'NOT_CONNECTED');
	INSERT INTO clio_authorizations (state_hash, firm_id, user_id, cookie_hash, return_to, expires_at)
	SELECT convert_to(?0, 'UTF8'), ?0, id, '', '', now() FROM users WHERE firm_id = ?0;
	INSERT INTO devices (token_hash, user_id, used_at) SELECT convert_to(?0, 'UTF8'), id, now() FROM users WHERE firm_id = ?0;
	INSERT INTO invitations (id, firm_id, email, role, token_hash, invited_by_id, created_at, expires_at)
	SELECT 'invitation ' || ?0, ?0, 'b@firm.example', 'MEMBER', convert_to(?0, 'UTF8'), id, now(), now() FROM users WHERE firm_id = ?0;
	INSERT INTO password_resets (user_id, token_hash, expires_at) SELECT id, convert_to(?0, 'UTF8'), now() FROM users WHERE firm_id = ?0;
	INSERT INTO api_tokens (id, firm_id, name, access, token_hash, created_by_id, created_at)
	SELECT 'token ' || ?0, ?0, 'Job', 'READ', convert_to(?0, 'UTF8'), id, now() FROM users WHERE firm_id = ?0;
	INSERT INTO audit_events (id, firm_id, at, action, summary) VALUES ('event ' || ?0, ?0, now(), 'SIGN_IN', '');
	INSERT INTO case_type_mappings (firm_id, practice_area_id, case_type) VALUES (?0, 1, 'TAX');
	INSERT INTO idempotent_requests (firm_id, caller, key_hash, fingerprint, claim, created_at) VALUES (?0, 'user', '', '', '', now());
	INSERT INTO clio_limits (firm_id, remaining, resets_at) VALUES (?0, 1, now());
	INSERT INTO sync_settings (firm_id, auto_sync_enabled, frequency, time_of_day, day_of_week, time_zone, sync_on_login, conflict_resolution)
	VALUES (?0, FALSE, 'DAILY', '06:00', 'MONDAY', 'UTC', FALSE, 'ASK');
	INSERT INTO sync_runs (id, firm_id, round_id, trigger, scope, dry_run, conflict_resolution, status, watch_ids, matter_ids, selected, processed,
		updated, unchanged, missing, skipped, failed, kept_local, overwrote_local, conflicts, identity_changed, incomplete, remaining, created_at)
	VALUES ('run ' || ?0, ?0, 'round', 'MANUAL', 'ALL', FALSE, 'ASK', 'QUEUED', '{}', '{}', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, now());
	INSERT INTO migrated_results (id, firm_id, run_id) VALUES ('result ' || ?0, ?0, 'run ' || ?0);
	INSERT INTO field_changes (id, firm_id, watch_id, field, at, cause) VALUES ('change ' || ?0, ?0, 'watch ' || ?0, 'CITY', now(), 'EDIT');
	INSERT INTO sync_conflicts (id, firm_id, watch_id, field, clio, detected_at) VALUES ('conflict ' || ?0, ?0, 'watch ' || ?0, 'CITY', 'Miami', now())`

// filledTables is how many tables clioFirm and fill give a firm rows in.
const filledTables = 22

// neighbors are two firms with rows in every table, one row in each.
type neighbors struct {
	*testing.T
	db          *postgres.DB
	own, others string
	everything  context.Context
}

func newNeighbors(t *testing.T, db *postgres.DB) *neighbors {
	n := &neighbors{T: t, db: db, everything: pgtest.AcrossFirms(t.Context())}
	n.own, n.others = clioFirm(t, db).FirmID, clioFirm(t, db).FirmID
	for _, firmID := range []string{n.own, n.others} {
		_, err := db.Bun().ExecContext(n.everything, fill, firmID)
		require.NoError(t, err)
		_, err = db.Bun().ExecContext(n.everything, "INSERT INTO other_sync_times SELECT firm_id, id, false, '-infinity' FROM watches WHERE firm_id = ?", firmID)
		require.NoError(t, err)
	}
	return n
}

// forOwn is the context that work for the first firm has.
func (n *neighbors) forOwn() context.Context { return postgres.ForFirm(n.Context(), n.own) }

// firmTables are the tables with a firm's rows.
func (n *neighbors) firmTables() (tables []string) {
	n.Helper()
	err := n.db.Bun().NewRaw(`SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND (a.attname IN ('firm_id', 'user_id') OR c.relname = 'firms')
		ORDER BY 1`).Scan(n.everything, &tables)
	require.NoError(n, err)
	require.GreaterOrEqual(n, len(tables), filledTables)
	return tables
}

// rows are the rows of a table that the context may see, as text.
func (n *neighbors) rows(ctx context.Context, table string) string {
	n.Helper()
	var rows string
	require.NoError(n, n.db.Bun().NewRaw("SELECT coalesce(string_agg(t::text, ' '), '') FROM ? AS t", bun.Ident(table)).Scan(ctx, &rows))
	return rows
}

// execute returns how many rows a statement wrote.
func (n *neighbors) execute(ctx context.Context, statement string, arguments ...any) int64 {
	n.Helper()
	result, err := n.db.Bun().ExecContext(ctx, statement, arguments...)
	require.NoError(n, err, statement)
	written, err := result.RowsAffected()
	require.NoError(n, err)
	return written
}

func TestAStatementWithoutItsWhereTouchesTheFirmsOwnRowsOnly(t *testing.T) {
	n := newNeighbors(t, pgtest.Open(t))
	tables := n.firmTables()
	before := map[string]string{}
	for _, table := range tables {
		before[table] = n.rows(postgres.ForFirm(t.Context(), n.others), table)
		all, own := n.rows(n.everything, table), n.rows(n.forOwn(), table)
		require.NotEqual(t, all, own, table)
		require.NotEmpty(t, own, table)
		require.NotContains(t, own, n.others, table)
	}
	for _, table := range tables {
		if table == "audit_events" {
			continue // what can't be changed at all: TestTheAuditTrailStays
		}
		column := "firm_id"
		switch table {
		case "firms":
			column = "name"
		case "sessions", "devices", "password_resets":
			column = "user_id"
		}
		require.EqualValues(t, 1, n.execute(n.forOwn(), "UPDATE ? SET ?1 = ?1", bun.Ident(table), bun.Ident(column)), table)
		require.EqualValues(t, 1, n.execute(n.forOwn(), "SELECT 1 FROM ? FOR UPDATE", bun.Ident(table)), table)
	}
	for i := len(tables) - 1; i >= 0; i-- { // the firms last
		if tables[i] == "audit_events" {
			continue // they go with the firm
		}
		require.LessOrEqual(t, n.execute(n.forOwn(), "DELETE FROM ?", bun.Ident(tables[i])), int64(1), tables[i])
		require.Empty(t, n.rows(n.forOwn(), tables[i]))
	}
	for _, table := range tables {
		require.NotEmpty(t, before[table])
		require.Equal(t, before[table], n.rows(n.everything, table), table)
	}
}

func TestBunsModelsAreLimitedToTheFirm(t *testing.T) {
	n := newNeighbors(t, pgtest.Open(t))
	var watches []*watch.Watch
	require.NoError(t, n.db.Bun().NewSelect().Model(&watches).Relation("ClioLink").Scan(n.forOwn()))
	require.Len(t, watches, 1)
	require.Equal(t, n.own, watches[0].FirmID)
	require.NotNil(t, watches[0].ClioLink)

	err := n.db.InTx(n.forOwn(), func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*watch.Watch)(nil)).Where("TRUE").Exec(ctx)
		return err
	})
	require.NoError(t, err)
	require.Contains(t, n.rows(n.everything, "watches"), n.others)
}

func TestAFirmWritesNoRowsOfAnother(t *testing.T) {
	n := newNeighbors(t, pgtest.Open(t))
	var user string
	require.NoError(t, n.db.Bun().NewRaw("SELECT id FROM users WHERE firm_id = ?", n.others).Scan(n.everything, &user))
	for name, statement := range map[string]string{
		"a new row":                "INSERT INTO case_type_mappings (firm_id, practice_area_id, case_type) VALUES (?, 2, 'TAX')",
		"a row that moves":         "UPDATE case_type_mappings SET firm_id = ?",
		"a new session":            "INSERT INTO sessions (id, user_id, token_hash, created_at, last_seen_at, last_request_at) SELECT 's', ?1, '', now(), now(), now()",
		"a row that exists":        "INSERT INTO case_type_mappings VALUES (?, 1, 'TAX') ON CONFLICT (firm_id, practice_area_id) DO UPDATE SET case_type = 'TAX'",
		"without row security":     "SET LOCAL row_security = off; SELECT ? FROM watches",
		"a policy that is removed": "ALTER TABLE watches DISABLE ROW LEVEL SECURITY; SELECT ?",
	} {
		err := n.db.InTx(n.forOwn(), func(ctx context.Context, tx bun.Tx) error {
			result, err := tx.ExecContext(ctx, statement, n.others, user)
			if err == nil {
				if written, _ := result.RowsAffected(); written == 0 {
					return errors.New("row-level security: nothing was written")
				}
			}
			return err
		})
		require.Error(t, err, name)
		require.Regexp(t, "row-level security|must be owner", err.Error(), name)
	}
}

func TestWithoutAFirmThereAreNoRows(t *testing.T) {
	n := newNeighbors(t, pgtest.Open(t))
	for _, table := range n.firmTables() {
		require.Empty(t, n.rows(t.Context(), table), table)
		require.Empty(t, n.rows(postgres.ForFirm(t.Context(), ""), table), table)
		if table != "audit_events" { // from which nobody may delete: TestTheAuditTrailStays
			require.Zero(t, n.execute(t.Context(), "DELETE FROM ?", bun.Ident(table)), table)
		}
	}
	_, err := n.db.Bun().ExecContext(t.Context(), "INSERT INTO firms (id, name, created_at) VALUES ('', 'A', now())")
	require.ErrorContains(t, err, "row-level security")
}

func TestAConnectionIsLimitedAnewByEachUse(t *testing.T) {
	n := newNeighbors(t, pgtest.Open(t, postgres.WithMaxConns(1)))
	for range 3 {
		for ctx, expected := range map[context.Context]int{
			n.forOwn(): 1, postgres.ForFirm(t.Context(), n.others): 1, t.Context(): 0, n.everything: 2,
			postgres.ForFirm(t.Context(), `' \'; SET role = 'none`): 0,
		} {
			var count int
			var firm string
			require.NoError(t, n.db.Bun().NewRaw("SELECT count(*), coalesce(min(id), '') FROM firms").Scan(ctx, &count, &firm))
			require.Equal(t, expected, count)
		}
	}
	var acquired int64
	require.NoError(t, n.db.Bun().NewRaw("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'watchkeeper' AND datname = current_database()").
		Scan(t.Context(), &acquired))
	require.EqualValues(t, 1, acquired, "it was one connection all the time")
}

func TestNothingIsLeftOfAUseThatFailed(t *testing.T) {
	n := newNeighbors(t, pgtest.Open(t, postgres.WithMaxConns(1)))
	canceled, cancel := context.WithCancel(n.forOwn())
	for name, use := range map[string]func(ctx context.Context, tx bun.Tx) error{
		"an error":     func(context.Context, bun.Tx) error { return errors.New("no") },
		"an SQL error": func(ctx context.Context, tx bun.Tx) error { _, err := tx.ExecContext(ctx, "SELECT 1/0"); return err },
		"a limit that is changed within": func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.ExecContext(ctx, "SELECT set_config('watchkeeper.firm_id', ?, true)", n.others)
			return errors.Join(err, errors.New("no"))
		},
		"a use that is canceled": func(context.Context, bun.Tx) error { cancel(); return canceled.Err() },
	} {
		ctx := n.forOwn()
		if strings.Contains(name, "canceled") {
			ctx = canceled
		}
		require.Error(t, n.db.InTx(ctx, use), name)
		require.Empty(t, n.rows(t.Context(), "watches"), name)
		require.NotContains(t, n.rows(n.forOwn(), "watches"), n.others, name)
		require.NotContains(t, n.rows(postgres.ForFirm(t.Context(), n.others), "watches"), n.own, name)
	}
}

func TestAWorkerIsLimitedToTheFirmOfItsRun(t *testing.T) {
	n := newNeighbors(t, pgtest.Open(t))
	require.NoError(t, n.db.InTxWithJobs(n.forOwn(), func(ctx context.Context, _ bun.Tx, jobs postgres.JobQueue) error {
		return jobs.EnqueueRun(ctx, "run "+n.own)
	}))
	seen := make(chan string, 1)
	startJobs(t, n.db, postgres.JobsOptions{Execute: func(ctx context.Context, _ string) (*time.Time, error) {
		unnamed := n.rows(ctx, "watches")
		seen <- fmt.Sprintf("%s|%s", unnamed, n.rows(postgres.ForFirm(ctx, n.own), "watches"))
		return nil, nil
	}})
	rows := strings.Split(receive(t, seen), "|")
	require.Empty(t, rows[0], "what a worker does before it named the firm")
	require.Contains(t, rows[1], n.own)
	require.NotContains(t, rows[1], n.others)
}

func TestEveryTableOfFirmsHasAPolicy(t *testing.T) {
	n := &neighbors{T: t, db: pgtest.Open(t), everything: pgtest.AcrossFirms(t.Context())}
	for _, table := range n.firmTables() {
		var enabled bool
		require.NoError(t, n.db.Bun().NewRaw("SELECT relrowsecurity FROM pg_class WHERE oid = ?::regclass", table).Scan(n.everything, &enabled))
		require.True(t, enabled, table)
		var policies []string
		require.NoError(t, n.db.Bun().NewRaw(`SELECT concat_ws(' ', policyname, permissive, cmd, array_to_string(roles, ','), qual, with_check)
			FROM pg_policies WHERE tablename = ?`, table).Scan(n.everything, &policies))
		of := "(firm_id ="
		switch table {
		case "firms":
			of = "(id ="
		case "sessions", "devices", "password_resets":
			of = "(( SELECT u.firm_id\n   FROM users u\n  WHERE (u.id = " + table + ".user_id)) ="
		}
		require.Equal(t, []string{"one_firm PERMISSIVE ALL public " + of + " NULLIF(current_setting('watchkeeper.firm_id'::text, true), ''::text))"}, policies, table)
	}
}
