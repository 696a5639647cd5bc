package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"watchkeeper/internal/syncer"
)

// choose gives a new run its watches, from the first of its rounds that has any left. last is the firm's manual run that ended last; nil
// if there is none, or the run isn't a manual one.
func choose(ctx context.Context, pipe *pipeline, run, last *syncer.SyncRun) error {
	var chosen syncer.Chosen
	for _, round := range run.Rounds(last) {
		var err error
		if chosen, err = nextOf(ctx, pipe, run, round); err != nil {
			return err
		}
		if len(chosen.WatchIDs) > 0 {
			break
		}
	}
	return run.Choose(chosen, run.CreatedAt)
}

// fromRound are a firm's active linked watches that a round has still to check: clio_link_checks as c, with its conditions. The archived
// watches, of which there are few, are looked for, so that the others needn't be read.
func fromRound(trigger syncer.SyncTrigger, firm, round string) string {
	return "clio_link_checks AS c WHERE c.firm_id = " + firm + " AND c." + roundColumn(trigger) + " IS DISTINCT FROM " + round +
		" AND c.watch_id NOT IN (SELECT w.id FROM watches AS w WHERE w.firm_id = " + firm + " AND w.status = 'ARCHIVED')"
}

// nextOfSQL chooses the watches of a round, $2, of a firm, $1, that are least recently checked, at most BatchSize. Their links are looked up one by
// one: a plan that knows no firm would read all links of a large one.
func nextOfSQL(trigger syncer.SyncTrigger) string {
	return fmt.Sprintf(`
		SELECT next.watch_id, l.matter_id, next.total
		FROM (SELECT c.watch_id, c.checked_at, count(*) OVER () AS total FROM %s ORDER BY c.checked_at, c.watch_id LIMIT %d) AS next
		CROSS JOIN LATERAL (SELECT t.matter_id FROM clio_links AS t WHERE t.firm_id = $1 AND t.watch_id = next.watch_id OFFSET 0) AS l
		ORDER BY next.checked_at, next.watch_id`, fromRound(trigger, "$1", "$2"), syncer.BatchSize)
}

// nextOf are the watches of a round of the run's kind that are least recently checked, at most BatchSize.
func nextOf(ctx context.Context, pipe *pipeline, run *syncer.SyncRun, round string) (syncer.Chosen, error) {
	chosen := syncer.Chosen{RoundID: round, WatchIDs: []string{}, MatterIDs: []int64{}}
	next := step{
		sql:  nextOfSQL(run.Trigger),
		args: []any{run.FirmID, round},
		read: func(rows pgx.Rows) error {
			for rows.Next() {
				var watchID string
				var matterID int64
				if err := rows.Scan(&watchID, &matterID, &chosen.Left); err != nil {
					return err
				}
				chosen.WatchIDs, chosen.MatterIDs = append(chosen.WatchIDs, watchID), append(chosen.MatterIDs, matterID)
			}
			return nil
		},
	}
	if err := pipe.send(ctx, next); err != nil {
		return syncer.Chosen{}, fmt.Errorf("choosing watches: %w", err)
	}
	return chosen, nil
}

// chooseLate fills in a run that was stored without its watches, and returns it, ended if there are none; ErrRunEnded if it had ended
// before.
func (s *Runs) chooseLate(ctx context.Context, runID string, now time.Time) (*syncer.SyncRun, error) {
	var run *syncer.SyncRun
	err := s.db.withPipeline(ctx, func(pipe *pipeline) error {
		if err := pipe.send(ctx, begin); err != nil {
			return fmt.Errorf("choosing watches: %w", err)
		}
		run = new(syncer.SyncRun)
		if err := pipe.bun.NewSelect().Model(run).Where("r.id = ?", runID).For("UPDATE").Scan(ctx); err != nil {
			return fmt.Errorf("locking a run: %w", err)
		}
		if run.Ended() {
			return syncer.ErrRunEnded // it was canceled in the meantime
		}
		if run.HasChosen() {
			return nil // it was begun by another replica in the meantime
		}
		chosen, err := nextOf(ctx, pipe, run, run.RoundID)
		if err != nil {
			return err
		}
		if err := run.Choose(chosen, now); err != nil {
			return err
		}
		if _, err := pipe.bun.NewUpdate().Model(run).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("recording which watches were chosen: %w", err)
		}
		if err := pipe.send(ctx, commit); err != nil {
			return fmt.Errorf("recording which watches were chosen: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return run, nil
}
