package merge

import (
	"slices"

	"watchkeeper/internal/watch"
)

// ConflictResolution is a firm's policy where a local edit and Clio differ.
type ConflictResolution string

// The policies; KeepLocal is the default.
const (
	KeepLocal ConflictResolution = "KEEP_LOCAL" // the local edit stays
	UseClio   ConflictResolution = "USE_CLIO"   // Clio's value replaces it
	Ask       ConflictResolution = "ASK"        // the local edit stays, and a conflict waits for a person
)

// FieldDecision is what a merge decided for one field.
type FieldDecision string

// The decisions, in the order of the table of docs/rules.md#merge.
const (
	FieldHeld           FieldDecision = "HELD"            // the matter has another client
	FieldUnavailable    FieldDecision = "UNAVAILABLE"     // Clio would not show it to the connected user
	FieldEmptyInClio    FieldDecision = "EMPTY_IN_CLIO"   // Clio has none; the watch keeps its own
	FieldUnusable       FieldDecision = "UNUSABLE"        // Clio's value can't be one
	FieldSame           FieldDecision = "SAME"            // Clio and the watch agree
	FieldKeptLocal      FieldDecision = "KEPT_LOCAL"      // a local edit won
	FieldUpdated        FieldDecision = "UPDATED"         // set to Clio's value
	FieldOverwroteLocal FieldDecision = "OVERWROTE_LOCAL" // Clio's value replaced a local edit
	FieldConflict       FieldDecision = "CONFLICT"        // a local edit stays until somebody decides
)

// KeptReason is why a local edit was kept.
type KeptReason string

// The reasons, in the order of the table of docs/rules.md#merge.
const (
	KeptSettled     KeptReason = "SETTLED"      // Clio says the value that a person decided against
	KeptEditedSince KeptReason = "EDITED_SINCE" // a person edited the field after Clio was asked
	KeptByPolicy    KeptReason = "POLICY"       // the firm's policy keeps local edits
)

// compares reports whether Clio had a value that the watch's was compared with: the row SAME and every row below it.
func (d FieldDecision) compares() bool {
	switch d {
	case FieldHeld, FieldUnavailable, FieldEmptyInClio, FieldUnusable:
		return false
	default:
		return true
	}
}

// takesClio reports whether Clio's value replaces the watch's.
func (d FieldDecision) takesClio() bool {
	return d == FieldUpdated || d == FieldOverwroteLocal
}

// FieldResult is the result of one field: the API's FieldResult. Texts print as the API prints the
// field; nil is empty.
type FieldResult struct {
	Field    watch.SyncedField `json:"field"`
	Decision FieldDecision     `json:"decision"`
	// Reason is why a local edit was kept; nil for every other decision, and for results of versions that didn't record it.
	Reason *KeptReason `json:"reason,omitempty"`
	Before *string     `json:"before,omitempty"`
	// Clio is Clio's value; nil where Clio has none or it was not compared. If FieldUnusable it is what Clio sent.
	Clio  *string `json:"clio,omitempty"`
	After *string `json:"after,omitempty"`
}

// Changed reports whether Clio's value replaces the watch's.
func (r FieldResult) Changed() bool {
	return r.Decision.takesClio()
}

// Changed are the fields whose value changes, in the API's order.
func (m Result) Changed() []watch.SyncedField {
	var changed []watch.SyncedField
	for _, result := range m.Fields {
		if result.Changed() {
			changed = append(changed, result.Field)
		}
	}
	return changed
}

// IdentityChanged reports whether a name, a birth date or a state that wasn't empty changes (docs/rules.md#identity-changes).
func (m Result) IdentityChanged() bool {
	return m.identityChanged
}

// Decisions are those of the fields, each once, sorted.
func Decisions(fields []FieldResult) []FieldDecision {
	decisions := make([]FieldDecision, len(fields))
	for i, result := range fields {
		decisions[i] = result.Decision
	}
	slices.Sort(decisions)
	return slices.Compact(decisions)
}

// Decided reports whether any field has one of the decisions.
func (m Result) Decided(decisions ...FieldDecision) bool {
	return slices.ContainsFunc(m.Fields, func(r FieldResult) bool { return slices.Contains(decisions, r.Decision) })
}
