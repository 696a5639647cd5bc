package postgres_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/merge"
	"watchkeeper/internal/page"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
	"watchkeeper/migrations"
)

// oldRuns are two watches of a firm, one checked by a manual round that paused and both by a scheduled one that came after, as they were
// kept before results became documents.
const oldRuns = `
	INSERT INTO firms (id, name, created_at) VALUES ('firm', 'Firm', now());
	INSERT INTO watches (id, firm_id, first_name, last_name, tags, priority_level, status, edited_at, revision, created_at, updated_at,
		search_text, sort_last, sort_first, assigned_fold, tag_folds)
	SELECT 'watch ' || n, 'firm', 'Ana', 'Rivera', '{}', 'NORMAL', 'ACTIVE', '{}', 1, now(), now(), '', '', '', '', '{}' FROM generate_series(1, 2) n;
	INSERT INTO clio_links (watch_id, firm_id, region, matter_id, new_is_company, state, base, settled, asked_at, checked_at, last_synced_at)
	SELECT 'watch ' || n, 'firm', 'us', n, FALSE, 'LINKED', '{}', '{}', '2026-01-01Z', '2026-01-02Z', '2026-01-03Z' FROM generate_series(1, 2) n;
	INSERT INTO sync_runs (id, firm_id, round_id, trigger, scope, dry_run, conflict_resolution, status, watch_ids, matter_ids, selected, processed,
		updated, unchanged, missing, skipped, failed, kept_local, overwrote_local, conflicts, identity_changed, incomplete, remaining, created_at, finished_at)
	SELECT 'run ' || id, 'firm', round, trigger, scope, dry, 'ASK', 'SUCCEEDED', watches::text[], '{}', 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, now(), now()
	FROM (VALUES (1, 'earlier', 'MANUAL', 'ALL', FALSE, '{watch 2}'), (2, 'manual', 'MANUAL', 'ALL', FALSE, '{watch 1}'),
		(3, 'scheduled', 'SCHEDULE', 'ALL', FALSE, '{watch 2,watch 1}'), (4, 'dry', 'MANUAL', 'ALL', TRUE, '{watch 2}'),
		(5, 'single', 'MANUAL', 'WATCH', FALSE, '{watch 2}')) AS run (id, round, trigger, scope, dry, watches);
	INSERT INTO sync_results (id, firm_id, run_id, round_id, watch_id, position, outcome, identity_changed, fields, decisions, message)
	SELECT 'result ' || r.id || ' ' || w.id, 'firm', r.id, r.round_id, w.id, w.n - 1, 'UNCHANGED', FALSE,
		'[{"field": "CITY", "decision": "KEPT_LOCAL", "reason": "POLICY", "before": "Tampa", "clio": "Miami", "after": "Tampa"}]', '{KEPT_LOCAL}', 'Ünusual.'
	FROM sync_runs r, unnest(r.watch_ids) WITH ORDINALITY AS w (id, n)`

// before are the migrations up to that time.
func before(t *testing.T, time string) fs.FS {
	t.Helper()
	old := fstest.MapFS{}
	names, err := fs.Glob(migrations.FS, "*.up.sql")
	require.NoError(t, err)
	for _, name := range names {
		if name >= time {
			continue
		}
		data, err := fs.ReadFile(migrations.FS, name)
		require.NoError(t, err)
		old[name] = &fstest.MapFile{Data: data}
	}
	return old
}

// Installations from before keep all results under their ids, and where their rounds stand.
func TestResultsAndRoundsAreMigrated(t *testing.T) {
	db := pgtest.OpenURL(t, pgtest.Empty(t))
	require.NoError(t, db.MigrateFiles(t.Context(), before(t, "20261128170000")))
	_, err := db.Pool().Exec(pgtest.AcrossFirms(t.Context()), oldRuns)
	require.NoError(t, err)
	require.NoError(t, db.Migrate(t.Context()))

	runs := postgres.NewRuns(db)
	results, err := runs.ResultsOfRuns(t.Context(), "firm", []string{"run 3"}, syncer.ResultFilter{}, page.Request{Size: 9})
	require.NoError(t, err)
	kept := merge.KeptByPolicy
	second := &syncer.WatchSyncResult{
		ID: "result run 3 watch 1", FirmID: "firm", RunID: "run 3", WatchID: "watch 1", Position: 1, Outcome: syncer.OutcomeUnchanged,
		Fields: []merge.FieldResult{{
			Field: watch.City, Decision: merge.FieldKeptLocal, Reason: &kept, Before: new("Tampa"), Clio: new("Miami"), After: new("Tampa"),
		}},
		Decisions: []merge.FieldDecision{merge.FieldKeptLocal}, Message: new("Ünusual."),
	}
	require.Len(t, results["run 3"], 2)
	require.Equal(t, second, results["run 3"][1])
	byID, err := runs.ResultsByID(t.Context(), "firm", []string{second.ID, "result run 5 watch 2", "result run 5 watch 1"})
	require.NoError(t, err)
	require.Len(t, byID, 2)
	require.Equal(t, second, byID[second.ID])
	byID, err = runs.ResultsByID(t.Context(), "another firm", []string{second.ID})
	require.NoError(t, err)
	require.Empty(t, byID)

	var checks string
	require.NoError(t, db.Pool().QueryRow(pgtest.AcrossFirms(t.Context()), `SELECT string_agg(concat_ws(' ', watch_id, manual_round_id, automatic_round_id,
		asked_at = '2026-01-01Z' AND checked_at = '2026-01-02Z' AND last_synced_at = '2026-01-03Z'), ', ' ORDER BY watch_id) FROM clio_link_checks`).Scan(&checks))
	require.Equal(t, "watch 1 manual scheduled t, watch 2 scheduled t", checks)

	pruned, err := runs.PruneResults(t.Context(), db.Clock().Now(), db.Clock().Now(), 9)
	require.NoError(t, err)
	require.Equal(t, 5, pruned)
	require.Equal(t, 5, prunedLeft(t, db))
}

// prunedLeft counts runs without results, and the ids from before that are left.
func prunedLeft(t *testing.T, db *postgres.DB) (n int) {
	t.Helper()
	require.NoError(t, db.Pool().QueryRow(pgtest.AcrossFirms(t.Context()),
		"SELECT (SELECT count(*) FROM sync_runs WHERE results IS NULL) + (SELECT count(*) FROM migrated_results)").Scan(&n))
	return n
}
