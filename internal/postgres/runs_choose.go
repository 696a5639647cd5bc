package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"watchkeeper/internal/syncer"
)

// continuedRound is the round whose watches the run goes on with.
func continuedRound(ctx context.Context, tx bun.Tx, run *syncer.SyncRun) (string, error) {
	if run.Trigger != syncer.TriggerManual {
		return run.RoundAfter(nil), nil
	}
	last := new(syncer.SyncRun)
	err := tx.NewSelect().Model(last).Where("r.firm_id = ?", run.FirmID).
		Where("r.scope = ?", syncer.ScopeAll).Where("NOT r.dry_run").Where("r.trigger = ?", syncer.TriggerManual).
		Where("r.finished_at IS NOT NULL").OrderExpr("r.finished_at DESC, r.id DESC").Limit(1).Scan(ctx)
	if notFound(err) {
		return run.RoundAfter(nil), nil
	}
	if err != nil {
		return "", fmt.Errorf("finding the last run: %w", err)
	}
	return run.RoundAfter(last), nil
}

// inRound are a firm's active linked watches that a round has still to look at, where %s stand for the firm and the round.
const inRound = `FROM clio_links l JOIN watches w ON w.id = l.watch_id
	WHERE l.firm_id = %s AND w.status = 'ACTIVE'
	  AND NOT EXISTS (SELECT 1 FROM sync_results s WHERE s.round_id = %s AND s.watch_id = l.watch_id)`

// leftInRound is how many watches a firm's round has still to look at.
var leftInRound = "SELECT count(*) " + fmt.Sprintf(inRound, "?", "?")

// chosenWatches are those that a run takes, in order, with the matters that they are linked to.
type chosenWatches struct {
	FirmID    string
	WatchIDs  []string `bun:"watch_ids,array"`
	MatterIDs []int64  `bun:"matter_ids,array"`
	Total     int      // how many there were to choose from
}

func (c chosenWatches) fill(run *syncer.SyncRun, policy syncer.ConflictResolution) {
	run.Choose(c.WatchIDs, c.MatterIDs, c.Total, policy)
}

// nextOf are, for each firm, the watches of its round that weren't looked at for longest, at most as many as one run takes: one
// statement, however many firms there are.
func nextOf(ctx context.Context, db bun.IDB, firmIDs, rounds []string) (map[string]chosenWatches, error) {
	var rows []chosenWatches
	err := db.NewRaw(`
		SELECT f.firm_id, coalesce(n.watch_ids, '{}') AS watch_ids, coalesce(n.matter_ids, '{}') AS matter_ids, coalesce(n.total, 0) AS total
		FROM unnest(?::text[], ?::text[]) AS f (firm_id, round_id)
		CROSS JOIN LATERAL (
			SELECT array_agg(watch_id) AS watch_ids, array_agg(matter_id) AS matter_ids, max(total) AS total -- in the order of what they are of
			FROM (
				SELECT l.watch_id, l.matter_id, count(*) OVER () AS total
				`+fmt.Sprintf(inRound, "f.firm_id", "f.round_id")+`
				ORDER BY l.looked_at, l.watch_id LIMIT ?
			) AS c
		) AS n`, pgdialect.Array(firmIDs), pgdialect.Array(rounds), syncer.BatchSize).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("choosing watches: %w", err)
	}
	chosen := make(map[string]chosenWatches, len(rows))
	for _, row := range rows {
		chosen[row.FirmID] = row
	}
	return chosen, nil
}
