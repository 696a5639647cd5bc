package syncer

import (
	"time"

	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

// ConflictMoves are how a run's results change open conflicts (docs/rules.md#conflicts).
type ConflictMoves struct {
	// Closed are the fields whose open conflict, if there is one, closes.
	Closed []ConflictPlace
	// Open are the pairs that wait for a person. One that is open already, with the same values, stays as it is.
	Open []*watch.SyncConflict
}

// ConflictPlace is a field that may have a conflict.
type ConflictPlace struct {
	WatchID string
	Field   watch.SyncedField
	// Spared is Clio's value if a conflict about it stays open; empty if none does.
	Spared string
}

// MoveConflicts opens a conflict for each field that is in CONFLICT, leaves open those about which nothing was learned, and closes
// the others.
func MoveConflicts(results []*WatchSyncResult, policy merge.ConflictResolution, now time.Time) ConflictMoves {
	var moves ConflictMoves
	for _, result := range results {
		for _, field := range result.Fields {
			switch field.Decision {
			case merge.FieldConflict:
				moves.Open = append(moves.Open, watch.NewConflict(result.Watch, field.Field, watch.Text(field.After), watch.Text(field.Clio), now))
			case merge.FieldUnavailable, merge.FieldUnusable, merge.FieldHeld:
			default:
				moves.Closed = append(moves.Closed, ConflictPlace{
					WatchID: result.WatchID, Field: field.Field, Spared: keptOpen(field, policy),
				})
			}
		}
	}
	return moves
}

// keptOpen is Clio's value where a field was kept only because it was edited while Clio answered: the edit left a conflict about the
// same value open, and neither side has changed since. Otherwise it is empty.
func keptOpen(field merge.FieldResult, policy merge.ConflictResolution) string {
	if policy != merge.Ask || watch.Text(field.Reason) != string(merge.KeptEditedSince) {
		return ""
	}
	return watch.Text(field.Clio)
}
