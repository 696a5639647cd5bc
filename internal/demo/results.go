package demo

import (
	"fmt"
	"slices"
)

// syncedFields are the nine, in the API's order; the first five say who the person is.
var syncedFields = [...]string{
	"FIRST_NAME", "LAST_NAME", "DATE_OF_BIRTH", "CITY", "STATE", "CASE_NUMBER", "ASSIGNED_TO", "CASE_TYPE", "DATE_OF_INTEREST",
}

const personalFields = 5

// fieldResult is the API's FieldResult; "" is null.
type fieldResult struct {
	Field, Decision, Before, Clio, After string
}

// String shows a result in an error.
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

// watchState is a watch as the API shows it; "" is null.
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

// ownFields are those that a sync never touches.
type ownFields struct {
	MiddleName, InternalNotes, PriorityLevel, Status string
	Tags                                             []string
}

// watchSelection is what is asked of a watch.
const watchSelection = `{
	id firstName lastName caseNumber version lastSyncedAt middleName internalNotes priorityLevel status tags
	clioLink { matterId state matterStatus newClientName } syncedFields { field value }
}`

// name is the person's.
func (w watchState) name() string { return w.FirstName + " " + w.LastName }

// values are what the watch holds in each of the nine fields.
func (w watchState) values() map[string]string {
	held := make(map[string]string, len(syncedFields))
	for _, each := range w.SyncedFields {
		held[each.Field] = each.Value
	}
	return held
}

// expected is the result that a scene has to come to, for a watch as it is before.
func (s scene) expected(before watchState) syncResult {
	result := syncResult{Outcome: s.outcome, IdentityChanged: s.identity, Fields: []fieldResult{}}
	if s.outcome == "MISSING" {
		return result
	}
	held := before.values()
	for i, field := range syncedFields {
		value := held[field]
		expected := fieldResult{Field: field, Decision: "SAME", Before: value, Clio: value, After: value}
		if s.link.State == "CLIENT_CHANGED" && i < personalFields {
			expected.Decision, expected.Clio = "HELD", ""
		}
		if at := slices.IndexFunc(s.differs, func(r fieldResult) bool { return r.Field == field }); at >= 0 {
			expected = s.differs[at]
		}
		result.Fields = append(result.Fields, expected)
	}
	return result
}

// check tells what of a result isn't as expected. Messages are for people: whether there has to be one is not checked.
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
