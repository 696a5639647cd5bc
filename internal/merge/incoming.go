// Package merge decides what a sync makes of a watch: what Clio's answer holds for each synced field (incoming.go), the case
// type of a practice area (casetype.go), the decision about each field (merge.go) and what happens to the link (link.go).
//
// Everything here is pure: no transport, no SQL, no clock.
package merge

import (
	"watchkeeper/internal/civil"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/watch"
)

// Availability is whether a sync may use what Clio has for a field (docs/rules.md#fields).
type Availability int

// The availabilities. The zero one is the safest: nothing is known, so nothing changes.
const (
	NotShown Availability = iota // Clio would not show it to the connected user
	Held                         // the matter has another client than the link's
	Empty                        // Clio has none
	Unusable                     // what Clio has can't be a value of the field
	Usable                       // Clio has a value that the watch may get
)

// Incoming is what Clio has for one field.
type Incoming struct {
	Availability Availability
	// Value is cleaned, and printed as the API prints the field. It is empty unless Usable or Unusable; if Unusable, it is what Clio sent.
	Value string
}

// IncomingFields are what Clio has for the synced fields. A field that isn't there is NotShown.
type IncomingFields map[watch.SyncedField]Incoming

// IncomingFor finds what Clio has for a watch in its answer: where each field comes from, cleaned, and whether it is usable
// (docs/rules.md#fields). For an import, pass an empty watch without a link. The mapping has the firm's own case types
// by practice area; today is the date in UTC. Nothing that is passed in changes.
func IncomingFor(
	w *watch.Watch, matter *record.Matter, snapshot *record.Snapshot, mapping map[int64]watch.CaseType, today civil.Date,
) IncomingFields {
	source := watch.Source{
		Matter: matter, Client: matter.Client, CaseType: incomingCaseType(matter.PracticeArea, mapping, w.CaseType), Today: today,
	}
	if source.Client != nil {
		source.Address = addressOf(snapshot, source.Client.ID)
	}
	client := clientAvailability(matter.Client, w.ClioLink)
	incoming := IncomingFields{}
	for i := range watch.Fields {
		field := &watch.Fields[i]
		if field.Personal && client != Usable {
			incoming[field.Name] = Incoming{Availability: client}
		} else {
			incoming[field.Name] = read(field, source, field.Get(w))
		}
	}
	return incoming
}

// read finds what Clio has for one field. A placeholder is unusable in every field.
func read(field *watch.FieldDefinition, source watch.Source, held string) Incoming {
	text, shown := field.From(source)
	value := watch.CleanText(text)
	switch {
	case !shown:
		return Incoming{Availability: NotShown}
	case value == "":
		return Incoming{Availability: Empty}
	case watch.IsPlaceholder(value), field.Usable != nil && !field.Usable(value, source, held):
		return Incoming{Availability: Unusable, Value: value}
	default:
		return Incoming{Availability: Usable, Value: value}
	}
}

// clientAvailability is that of the personal fields together: Usable when each of them decides for itself.
func clientAvailability(client *record.Client, link *watch.ClioLink) Availability {
	switch {
	case client == nil:
		return NotShown
	case ClientChanged(client, link), client.ID == 0 && link != nil && link.State == watch.ClientChanged:
		return Held
	case watch.CleanText(client.Name+client.FirstName+client.LastName) == "":
		return NotShown
	case client.IsCompany():
		return Empty
	default:
		return Usable
	}
}

// ClientChanged reports whether the matter's client is known to be another contact than the link's: a watch is about one
// person and never becomes another (docs/rules.md#one-person). For a link without a contact every client is the right one.
func ClientChanged(client *record.Client, link *watch.ClioLink) bool {
	return client != nil && client.ID != 0 && link != nil && link.ContactID != nil && client.ID != *link.ContactID
}
