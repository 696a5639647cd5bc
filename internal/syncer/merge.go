package syncer

import (
	"errors"
	"fmt"
	"maps"
	"time"

	"watchkeeper/internal/watch"
)

// Comparison is what a watch is compared with.
type Comparison struct {
	// AskedAt is when Clio was asked for the offers.
	AskedAt time.Time
	// Policy says who wins where a local edit and Clio differ.
	Policy ConflictResolution
	// Offers are what Clio says of each field.
	Offers Offers
}

// Merged is what a comparison comes to. Nothing of it is in the watch before Apply: a dry run stops short of that.
type Merged struct {
	// Fields are the nine, in the API's order.
	Fields []FieldResult
	// Base and Settled are the link's, after the merge.
	Base, Settled watch.Values
}

// Merge compares each of the nine fields of a watch with what Clio offers and decides what becomes of it
// (design.md §2.2). The watch is unchanged. One without a link is one to be imported: nothing in it was ever Clio's.
func Merge(w *watch.Watch, c Comparison) Merged {
	merged := Merged{Base: watch.Values{}, Settled: watch.Values{}}
	if w.ClioLink != nil {
		maps.Copy(merged.Base, w.ClioLink.Base)
		maps.Copy(merged.Settled, w.ClioLink.Settled)
	}
	for _, field := range watch.SyncedFields {
		s := sides{
			offer:       c.Offers[field],
			watch:       w.Value(field),
			base:        merged.Base[field],
			settled:     merged.Settled[field],
			editedSince: w.EditedAt[field].After(c.AskedAt),
		}
		merged.add(field, s, s.decide(c.Policy))
	}
	return merged
}

// sides are all that is known of one field.
type sides struct {
	offer       Offer
	watch       string // what the watch holds
	base        string // Clio's last usable, non-empty value
	settled     string // the value of Clio's that a person decided against
	editedSince bool   // a person edited the field after Clio was asked
}

// decide is the table of design.md §2.2, row by row: the first that fits decides.
func (s sides) decide(policy ConflictResolution) FieldDecision {
	clio := s.offer.Value
	switch {
	case s.offer.Standing == Held:
		return FieldHeld
	case s.offer.Standing == NotShown:
		return FieldUnavailable
	case s.offer.Standing == Empty, clio == "":
		return FieldEmptyInClio
	case s.offer.Standing == Unusable:
		return FieldUnusable
	case clio == s.watch:
		return FieldSame
	case clio == s.settled, s.editedSince:
		return FieldKeptLocal
	case !s.locallyEdited():
		return FieldUpdated
	case policy == UseClio:
		return FieldOverwroteLocal
	case policy == Ask:
		return FieldConflict
	default:
		return FieldKeptLocal
	}
}

// locallyEdited tells whether a person changed what Clio last said. What a person cleared stays cleared while Clio
// repeats itself; a new value of Clio's fills it.
func (s sides) locallyEdited() bool {
	return s.watch != s.base && (s.watch != "" || s.offer.Value == s.base)
}

// add notes a decision and what follows from it: Clio's value becomes the base wherever there was one to compare, and
// what was settled is forgotten once both sides agree.
func (m *Merged) add(field watch.SyncedField, s sides, decision FieldDecision) {
	after := s.watch
	if decision.takesClio() {
		after = s.offer.Value
	}
	if decision.compares() {
		m.Base[field] = s.offer.Value
		if after == s.offer.Value {
			delete(m.Settled, field)
		}
	}
	m.Fields = append(m.Fields, FieldResult{
		Field: field, Decision: decision,
		Before: optional(s.watch), Clio: optional(s.offer.Value), After: optional(after),
	})
}

// Apply writes the merge into the watch that it was made from and into its link: the fields that changed, the base and
// what is settled, nothing else. It fails, and changes nothing, when the watch has no link or an offered date isn't one,
// which OffersFor never offers.
func (m Merged) Apply(w *watch.Watch) error {
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
