package postgres_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// What somebody commits while the end of a run waits for a watch is what the run compares, and a watch that was deleted meanwhile isn't there.
func TestTheEndOfARunSeesWhatItWaitedFor(t *testing.T) {
	k := newKeeper(t).asks()
	w, _ := k.disputed()
	gone := k.create()
	now := time.Now().UTC().Truncate(time.Microsecond)
	run := &syncer.SyncRun{
		ID: ident.New(ident.SyncRun), FirmID: k.FirmID, RoundID: ident.New(ident.SyncRound), Trigger: syncer.TriggerManual, Scope: syncer.ScopeWatch,
		Status: syncer.RunRunning, WatchIDs: []string{gone.ID, w.ID}, MatterIDs: []int64{1, 2}, CreatedAt: now,
	}
	rule := func(run *syncer.SyncRun, _ merge.Rules, watches map[string]*watch.Watch) ([]*syncer.WatchSyncResult, error) {
		found := watches[w.ID]
		if len(watches) != 1 || *found.City != "Ocala" || found.ClioLink.Base[watch.City] != "Naples" {
			return nil, fmt.Errorf("the rule saw %d watches, %s and %s", len(watches), *found.City, found.ClioLink.Base[watch.City])
		}
		run.Status, run.FinishedAt = syncer.RunSucceeded, &now
		return []*syncer.WatchSyncResult{{Outcome: syncer.OutcomeSkipped}, {Outcome: syncer.OutcomeUnchanged}}, nil
	}
	ended := make(chan error, 1)
	require.NoError(t, k.db.InTx(postgres.ForFirm(t.Context(), k.FirmID), func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "UPDATE watches SET city = 'Ocala' WHERE id = ?", w.ID); err != nil {
			return err
		}
		go func() {
			_, err := postgres.NewRuns(k.db).FinishRun(k.Context(), run, true, rule)
			ended <- err
		}()
		k.untilSomebodyWaits()
		if _, err := tx.ExecContext(ctx, `UPDATE clio_links SET base = '{"CITY": "Naples"}' WHERE watch_id = ?`, w.ID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM watches WHERE id = ?", gone.ID)
		return err
	}))
	require.NoError(t, <-ended)
	kept, err := postgres.NewRuns(k.db).Run(t.Context(), k.FirmID, run.ID)
	require.NoError(t, err)
	require.Equal(t, syncer.RunSucceeded, kept.Status)
}
