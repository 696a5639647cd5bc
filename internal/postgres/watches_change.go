package postgres

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

// ChangeWatch is two statements and two round trips: the lock of the watch together with what is read under it, then all writes and the end of the
// transaction. Everybody who opens or closes a conflict holds the lock of its watch.
func (s *Watches) ChangeWatch(
	ctx context.Context, firmID, id string, origin watch.Origin, rule watch.ChangeRule,
) (*watch.Watch, error) {
	ctx = ForFirm(ctx, firmID)
	var changed *watch.Watch
	err := s.db.withPipeline(ctx, func(pipe *pipeline) error {
		locked, err := s.lockWatch(ctx, pipe, firmID, id)
		if err != nil {
			return err
		}
		changed = locked.watch
		c := change{before: copyOf(changed), after: changed}
		if err := rule(changed, locked.open); err != nil {
			return err
		}
		steps, err := s.writing(c, locked, origin)
		if err != nil {
			return err
		}
		if err := pipe.send(ctx, append(steps, commit)...); err != nil {
			return fmt.Errorf("writing a watch: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// writing is the statement that writes a person's change of one watch, its history, and what is left of its open conflicts; none where nothing
// changed.
func (s *Watches) writing(c change, locked *lockedWatch, origin watch.Origin) ([]step, error) {
	w := writing{c: c}
	if c.watchChanged() {
		c.after.Refold()
		w.updateWatch()
	}
	if c.linkChanged() {
		w.updateLink()
	}
	if c.linkEnded() {
		w.add("DELETE FROM clio_links WHERE firm_id = " + w.arg(c.after.FirmID) + " AND watch_id = " + w.arg(c.after.ID))
	}
	if len(locked.open) > 0 {
		left, err := watch.ConflictsAfterEdit(c.before, c.after, locked.open, locked.policy == merge.Ask, c.after.UpdatedAt)
		if err != nil {
			return nil, err
		}
		w.moveConflicts(without(locked.open, left), without(left, locked.open))
	}
	w.insertHistory(watch.Changes(c.before, c.after, origin))
	return w.steps(), nil
}

// writing gathers what is written of one watch.
type writing struct {
	c change
	parts
}

func (w *writing) steps() []step {
	if len(w.texts) == 0 {
		return nil
	}
	return []step{{sql: w.sql(), args: w.args}}
}

// updateWatch leaves out the notes, which may be long, where they are as they were.
func (w *writing) updateWatch() {
	leave := []string{"id", "firm_id", "created_at"}
	if reflect.DeepEqual(w.c.before.InternalNotes, w.c.after.InternalNotes) {
		leave = append(leave, "internal_notes")
	}
	w.update(reflect.ValueOf(w.c.after), "id", leave)
}

func (w *writing) updateLink() {
	w.update(reflect.ValueOf(w.c.after.ClioLink), "watch_id", []string{"watch_id", "firm_id"})
}

// update is of the row of a Bun model, which the pointer points to.
func (w *writing) update(pointer reflect.Value, key string, leave []string) {
	table, row := models.Get(pointer.Type()), pointer.Elem()
	var set []string
	for _, field := range table.Fields {
		if !slices.Contains(leave, field.Name) {
			set = append(set, string(field.SQLName)+" = "+w.arg(field.Value(row).Interface()))
		}
	}
	w.add("UPDATE " + string(table.SQLName) + " SET " + strings.Join(set, ", ") +
		" WHERE firm_id = " + w.arg(w.c.after.FirmID) + " AND " + key + " = " + w.arg(w.c.after.ID))
}

// moveConflicts closes conflicts before it opens others of the same fields: the opening counts what was closed.
func (w *writing) moveConflicts(closed, opened []*watch.SyncConflict) {
	condition := ""
	if len(closed) > 0 {
		ids := make([]string, len(closed))
		for i, conflict := range closed {
			ids[i] = conflict.ID
		}
		w.add("DELETE FROM sync_conflicts WHERE firm_id = " + w.arg(w.c.after.FirmID) + " AND id = ANY (" + w.arg(ids) + "::text[]) RETURNING id")
		condition = fmt.Sprintf(" WHERE (SELECT count(*) FROM part%d) > 0", len(w.texts)-1)
	}
	if len(opened) == 0 {
		return
	}
	n := len(opened)
	ids, fields, locals, clios, times := make([]string, n), make([]string, n), make([]*string, n), make([]string, n), make([]time.Time, n)
	for i, k := range opened {
		ids[i], fields[i], locals[i], clios[i], times[i] = k.ID, string(k.Field), k.Local, k.Clio, k.DetectedAt
	}
	w.add("INSERT INTO sync_conflicts (id, firm_id, watch_id, field, local, clio, detected_at) SELECT k.id, " + w.arg(w.c.after.FirmID) + ", " +
		w.arg(w.c.after.ID) + ", k.field, k.local, k.clio, k.detected_at FROM unnest(" + w.arg(ids) + "::text[], " + w.arg(fields) + "::text[], " +
		w.arg(locals) + "::text[], " + w.arg(clios) + "::text[], " + w.arg(times) + "::timestamptz[]) AS k (id, field, local, clio, detected_at)" + condition)
}

// insertHistory writes changes that are of one watch and have one origin.
func (w *writing) insertHistory(changes []*watch.FieldChange) {
	if len(changes) == 0 {
		return
	}
	n := len(changes)
	ids, fields, befores, afters := make([]string, n), make([]string, n), make([]*string, n), make([]*string, n)
	for i, c := range changes {
		ids[i], fields[i], befores[i], afters[i] = c.ID, string(c.Field), c.Before, c.After
	}
	same := changes[0]
	w.add("INSERT INTO field_changes (id, firm_id, watch_id, field, before, after, at, cause, by_id, run_id) SELECT c.id, " + w.arg(same.FirmID) + ", " +
		w.arg(same.WatchID) + ", c.field, c.before, c.after, " + w.arg(same.At) + ", " + w.arg(same.Cause) + ", " + w.arg(same.ByID) + ", " +
		w.arg(same.RunID) + " FROM unnest(" + w.arg(ids) + "::text[], " + w.arg(fields) + "::text[], " + w.arg(befores) + "::text[], " +
		w.arg(afters) + "::text[]) AS c (id, field, before, after)")
}
