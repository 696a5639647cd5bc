package postgres

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/syncer"
)

// Runs keeps runs, their results and what they change.
type Runs struct {
	db *DB
}

var _ syncer.RunStore = (*Runs)(nil)

// NewRuns returns the runs of the database.
func NewRuns(db *DB) *Runs {
	return &Runs{db: db}
}

func (s *Runs) UnderWay(ctx context.Context, firmID string) (*syncer.SyncRun, error) {
	ctx = ForFirm(ctx, firmID)
	return underWay(ctx, s.db.bun, firmID, false)
}

// isOpen is true of a run over all watches that hasn't ended, and isUnderWay of a writing one: an index has them.
const (
	isOpen     = "r.scope = 'ALL' AND r.status IN ('QUEUED', 'RUNNING')"
	isUnderWay = isOpen + " AND NOT r.dry_run"
)

// underWay is the firm's run over all watches that hasn't ended, of the writing or of the dry ones; NOT_FOUND if there is none.
func underWay(ctx context.Context, db bun.IDB, firmID string, dry bool) (*syncer.SyncRun, error) {
	run := new(syncer.SyncRun)
	err := db.NewSelect().Model(run).Where("r.firm_id = ? AND r.dry_run = ?", firmID, dry).Where(isOpen).Scan(ctx)
	if err != nil {
		return nil, orNotFound(err, "No run is under way.", "looking for a run under way")
	}
	return run, nil
}

// StartRun locks the firm, so that those who start its runs wait for each other. It takes three statements, one more of River's, and those
// that begin and commit the transaction; one more where a round that could continue has nothing left. Who waited for the lock doesn't see
// what was stored meanwhile: a unique index refuses the second run of a kind, and the next try finds the first.
func (s *Runs) StartRun(ctx context.Context, region string, run *syncer.SyncRun) (*syncer.SyncRun, bool, error) {
	ctx = ForFirm(ctx, run.FirmID)
	var started *syncer.SyncRun
	already := false
	err := s.db.withPipeline(ctx, func(pipe *pipeline) error {
		before, err := lockStart(ctx, pipe, region, run)
		if err != nil {
			return err
		}
		if already = before.underWay != nil; already {
			started = before.underWay
			return nil
		}
		started = new(*run)
		started.ConflictResolution = before.policy
		if err := startRun(ctx, pipe, started, before.lastManual); err != nil {
			return err
		}
		if err := pipe.send(ctx, commit); err != nil {
			return fmt.Errorf("starting a run: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	return started, already, nil
}

// start is what a new run depends on.
type start struct {
	connected  bool            // to Clio, so that the connection can be used
	underWay   *syncer.SyncRun // of the same kind; nil if there is none
	lastManual *syncer.SyncRun // the manual run over all watches that ended last; nil if there is none, or it doesn't matter
	policy     merge.ConflictResolution
}

// startSQL locks a firm and reads what a new run of it depends on: the firm's runs that matter to it, and beside them, or alone, its policy
// and whether it is connected.
var startSQL = "WITH firm AS (SELECT 1 FROM firms WHERE id = $1 FOR NO KEY UPDATE) SELECT " + usableIn +
	", coalesce((SELECT s.conflict_resolution FROM sync_settings AS s WHERE s.firm_id = $1), $3), " + runRows.columns + `
	FROM firm LEFT JOIN LATERAL (
		(SELECT * FROM sync_runs AS r WHERE r.firm_id = $1 AND r.dry_run = $4 AND ` + isOpen + `)
		UNION ALL
		(SELECT * FROM sync_runs AS r WHERE r.firm_id = $1 AND $5 AND r.scope = 'ALL' AND NOT r.dry_run AND r.trigger = 'MANUAL'
			AND r.finished_at IS NOT NULL ORDER BY r.finished_at DESC, r.id DESC LIMIT 1)
	) AS r ON TRUE`

// oneRunOfAKind is the unique index by which a firm has one writing and one dry run over all watches at a time.
const oneRunOfAKind = "sync_runs_one_at_a_time"

// usableIn says whether the connection of a firm, $1, to Clio can be used by a server of a region, $2.
var usableIn = fmt.Sprintf("EXISTS (SELECT FROM clio_integrations AS i WHERE i.firm_id = $1 AND i.region = $2 AND i.state IN ('%s', '%s'))",
	clio.Connected, clio.Unreachable)

// lockStart begins a transaction, locks the firm, and reads what the run depends on: one statement and one round trip.
func lockStart(ctx context.Context, pipe *pipeline, region string, run *syncer.SyncRun) (start, error) {
	var before start
	read := step{
		sql: startSQL,
		args: []any{
			run.FirmID, region, syncer.DefaultSettings(run.FirmID).ConflictResolution, run.DryRun, run.Trigger == syncer.TriggerManual,
		},
		read: before.read,
	}
	if err := pipe.send(ctx, begin, read); err != nil {
		return start{}, fmt.Errorf("reading what a run depends on: %w", err)
	}
	if !before.connected {
		return start{}, syncer.ErrNotConnected
	}
	return before, nil
}

func (s *start) read(rows pgx.Rows) error {
	for rows.Next() {
		found := new(syncer.SyncRun)
		if err := rows.Scan(runRows.optional(rows, []any{&s.connected, &s.policy}, found)...); err != nil {
			return err
		}
		switch {
		case found.ID == "": // there are none
		case found.Ended():
			s.lastManual = found
		default:
			s.underWay = found
		}
	}
	return nil
}

func lockFirm(ctx context.Context, tx bun.IDB, firmID string) error {
	if _, err := tx.NewRaw("SELECT 1 FROM firms WHERE id = ? FOR NO KEY UPDATE", firmID).Exec(ctx); err != nil {
		return fmt.Errorf("locking the firm: %w", err)
	}
	return nil
}

// startRun fills in a run, stores it and enqueues it, unless it ended at once because there are no watches.
func startRun(ctx context.Context, pipe *pipeline, run, lastManual *syncer.SyncRun) error {
	if err := choose(ctx, pipe, run, lastManual); err != nil {
		return err
	}
	return storeRuns(ctx, pipe, []*syncer.SyncRun{run})
}

// storeRuns stores runs and enqueues those that haven't ended at once: two statements, however many there are.
func storeRuns(ctx context.Context, pipe *pipeline, runs []*syncer.SyncRun) error {
	written := new(parts)
	err := addRows(runs, func(set rowSet) { set.insert(written, "") })
	if err == nil {
		err = pipe.send(ctx, step{sql: written.sql(), args: written.args})
	}
	if err != nil {
		return fmt.Errorf("storing runs: %w", err)
	}
	return pipe.jobs().enqueue(ctx, slices.DeleteFunc(slices.Clone(runs), (*syncer.SyncRun).Ended))
}
