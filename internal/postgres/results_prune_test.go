package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
)

// runsToPrune are runs of a firm that ended so many hours before $1, or didn't end yet; an earlier version pruned some of them two hours before.
const runsToPrune = `
	INSERT INTO sync_runs (id, firm_id, round_id, trigger, scope, dry_run, conflict_resolution, status, watch_ids, matter_ids, selected, processed,
		updated, unchanged, missing, skipped, failed, kept_local, overwrote_local, conflicts, identity_changed, incomplete, remaining, created_at,
		finished_at, pruned_at, results)
	SELECT id, $2, id, 'MANUAL', 'WATCH', FALSE, 'ASK', status, CASE WHEN chose THEN '{a,b}'::text[] ELSE '{}' END,
		CASE WHEN chose THEN '{1,2}'::bigint[] ELSE '{}' END, 2, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 7, $1, $1::timestamptz - ended * interval '1 hour',
		CASE WHEN pruned THEN $1::timestamptz - interval '2 hours' END, CASE WHEN status = 'SUCCEEDED' AND NOT pruned THEN '\x00'::bytea END
	FROM (VALUES ('pruned before', 'SUCCEEDED', 9, TRUE, TRUE), ('old', 'SUCCEEDED', 8, FALSE, TRUE), ('canceled', 'CANCELED', 7, FALSE, TRUE),
		('none to check', 'SUCCEEDED', 6, FALSE, FALSE), ('young', 'SUCCEEDED', 1, FALSE, TRUE), ('open', 'RUNNING', NULL, FALSE, TRUE)
	) AS run (id, status, ended, pruned, chose)`

// Of a pruned run stays what the API shows, also of one that an earlier version pruned: neither the results nor which watches it was about.
func TestPruningForgetsTheWatchesOfARunToo(t *testing.T) {
	db := pgtest.Open(t)
	runs, firmID := postgres.NewRuns(db), clioFirm(t, db).FirmID
	ctx := pgtest.AcrossFirms(t.Context())
	_, err := db.Pool().Exec(ctx, runsToPrune, clioNow, firmID)
	require.NoError(t, err)
	for _, want := range []int{3, 1, 0} { // at most as many as asked for, each once
		pruned, err := runs.PruneResults(t.Context(), clioNow.Add(-5*time.Hour), clioNow, 3)
		require.NoError(t, err)
		require.Equal(t, want, pruned)
	}
	prunedAt := map[string]time.Time{
		"pruned before": clioNow.Add(-2 * time.Hour), "old": clioNow, "canceled": clioNow, "none to check": clioNow,
	}
	for _, id := range []string{"pruned before", "old", "canceled", "none to check", "young", "open"} {
		run, err := runs.Run(t.Context(), firmID, id)
		require.NoError(t, err)
		require.Equal(t, 2, run.Counts.Selected, id)
		require.Equal(t, 7, run.Remaining, id)
		if at, pruned := prunedAt[id]; pruned {
			require.Empty(t, run.WatchIDs, id)
			require.Empty(t, run.MatterIDs, id)
			require.WithinDuration(t, at, *run.PrunedAt, 0, id)
		} else {
			require.Equal(t, []string{"a", "b"}, run.WatchIDs, id)
			require.Equal(t, []int64{1, 2}, run.MatterIDs, id)
			require.Nil(t, run.PrunedAt, id)
		}
	}
}
