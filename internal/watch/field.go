package watch

import (
	"fmt"

	"watchkeeper/internal/civil"
)

// Value is the field's text as the API prints it; empty when the watch holds nothing.
func (w *Watch) Value(field SyncedField) string {
	switch field {
	case FirstName:
		return w.FirstName
	case LastName:
		return w.LastName
	case DateOfBirth:
		return dateText(w.DateOfBirth)
	case City:
		return Text(w.City)
	case State:
		return Text(w.State)
	case CaseNumber:
		return Text(w.CaseNumber)
	case AssignedTo:
		return Text(w.AssignedTo)
	case CaseTypeField:
		return Text(w.CaseType)
	case DateOfInterest:
		return dateText(w.DateOfInterest)
	default:
		return ""
	}
}

// SetValue puts a text, printed as the API prints it, into a field; an empty one clears it. It fails on a date that
// isn't one, which cleaned values never are.
func (w *Watch) SetValue(field SyncedField, value string) error {
	var err error
	switch field {
	case FirstName:
		w.FirstName = value
	case LastName:
		w.LastName = value
	case DateOfBirth:
		err = setDate(&w.DateOfBirth, value)
	case City:
		w.City = Optional(value)
	case State:
		w.State = Optional(value)
	case CaseNumber:
		w.CaseNumber = Optional(value)
	case AssignedTo:
		w.AssignedTo = Optional(value)
	case CaseTypeField:
		w.CaseType = Optional(CaseType(value))
	case DateOfInterest:
		err = setDate(&w.DateOfInterest, value)
	}
	if err != nil {
		return fmt.Errorf("setting %s: %w", field, err)
	}
	return nil
}

// SyncedFieldState shows one of the nine beside Clio's last seen value.
type SyncedFieldState struct {
	Field  SyncedField
	Value  *string
	Clio   *string // the base of docs/rules.md#merge
	Origin FieldOrigin
}

// SyncedFieldStates are the nine in the API's order; empty when the watch isn't linked.
func (w *Watch) SyncedFieldStates() []SyncedFieldState {
	if w.ClioLink == nil {
		return []SyncedFieldState{}
	}
	states := make([]SyncedFieldState, len(SyncedFields))
	for i, field := range SyncedFields {
		value, base := w.Value(field), w.ClioLink.Base[field]
		states[i] = SyncedFieldState{Field: field, Value: Optional(value), Clio: Optional(base), Origin: origin(value, base)}
	}
	return states
}

func origin(value, base string) FieldOrigin {
	switch value {
	case "":
		return OriginNone
	case base:
		return OriginClio
	default:
		return OriginLocal
	}
}

// Text is what the pointer points to; empty for nil.
func Text[T ~string](value *T) string {
	if value == nil {
		return ""
	}
	return string(*value)
}

// Optional points to the value; nil when it is empty.
func Optional[T ~string](value T) *T {
	if value == "" {
		return nil
	}
	return &value
}

func dateText(date *civil.Date) string {
	if date == nil {
		return ""
	}
	return date.String()
}

func setDate(target **civil.Date, value string) error {
	if value == "" {
		*target = nil
		return nil
	}
	date, err := civil.Parse(value)
	if err != nil {
		return err
	}
	*target = &date
	return nil
}
