package postgres

import (
	"context"
	"fmt"
	"slices"

	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// endedRun is the row of a run that ends.
type endedRun struct {
	runWithResults `bun:",extend"`
	Due            bool `bun:",scanonly"`
}

// endColumns are what the end of a run changes. The others, of which the watches are long, aren't written again.
var endColumns = []string{
	"status", "conflict_resolution", "selected", "processed", "updated", "unchanged", "missing", "skipped", "failed", "kept_local",
	"overwrote_local", "conflicts", "identity_changed", "incomplete", "remaining", "waiting_until", "finished_at", "problem", "problem_code", "results",
}

// leftInRound is how many active linked watches the round of a run that ends has left. The run's own are left out by their ids, as the same
// statement records that the round is past them. Its arguments are the firm, twice, and the round.
func leftInRound(trigger syncer.SyncTrigger) string {
	return "(SELECT count(*) FROM " + fromRound(trigger, "?", "?") +
		" AND NOT EXISTS (SELECT FROM unnest(r.watch_ids) AS own (id) WHERE own.id = c.watch_id))"
}

// dueMeanwhile reports of a run that ends whether a round of its firm is due.
const dueMeanwhile = "EXISTS (SELECT FROM sync_settings AS s WHERE s.firm_id = r.firm_id AND s.connected AND s.start_at <= r.finished_at) AS due"

// update ends a run with everything that it changes: one statement.
func (f *finishing) update(ctx context.Context) error {
	row, err := f.row()
	if err != nil {
		return err
	}
	update := f.pipe.bun.NewUpdate().Model(row).Column(endColumns...).WherePK().Returning("remaining").Returning(dueMeanwhile)
	if !f.run.DryRun {
		update = update.Value("remaining", leftInRound(f.run.Trigger), f.run.FirmID, f.run.FirmID, f.run.RoundID)
	}
	for _, part := range f.writes() {
		update = update.With(part.name, part.query)
	}
	if err := update.Scan(ctx); err != nil {
		return fmt.Errorf("ending a run: %w", err)
	}
	f.run.Remaining, f.due = row.Remaining, row.Due
	return nil
}

// insert stores a new run, which has ended, with everything that it changes: one statement.
func (f *finishing) insert(ctx context.Context) error {
	row, err := f.row()
	if err != nil {
		return err
	}
	insert := f.pipe.bun.NewInsert().Model(&row.runWithResults)
	for _, part := range f.writes() {
		insert = insert.With(part.name, part.query)
	}
	if _, err := insert.Exec(ctx); err != nil {
		return fmt.Errorf("storing a run: %w", err)
	}
	return nil
}

func (f *finishing) row() (*endedRun, error) {
	document, err := encodeResults(f.results)
	if err != nil {
		return nil, err
	}
	return &endedRun{runWithResults: runWithResults{SyncRun: *f.run, Results: document}}, nil
}

// writes are what the run changes beside its own row.
func (f *finishing) writes() []write {
	if f.run.DryRun {
		return nil
	}
	writes := watchWrites(f.pipe.bun, f.changes)
	round := f.passed()
	if checks := updateChecks(f.pipe.bun, f.run.FirmID, checkMoves(f.changes, round), round); checks != nil {
		writes = append(writes, write{"links_checked", "recording what was checked", checks})
	}
	writes = append(writes, conflictWrites(f.pipe.bun, f.run.FirmID, f.conflictMoves())...)
	if history := f.history(); len(history) > 0 {
		writes = append(writes, write{"history", "writing the history", f.pipe.bun.NewInsert().Model(&history)})
	}
	return writes
}

// passed is the run's round, which has the run's watches behind it from now on; nil for a run over one watch, which is outside of all
// rounds.
func (f *finishing) passed() *passed {
	if f.run.Scope != syncer.ScopeAll {
		return nil
	}
	return &passed{column: roundColumn(f.run.Trigger), roundID: f.run.RoundID}
}

// conflictMoves are how the results change open conflicts.
func (f *finishing) conflictMoves() syncer.ConflictMoves {
	moves := syncer.MoveConflicts(f.results, f.rules.Policy, *f.run.FinishedAt)
	moves.Closed = slices.DeleteFunc(moves.Closed, func(place syncer.ConflictPlace) bool { return !f.contested[place.WatchID] })
	return moves
}

// history are the changes that the run made.
func (f *finishing) history() []*watch.FieldChange {
	origin := watch.Origin{Cause: watch.CauseSync, ByID: f.run.RequestedByID, RunID: &f.run.ID, At: *f.run.FinishedAt}
	var history []*watch.FieldChange
	for _, c := range f.changes {
		history = append(history, watch.Changes(c.before, c.after, origin)...)
	}
	return history
}
