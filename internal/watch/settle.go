package watch

import (
	"maps"
	"time"
)

// SettleLocal settles a conflict for what the watch holds: the value of Clio's that was shown is rejected (docs/rules.md#conflicts). No
// field changes. The watch must be linked.
func (w *Watch) SettleLocal(conflict *SyncConflict) {
	w.ClioLink.reject(conflict.Field, conflict.Clio)
}

// SettleClio settles a conflict for Clio: the value that was shown is written to the watch, as a person's edit, and what
// was settled before is forgotten. The base stays. The watch must be linked. It fails on a date that isn't one, which conflicts never have.
func (w *Watch) SettleClio(conflict *SyncConflict, now time.Time) error {
	if err := w.setByHand(conflict.Field, conflict.Clio, now); err != nil {
		return err
	}
	w.ClioLink.Settled = maps.Clone(w.ClioLink.Settled)
	delete(w.ClioLink.Settled, conflict.Field)
	w.Touch(now)
	return nil
}

// Restore puts back what a field held before a run wrote a value of Clio's into it, as a person's edit. The base stays, and what
// was written is rejected (docs/rules.md#undo). The caller touches the watch, which must be linked. It fails on a date
// that isn't one, which watches never hold.
func (w *Watch) Restore(field SyncedField, before, written string, now time.Time) error {
	if err := w.setByHand(field, before, now); err != nil {
		return err
	}
	w.ClioLink.reject(field, written)
	return nil
}

// reject records that a person rejected a value of Clio's: one per field, in place of the one before. The map is
// replaced, never changed, so that the link can be compared with what it was.
func (l *ClioLink) reject(field SyncedField, clio string) {
	settled := maps.Clone(l.Settled)
	if settled == nil {
		settled = Values{}
	}
	settled[field] = clio
	l.Settled = settled
}
