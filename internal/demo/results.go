package demo

import (
	"fmt"
	"slices"
)

// syncedFields are the nine synced fields in the API's order. The first five are personal.
var syncedFields = [...]string{
	"FIRST_NAME", "LAST_NAME", "DATE_OF_BIRTH", "CITY", "STATE", "CASE_NUMBER", "ASSIGNED_TO", "CASE_TYPE", "DATE_OF_INTEREST",
}

const personalFields = 5

// fieldResult is the API's FieldResult. null is "".
type fieldResult struct {
	Field, Decision, Before, Clio, After string
}

// String formats the result for an error.
func (r fieldResult) String() string {
	return fmt.Sprintf("%s %s (before %q, in Clio %q, after %q)", r.Field, r.Decision, r.Before, r.Clio, r.After)
}

// syncResult is the API's WatchSyncResult.
type syncResult struct {
	Outcome         string
	IdentityChanged bool
	Message         string
	Fields          []fieldResult
}

// watchState is the API's Watch. null is "".
type watchState struct {
	ID, FirstName, LastName, CaseNumber, Version, LastSyncedAt string
	ClioLink                                                   link
	SyncedFields                                               []struct{ Field, Value string }
	ownFields
}

// link is a watch's ClioLink.
type link struct {
	MatterID, State, MatterStatus, NewClientName string
}

// ownFields are fields that a sync never changes.
type ownFields struct {
	MiddleName, InternalNotes, PriorityLevel, Status string
	Tags                                             []string
}

// watchSelection selects the fields of watchState.
const watchSelection = `{
	id firstName lastName caseNumber version lastSyncedAt middleName internalNotes priorityLevel status tags
	clioLink { matterId state matterStatus newClientName } syncedFields { field value }
}`

// name returns the person's name.
func (w watchState) name() string { return w.FirstName + " " + w.LastName }

// values returns the watch's values of the nine synced fields.
func (w watchState) values() map[string]string {
	values := make(map[string]string, len(syncedFields))
	for _, each := range w.SyncedFields {
		values[each.Field] = each.Value
	}
	return values
}

// expected returns the result that the scene's sync must have, for the watch as it is before.
func (s scene) expected(before watchState) syncResult {
	result := syncResult{Outcome: s.outcome, IdentityChanged: s.identity, Fields: []fieldResult{}}
	if s.outcome == "MISSING" {
		return result
	}
	values := before.values()
	for i, field := range syncedFields {
		value := values[field]
		expected := fieldResult{Field: field, Decision: "SAME", Before: value, Clio: value, After: value}
		if s.link.State == "CLIENT_CHANGED" && i < personalFields {
			expected.Decision, expected.Clio = "HELD", ""
		}
		if at := slices.IndexFunc(s.decisions, func(r fieldResult) bool { return r.Field == field }); at >= 0 {
			expected = s.decisions[at]
		}
		result.Fields = append(result.Fields, expected)
	}
	return result
}

// check returns how the result differs from the expected one. Messages are not compared.
func (r syncResult) check(want syncResult) error {
	if err := expect("the outcome", want.Outcome, r.Outcome); err != nil {
		return err
	}
	if err := expect("whether the identity changed", want.IdentityChanged, r.IdentityChanged); err != nil {
		return err
	}
	if err := expect("the number of fields", len(want.Fields), len(r.Fields)); err != nil {
		return err
	}
	for i := range want.Fields {
		if err := expect("a field", want.Fields[i], r.Fields[i]); err != nil {
			return err
		}
	}
	return nil
}
