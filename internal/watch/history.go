package watch

import (
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/ident"
)

// WatchField is a field of a watch whose changes are kept: the nine that Clio refreshes, and the firm's own.
type WatchField string

// The firm's own fields; the nine have the names of SyncedField.
const (
	MiddleNameField    WatchField = "MIDDLE_NAME"
	InternalNotesField WatchField = "INTERNAL_NOTES"
	TagsField          WatchField = "TAGS"
	PriorityLevelField WatchField = "PRIORITY_LEVEL"
	StatusField        WatchField = "STATUS"
)

// WatchFields are all fields whose changes are kept, in the API's order.
func WatchFields() []WatchField {
	fields := make([]WatchField, 0, len(SyncedFields)+5)
	for _, field := range SyncedFields {
		fields = append(fields, WatchField(field))
	}
	return append(fields, MiddleNameField, InternalNotesField, TagsField, PriorityLevelField, StatusField)
}

// ChangeCause is why a field changed.
type ChangeCause string

// The causes. Taking Clio's values is an edit (docs/rules.md#history).
const (
	CauseCreate   ChangeCause = "CREATE"
	CauseEdit     ChangeCause = "EDIT"
	CauseImport   ChangeCause = "IMPORT"
	CauseSync     ChangeCause = "SYNC"
	CauseConflict ChangeCause = "CONFLICT"
	CauseUndo     ChangeCause = "UNDO"
)

// Origin says where changes come from: the same for all fields that one deed changes.
type Origin struct {
	Cause ChangeCause
	// ByID is the user who did it; nil for the schedule.
	ByID *string
	// RunID is the run that did it, or that was undone.
	RunID *string
	// At is when; zero stands for the watch's updatedAt, which every change of a field moves.
	At time.Time
}

// Actor is the person who changes something, and the firm whose it is.
type Actor struct {
	FirmID string
	UserID string
}

// origin is where what the person does now comes from. It is dated by the watch, under whose lock it is done.
func (a Actor) origin(cause ChangeCause) Origin {
	return Origin{Cause: cause, ByID: &a.UserID}
}

// FieldChange is one change to one field: the row, and the API's FieldChange. Texts print as the API prints the field.
type FieldChange struct {
	bun.BaseModel `bun:"table:field_changes,alias:c"`

	ID string `bun:",pk"`
	// Place orders the changes of one watch: the clocks of replicas may differ.
	Place   int64 `bun:",autoincrement"`
	FirmID  string
	WatchID string
	Field   WatchField
	Before  *string // nil: empty
	After   *string // nil: empty
	At      time.Time
	Cause   ChangeCause
	ByID    *string
	RunID   *string
}

// FieldText is a field's text as the API prints it; empty when the watch holds nothing.
func (w *Watch) FieldText(field WatchField) string {
	switch field {
	case MiddleNameField:
		return Text(w.MiddleName)
	case InternalNotesField:
		return Text(w.InternalNotes)
	case TagsField:
		return strings.Join(w.Tags, ", ")
	case PriorityLevelField:
		return string(w.PriorityLevel)
	case StatusField:
		return string(w.Status)
	default:
		return w.Value(SyncedField(field))
	}
}

// Changes are the fields in which a watch differs from what it was, in the API's order; before is nil for a new one, whose
// history begins with an entry for each field that isn't empty, its priority level and status included (docs/rules.md#history).
func Changes(before, after *Watch, origin Origin) []*FieldChange {
	if before == nil {
		before = &Watch{}
	}
	at := origin.At
	if at.IsZero() {
		at = after.UpdatedAt
	}
	var changes []*FieldChange
	for _, field := range WatchFields() {
		was, is := before.FieldText(field), after.FieldText(field)
		sameTags := field != TagsField || slices.Equal(before.Tags, after.Tags) // different ones may print alike
		if was == is && sameTags {
			continue
		}
		changes = append(changes, &FieldChange{
			ID: ident.New(ident.FieldChange), FirmID: after.FirmID, WatchID: after.ID, Field: field, Before: Optional(was), After: Optional(is),
			At: at, Cause: origin.Cause, ByID: origin.ByID, RunID: origin.RunID,
		})
	}
	return changes
}
