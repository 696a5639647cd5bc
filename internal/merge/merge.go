package merge

import (
	"errors"
	"fmt"
	"maps"
	"time"

	"watchkeeper/internal/watch"
)

// Rules are the firm's choices that decide a comparison. They are read in the transaction that writes (docs/rules.md#outcomes).
type Rules struct {
	Policy ConflictResolution
	// Mapping has the case types that the firm chose, by the practice area's number in Clio.
	Mapping map[int64]watch.CaseType
}

// Comparison is what a watch is compared with.
type Comparison struct {
	// AskedAt is when Clio was asked for the values.
	AskedAt time.Time
	// Policy says which value is kept if a local edit and Clio differ.
	Policy ConflictResolution
	// Incoming has what Clio has for each field.
	Incoming IncomingFields
}

// Result is the result of a comparison. The watch has none of it before Apply, which a dry run doesn't call.
type Result struct {
	// Fields are the synced fields, in the API's order.
	Fields []FieldResult
	// Base and Settled are the link's, after the merge.
	Base, Settled watch.Values

	identityChanged bool
}

// Merge compares each synced field of a watch with what Clio has and decides about each
// (docs/rules.md#merge). The watch is unchanged. A watch without a link is being imported: none of its values came from Clio.
func Merge(w *watch.Watch, c Comparison) Result {
	merged := Result{Fields: make([]FieldResult, 0, len(watch.SyncedFields)), Base: watch.Values{}, Settled: watch.Values{}}
	if w.ClioLink != nil {
		maps.Copy(merged.Base, w.ClioLink.Base)
		maps.Copy(merged.Settled, w.ClioLink.Settled)
	}
	for i := range watch.Fields {
		field := &watch.Fields[i]
		s := sides{
			incoming:    c.Incoming[field.Name],
			watch:       field.Get(w),
			base:        merged.Base[field.Name],
			settled:     merged.Settled[field.Name],
			editedSince: w.EditedAt[field.Name].After(c.AskedAt),
		}
		decision, reason := s.decide(c.Policy)
		merged.add(field, s, decision, reason)
	}
	return merged
}

// sides are the values by which one field is decided.
type sides struct {
	incoming    Incoming
	watch       string // what the watch holds
	base        string // Clio's last usable, non-empty value
	settled     string // the value of Clio's that a person rejected
	editedSince bool   // a person edited the field after Clio was asked
}

// decide is the table of docs/rules.md#merge, row by row: the first that fits decides. The reason is empty unless a local edit is kept.
func (s sides) decide(policy ConflictResolution) (FieldDecision, KeptReason) {
	clio := s.incoming.Value
	switch {
	case s.incoming.Availability == Held:
		return FieldHeld, ""
	case s.incoming.Availability == NotShown:
		return FieldUnavailable, ""
	case s.incoming.Availability == Empty, clio == "":
		return FieldEmptyInClio, ""
	case s.incoming.Availability == Unusable:
		return FieldUnusable, ""
	case clio == s.watch:
		return FieldSame, ""
	case clio == s.settled:
		return FieldKeptLocal, KeptSettled
	case s.editedSince:
		return FieldKeptLocal, KeptEditedSince
	case !s.locallyEdited():
		return FieldUpdated, ""
	case policy == UseClio:
		return FieldOverwroteLocal, ""
	case policy == Ask:
		return FieldConflict, ""
	default:
		return FieldKeptLocal, KeptByPolicy
	}
}

// locallyEdited reports whether a person changed what Clio last said. What a person cleared stays cleared while Clio
// repeats itself; a new value of Clio's fills it.
func (s sides) locallyEdited() bool {
	return s.watch != s.base && (s.watch != "" || s.incoming.Value == s.base)
}

// add records a decision and what follows from it: Clio's value becomes the base wherever there was one to compare, and
// what was settled is forgotten once both sides agree.
func (m *Result) add(field *watch.FieldDefinition, s sides, decision FieldDecision, reason KeptReason) {
	after := s.watch
	if decision.takesClio() {
		after = s.incoming.Value
		m.identityChanged = m.identityChanged || field.Identity && s.watch != ""
	}
	if decision.compares() {
		m.Base[field.Name] = s.incoming.Value
		if after == s.incoming.Value {
			delete(m.Settled, field.Name)
		}
	}
	m.Fields = append(m.Fields, FieldResult{
		Field: field.Name, Decision: decision, Reason: watch.Optional(reason),
		Before: watch.Optional(s.watch), Clio: watch.Optional(s.incoming.Value), After: watch.Optional(after),
	})
}

// Apply writes the merge into the watch that it was made from and into its link: the fields that changed, the base and
// what is settled, nothing else. It fails, and changes nothing, when the watch has no link or an incoming date isn't one,
// which IncomingFor never returns.
func (m Result) Apply(w *watch.Watch) error {
	if w.ClioLink == nil {
		return errors.New("applying a merge: the watch has no link")
	}
	merged := *w
	for _, result := range m.Fields {
		if result.Changed() {
			if err := merged.SetValue(result.Field, *result.After); err != nil {
				return fmt.Errorf("applying a merge: %w", err)
			}
		}
	}
	merged.ClioLink.Base, merged.ClioLink.Settled = m.Base, m.Settled
	*w = merged
	return nil
}
