package watch

import (
	"fmt"

	"watchkeeper/internal/civil"
	"watchkeeper/internal/clio/record"
)

// Source is where Clio's answer has the synced fields of one watch.
type Source struct {
	Matter *record.Matter
	// Client is the matter's, a person.
	Client *record.Client
	// Address is the client's; nil where Clio doesn't show it.
	Address *record.Address
	// CaseType is the practice area's; empty where it says nothing.
	CaseType CaseType
	// Today is the date in UTC.
	Today civil.Date
}

// FieldDefinition is a field that a sync refreshes, and all that is particular about it (docs/rules.md#fields).
type FieldDefinition struct {
	Name SyncedField
	// Personal fields are about the client rather than the matter: they are held while the matter has another client
	// (docs/rules.md#one-person).
	Personal bool
	// Identity fields say who the person is: an obituary is matched by them (docs/rules.md#identity-changes).
	Identity bool

	value accessor
	// From finds Clio's text, uncleaned; shown is false where Clio hides it.
	From func(s Source) (text string, shown bool)
	// Usable reports whether a cleaned value of Clio's can be one of the field, given what the watch holds
	// (docs/rules.md#unusable-values); nil: every value can.
	Usable func(value string, s Source, held string) bool
}

// Fields are the synced fields, in the API's order. This table alone defines what a synced field is.
var Fields = [...]FieldDefinition{
	{
		Name: FirstName, Personal: true, Identity: true, value: required(func(w *Watch) *string { return &w.FirstName }),
		From: func(s Source) (string, bool) { return s.Client.FirstName, true }, Usable: isName,
	},
	{
		Name: LastName, Personal: true, Identity: true, value: required(func(w *Watch) *string { return &w.LastName }),
		From: func(s Source) (string, bool) { return s.Client.LastName, true }, Usable: isName,
	},
	{
		Name: DateOfBirth, Personal: true, Identity: true, value: date(func(w *Watch) **civil.Date { return &w.DateOfBirth }),
		From: func(s Source) (string, bool) { return s.Client.DateOfBirth, true }, Usable: isBirthDate,
	},
	{
		Name: City, Personal: true, value: optional(func(w *Watch) **string { return &w.City }), From: cityOf,
	},
	{
		Name: State, Personal: true, Identity: true, value: optional(func(w *Watch) **string { return &w.State }), From: stateOf,
		Usable: isStateBeside,
	},
	{
		Name: CaseNumber, value: optional(func(w *Watch) **string { return &w.CaseNumber }),
		From: func(s Source) (string, bool) { return s.Matter.DisplayNumber, true },
	},
	{
		Name: AssignedTo, value: optional(func(w *Watch) **string { return &w.AssignedTo }), From: attorneyOf, Usable: isName,
	},
	{
		Name: CaseTypeField, value: optional(func(w *Watch) **CaseType { return &w.CaseType }),
		From: func(s Source) (string, bool) { return string(s.CaseType), true },
	},
	{
		Name: DateOfInterest, value: date(func(w *Watch) **civil.Date { return &w.DateOfInterest }),
		From: func(s Source) (string, bool) { return s.Matter.OpenDate, true }, Usable: isDate,
	},
}

// SyncedFields are the names of the synced fields, in the API's order.
var SyncedFields = names()

func names() (all [len(Fields)]SyncedField) {
	for i, field := range Fields {
		all[i] = field.Name
	}
	return all
}

// FieldNamed returns the synced field with that name; an error if there is none.
func FieldNamed(name SyncedField) (*FieldDefinition, error) {
	for i := range Fields {
		if Fields[i].Name == name {
			return &Fields[i], nil
		}
	}
	return nil, fmt.Errorf("%q is not a synced field", name)
}

// Get is what the watch holds, as the API prints the field; empty if nothing.
func (f *FieldDefinition) Get(w *Watch) string {
	return f.value.get(w)
}

// Set puts a text, printed as the API prints the field, into the watch; an empty one clears it. It fails on a date that isn't one,
// which cleaned values never are.
func (f *FieldDefinition) Set(w *Watch, value string) error {
	if err := f.value.set(w, value); err != nil {
		return fmt.Errorf("setting %s: %w", f.Name, err)
	}
	return nil
}

// Value is Get of the synced field with that name; an error if there is none.
func (w *Watch) Value(name SyncedField) (string, error) {
	field, err := FieldNamed(name)
	if err != nil {
		return "", err
	}
	return field.Get(w), nil
}

// SetValue is Set of the synced field with that name; an error if there is none.
func (w *Watch) SetValue(name SyncedField, value string) error {
	field, err := FieldNamed(name)
	if err != nil {
		return err
	}
	return field.Set(w, value)
}
