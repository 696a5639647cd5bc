package watch

import (
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/ident"
)

// WatchField is a field of a watch whose changes are kept: the synced ones and the firm's own.
type WatchField string

// The firm's own fields; the synced ones have the names of SyncedField.
const (
	MiddleNameField    WatchField = "MIDDLE_NAME"
	InternalNotesField WatchField = "INTERNAL_NOTES"
	TagsField          WatchField = "TAGS"
	PriorityLevelField WatchField = "PRIORITY_LEVEL"
	StatusField        WatchField = "STATUS"
)

// WatchFields are all fields whose changes are kept, in the API's order.
func WatchFields() []WatchField {
	fields := make([]WatchField, 0, len(Fields)+len(ownFields))
	for _, field := range Fields {
		fields = append(fields, WatchField(field.Name))
	}
	for _, field := range ownFields {
		fields = append(fields, field.name)
	}
	return fields
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

// Origin says where changes come from: the same for all fields that one action changes.
type Origin struct {
	Cause ChangeCause
	// ByID is the user who did it; nil for the schedule.
	ByID *string
	// RunID is the run that did it, or that was undone.
	RunID *string
	// At is when; zero means the watch's updatedAt.
	At time.Time
}

// Actor is the person who changes something, and their firm.
type Actor struct {
	FirmID string
	UserID string
}

// origin is the origin of what the person does now. Its time is the watch's updatedAt, set while the watch is locked.
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

// ownFields are the firm's own, which no sync writes, in the API's order.
var ownFields = [...]struct {
	name WatchField
	get  func(*Watch) string
}{
	{MiddleNameField, func(w *Watch) string { return Text(w.MiddleName) }},
	{InternalNotesField, func(w *Watch) string { return Text(w.InternalNotes) }},
	{TagsField, func(w *Watch) string { return strings.Join(w.Tags, ", ") }},
	{PriorityLevelField, func(w *Watch) string { return string(w.PriorityLevel) }},
	{StatusField, func(w *Watch) string { return string(w.Status) }},
}

// texts are what a watch holds in each of the fields whose changes are kept, as the API prints them, in its order.
func (w *Watch) texts() []string {
	texts := make([]string, 0, len(Fields)+len(ownFields))
	for _, field := range Fields {
		texts = append(texts, field.Get(w))
	}
	for _, field := range ownFields {
		texts = append(texts, field.get(w))
	}
	return texts
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
	were, are := before.texts(), after.texts()
	for i, field := range WatchFields() {
		was, is := were[i], are[i]
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
