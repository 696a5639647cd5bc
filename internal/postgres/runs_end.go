package postgres

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// endColumns are what the end of a run changes, beside its results and what its round has left. The others, of which the watches are long, aren't
// written again.
var endColumns = []string{
	"status", "conflict_resolution", "selected", "processed", "updated", "unchanged", "missing", "skipped", "failed", "kept_local",
	"overwrote_local", "conflicts", "identity_changed", "incomplete", "waiting_until", "finished_at", "problem", "problem_code",
}

// dueMeanwhile reports of a run that ends whether a round of its firm is due.
const dueMeanwhile = "EXISTS (SELECT FROM sync_settings AS s WHERE s.firm_id = r.firm_id AND s.connected AND s.start_at <= r.finished_at)"

// write ends the run with everything that it changes: one statement, prepared once on a connection.
func (f *finishing) write(ctx context.Context) error {
	document, err := encodeResults(f.results)
	if err != nil {
		return err
	}
	written := new(parts)
	if !f.run.DryRun {
		if err := f.addChanges(written); err != nil {
			return err
		}
	}
	if f.isNew {
		f.insertRun(written, document)
	} else {
		f.updateRun(written, document)
	}
	if err := f.pipe.send(ctx, step{sql: written.sql(), args: written.args, read: f.readEnd}); err != nil {
		return fmt.Errorf("ending a run: %w", err)
	}
	return nil
}

// insertRun adds a new run, which has ended.
func (f *finishing) insertRun(written *parts, document []byte) {
	run := reflect.ValueOf(f.run).Elem()
	var columns, values []string
	for _, field := range models.Get(run.Addr().Type()).Fields {
		columns, values = append(columns, field.Name), append(values, written.arg(field.Value(run).Interface()))
	}
	written.add("INSERT INTO sync_runs (" + strings.Join(columns, ", ") + ", results) VALUES (" + strings.Join(values, ", ") + ", " +
		written.arg(document) + ")")
}

// updateRun adds the end of a run. How many active linked watches its round has left is counted without the run's own, as the same statement
// records that the round is past them.
func (f *finishing) updateRun(written *parts, document []byte) {
	run := reflect.ValueOf(f.run).Elem()
	table := models.Get(run.Addr().Type())
	set := []string{"results = " + written.arg(document)}
	for _, name := range endColumns {
		set = append(set, name+" = "+written.arg(table.FieldMap[name].Value(run).Interface()))
	}
	firm := written.arg(f.run.FirmID)
	if !f.run.DryRun {
		set = append(set, "remaining = (SELECT count(*) FROM "+fromRound(f.run.Trigger, firm, written.arg(f.run.RoundID))+
			" AND c.watch_id NOT IN (SELECT unnest("+written.arg(f.run.WatchIDs)+"::text[])))")
	}
	written.add("UPDATE sync_runs AS r SET " + strings.Join(set, ", ") + " WHERE r.firm_id = " + firm + " AND r.id = " + written.arg(f.run.ID) +
		" RETURNING r.remaining, " + dueMeanwhile)
}

func (f *finishing) readEnd(rows pgx.Rows) error {
	for rows.Next() {
		if err := rows.Scan(&f.run.Remaining, &f.due); err != nil {
			return err
		}
	}
	return nil
}

// addChanges adds what the run changes beside its own row. Rows that didn't change get no new version.
func (f *finishing) addChanges(written *parts) error {
	var watches []*watch.Watch
	var links []*watch.ClioLink
	for _, c := range f.changes {
		if c.watchChanged() {
			c.after.Refold()
			watches = append(watches, c.after)
		}
		if c.linkChanged() {
			links = append(links, c.after.ClioLink)
		}
	}
	updateChecks(written, f.run.FirmID, f.changes, f.passed())
	return errors.Join(
		addRows(watches, func(set rowSet) { set.update(written, f.run.FirmID, "id", "created_at") }),
		addRows(links, func(set rowSet) { set.update(written, f.run.FirmID, "watch_id") }),
		moveConflicts(written, f.run.FirmID, f.conflictMoves()),
		addRows(f.history(), func(set rowSet) { set.insert(written, "") }),
	)
}

// addRows adds rows, if there are any.
func addRows[T any](rows []*T, add func(rowSet)) error {
	if len(rows) == 0 {
		return nil
	}
	set, err := rowSetOf(rows)
	if err == nil {
		add(set)
	}
	return err
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
