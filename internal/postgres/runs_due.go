package postgres

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

// StartDueRuns takes one statement where nothing is due, else six and the transaction's own, however many firms
// there are.
func (s *Runs) StartDueRuns(
	ctx context.Context, region string, now time.Time, batch int, rule syncer.DueRule,
) (found, started int, err error) {
	ctx = AcrossFirms(ctx, Upkeep)
	isDue, err := dueBy(s.db.bun, region, now).Exists(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("checking whether anything is due: %w", err)
	}
	if !isDue {
		return 0, 0, nil
	}
	err = s.db.withPipeline(ctx, func(pipe *pipeline) error {
		found, started = 0, 0
		if err := pipe.send(ctx, begin); err != nil {
			return fmt.Errorf("starting what is due: %w", err)
		}
		due, err := lockDue(ctx, pipe.bun, region, now, batch)
		if err != nil || len(due) == 0 {
			return err
		}
		found = len(due)
		if due, err = withoutRun(ctx, pipe.bun, due); err != nil {
			return err
		}
		if started, err = startDue(ctx, pipe, due, rule); err != nil {
			return err
		}
		if err := pipe.send(ctx, commit); err != nil {
			return fmt.Errorf("starting what is due: %w", err)
		}
		return nil
	})
	return found, started, err
}

// dueBy are the settings of firms for which something is due and can be started. OFFSET 0 keeps PostgreSQL from making a join of the
// conditions: by its statistics hardly a run is under way, and at six in the morning it would compare each firm with every one that is.
func dueBy(db bun.IDB, region string, now time.Time) *bun.SelectQuery {
	return db.NewSelect().Model((*syncer.SyncSettings)(nil)).
		Where("s.connected AND s.start_at <= ?", now).
		Where("EXISTS (SELECT 1 FROM clio_integrations i WHERE i.firm_id = s.firm_id AND i.region = ? OFFSET 0)", region).
		Where("NOT EXISTS (SELECT 1 FROM sync_runs r WHERE r.firm_id = s.firm_id AND " + isUnderWay + " OFFSET 0)")
}

// lockDue locks the settings of firms for which something is due, and the firms, as everybody does who starts a run. It waits
// for no lock: what is locked is still due at the next check. The settings are locked before the firms are read, so that replicas that
// check at once skip each other's by the index alone.
func lockDue(ctx context.Context, db bun.IDB, region string, now time.Time, batch int) ([]*syncer.SyncSettings, error) {
	var due []*syncer.SyncSettings
	locked := dueBy(db, region, now).
		OrderBy("s.start_at", bun.OrderAsc).Limit(int64(batch)).For("NO KEY UPDATE OF s SKIP LOCKED")
	err := db.NewSelect().With("due", locked).Model(&due).ModelTableExpr("due AS s").
		Join("JOIN firms AS f ON f.id = s.firm_id").For("NO KEY UPDATE OF f SKIP LOCKED").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("looking for what is due: %w", err)
	}
	return due, nil
}

// withoutRun leaves out the firms that have a run under way: it may have begun after the statement that locked the firm, and before
// the lock.
func withoutRun(ctx context.Context, db bun.IDB, due []*syncer.SyncSettings) ([]*syncer.SyncSettings, error) {
	firms := make([]string, len(due))
	for i, settings := range due {
		firms[i] = settings.FirmID
	}
	var busy []string
	err := db.NewSelect().Model((*syncer.SyncRun)(nil)).Column("firm_id").
		Where("r.firm_id IN (?)", bun.List(firms)).Where(isUnderWay).Scan(ctx, &busy)
	if err != nil {
		return nil, fmt.Errorf("looking for runs under way: %w", err)
	}
	return slices.DeleteFunc(due, func(s *syncer.SyncSettings) bool { return slices.Contains(busy, s.FirmID) }), nil
}

// startDue has the rule claim what is due by the settings, and starts the runs that it returns. They choose their watches when they
// are begun: so many firms may be due at once that the last waits for minutes.
func startDue(ctx context.Context, pipe *pipeline, due []*syncer.SyncSettings, rule syncer.DueRule) (int, error) {
	if len(due) == 0 {
		return 0, nil
	}
	var runs []*syncer.SyncRun
	for _, settings := range due {
		if run := rule(settings); run != nil {
			runs = append(runs, run)
		}
	}
	if err := advance(ctx, pipe.bun, due); err != nil || len(runs) == 0 {
		return 0, err
	}
	return len(runs), storeRuns(ctx, pipe, runs)
}

// advance writes the settings as the rule changed them.
func advance(ctx context.Context, db bun.IDB, due []*syncer.SyncSettings) error {
	moved := db.NewValues(&due).Column("firm_id", "next_sync_at", "start_at", "logged_in_at", "login_by_id")
	_, err := db.NewUpdate().With("moved", moved).Model((*syncer.SyncSettings)(nil)).TableExpr("moved").
		Set("next_sync_at = moved.next_sync_at, start_at = moved.start_at").
		Set("logged_in_at = moved.logged_in_at, login_by_id = moved.login_by_id").
		Where("s.firm_id = moved.firm_id").Exec(ctx)
	if err != nil {
		return fmt.Errorf("advancing schedules: %w", err)
	}
	return nil
}
