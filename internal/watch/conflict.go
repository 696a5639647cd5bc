package watch

import (
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/ident"
)

// SyncConflict is a pair of values of one field that a person has to decide about: the row, and the API's SyncConflict. Its id
// belongs to that pair: when either side changes it closes, and a new one opens if they still differ (docs/rules.md#conflicts).
type SyncConflict struct {
	bun.BaseModel `bun:"table:sync_conflicts,alias:k"`

	ID         string `bun:",pk"`
	FirmID     string
	WatchID    string
	Field      SyncedField
	Local      *string // nil: the watch holds nothing
	Clio       string
	DetectedAt time.Time

	// Watch is the watch as it is, if it was loaded: reading a conflict doesn't load it.
	Watch *Watch `bun:"-"`
}

// NewConflict opens a conflict between what the watch holds, local, and a value of Clio's.
func NewConflict(w *Watch, field SyncedField, local, clio string, now time.Time) *SyncConflict {
	return &SyncConflict{
		ID: ident.New(ident.SyncConflict), FirmID: w.FirmID, WatchID: w.ID, Field: field,
		Local: Optional(local), Clio: clio, DetectedAt: now,
	}
}

// Is reports whether the conflict is about this pair of values.
func (c *SyncConflict) Is(local, clio string) bool {
	return Text(c.Local) == local && c.Clio == clio
}

// ConflictsAfterEdit returns the conflicts of a watch that are open after a person, or an undo, changed it (docs/rules.md#conflicts). One
// whose field didn't change stays open. One closes if both sides agree now, or if Clio's value is settled; if the watch's side changed it
// closes too and, under ASK, a new one opens. An archived or unlinked watch has none.
func ConflictsAfterEdit(before, after *Watch, open []*SyncConflict, ask bool, now time.Time) ([]*SyncConflict, error) {
	if after.ClioLink == nil || after.Status == StatusArchived {
		open = nil
	}
	var left []*SyncConflict
	for _, conflict := range open {
		field, err := FieldNamed(conflict.Field)
		if err != nil {
			return nil, fmt.Errorf("closing conflicts after an edit: %w", err)
		}
		local := field.Get(after)
		switch {
		case local == conflict.Clio, after.ClioLink.Settled[conflict.Field] == conflict.Clio:
		case local == field.Get(before):
			left = append(left, conflict)
		case ask:
			left = append(left, NewConflict(after, conflict.Field, local, conflict.Clio, now))
		}
	}
	return left, nil
}
