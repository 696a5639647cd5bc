package syncer

import (
	"watchkeeper/internal/civil"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/watch"
)

// Standing tells what a sync may do with what Clio says of a field (design.md §2.1 and §2.2).
type Standing int

// The standings. The zero one is the safest: nothing is known, so nothing changes.
const (
	NotShown Standing = iota // Clio would not show it to the connected user
	Held                     // the matter has another client than the link's
	Empty                    // Clio has none
	Unusable                 // what Clio has can't be a value of the field
	Offered                  // Clio has a value that the watch may take
)

// Offer is what Clio says of one field.
type Offer struct {
	Standing Standing
	// Value is cleaned, and printed as the API prints the field. Only what is Offered or Unusable has one; of the
	// latter it is what came.
	Value string
}

// Offers are what Clio says of the nine fields. A field that isn't there is NotShown.
type Offers map[watch.SyncedField]Offer

// OffersFor reads what Clio offers a watch out of its answer: where each field comes from, cleaning, and what is
// usable (design.md §2.1). An empty watch without a link stands for one that is to be imported. The mapping has the
// firm's own case types by practice area; today is the date in UTC. Nothing that is passed in changes.
func OffersFor(
	w *watch.Watch, matter *clio.Matter, snapshot *clio.Snapshot, mapping map[int64]watch.CaseType, today civil.Date,
) Offers {
	offers := Offers{
		watch.CaseNumber:     offerText(matter.DisplayNumber),
		watch.AssignedTo:     offerAttorney(matter.Attorney),
		watch.CaseTypeField:  offerCaseType(matter.PracticeArea, mapping, w.Value(watch.CaseTypeField)),
		watch.DateOfInterest: offerDate(matter.OpenDate),
	}
	client := matter.Client
	if standing := standingOf(client, w.ClioLink); standing != Offered {
		for _, field := range watch.SyncedFields {
			if field.Personal() {
				offers[field] = Offer{Standing: standing}
			}
		}
		return offers
	}
	offers[watch.FirstName] = offerName(client.FirstName)
	offers[watch.LastName] = offerName(client.LastName)
	offers[watch.DateOfBirth] = offerBirthDate(client.DateOfBirth, today)
	offers[watch.City], offers[watch.State] = offerPlace(snapshot, client.ID, w.Value(watch.State))
	return offers
}

// standingOf is how the client stands as the person of a watch: Offered when its own fields decide one by one.
func standingOf(client *clio.Client, link *watch.ClioLink) Standing {
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
		return Offered
	}
}

// ClientChanged tells whether the matter's client is known to be another contact than the link's: a watch is about one
// person and never becomes another (design.md §2.2). A link that doesn't know its contact takes the client for it.
func ClientChanged(client *clio.Client, link *watch.ClioLink) bool {
	return client != nil && client.ID != 0 && link != nil && link.ContactID != nil && client.ID != *link.ContactID
}

// Importable tells whether a watch can be made of a matter: its client is a person with a usable first and last name
// (design.md §2.1, unusable).
func Importable(matter *clio.Matter) bool {
	client := matter.Client
	return client != nil && !client.IsCompany() &&
		offerName(client.FirstName).Standing == Offered && offerName(client.LastName).Standing == Offered
}
