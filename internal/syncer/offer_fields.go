package syncer

import (
	"cmp"
	"slices"

	"watchkeeper/internal/civil"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/watch"
)

// offerText cleans a text of Clio's. A placeholder is unusable in every field.
func offerText(text string) Offer {
	value := watch.CleanText(text)
	switch {
	case value == "":
		return Offer{Standing: Empty}
	case watch.IsPlaceholder(value):
		return Offer{Standing: Unusable, Value: value}
	default:
		return Offer{Standing: Offered, Value: value}
	}
}

func offerName(text string) Offer {
	return offerText(text).unusableIf(func(name string) bool { return watch.NameProblem(name) != "" })
}

// offerDate reads a date of the form YYYY-MM-DD, the only one that Clio documents.
func offerDate(text string) Offer {
	return offerText(text).unusableIf(func(value string) bool {
		_, err := civil.Parse(value)
		return err != nil
	})
}

func offerBirthDate(text string, today civil.Date) Offer {
	return offerDate(text).unusableIf(func(value string) bool {
		date, err := civil.Parse(value)
		return err != nil || watch.BirthDateProblem(date, today) != ""
	})
}

// offerAttorney tells a matter without an attorney from one whose attorney Clio hides.
func offerAttorney(attorney *clio.Attorney) Offer {
	if attorney == nil {
		return Offer{Standing: Empty}
	}
	if watch.CleanText(attorney.Name) == "" {
		return Offer{Standing: NotShown}
	}
	return offerName(attorney.Name)
}

// offerCaseType lets an OTHER that the firm didn't choose fill an empty case type, and never replace one.
func offerCaseType(area *clio.PracticeArea, mapping map[int64]watch.CaseType, held string) Offer {
	if area == nil {
		return Offer{Standing: Empty}
	}
	caseType, builtIn := CaseTypeFor(area, mapping)
	if builtIn && caseType == watch.Other && held != "" {
		return Offer{Standing: Empty}
	}
	return Offer{Standing: Offered, Value: string(caseType)}
}

// offerPlace takes city and state from one address of the contact.
func offerPlace(snapshot *clio.Snapshot, contactID int64, heldState string) (city, state Offer) {
	contact := snapshot.Contacts[contactID]
	if snapshot.ContactsRefused || contact == nil {
		return Offer{Standing: NotShown}, Offer{Standing: NotShown}
	}
	address := addressOf(contact)
	return offerText(address.City), offerState(address, heldState)
}

// offerState finds a state unusable that isn't recognised where it should be, once the watch has a recognised one.
func offerState(address clio.Address, held string) Offer {
	country := watch.CleanText(address.Country)
	offer := offerText(address.Province)
	if offer.Standing == Offered {
		offer.Value = watch.NormalizeState(offer.Value, country)
	}
	return offer.unusableIf(func(state string) bool {
		return watch.HasStateCodes(country) && !watch.StateRecognised(state) && watch.StateRecognised(held)
	})
}

// addressOf chooses a contact's address: the primary one, else one flagged primary, else the lowest id. One with
// neither city nor province is passed over, and a blank one returned when none is left.
func addressOf(contact *clio.Contact) clio.Address {
	addresses := slices.SortedFunc(slices.Values(contact.Addresses), func(a, b clio.Address) int {
		return cmp.Or(cmp.Compare(flagRank(a), flagRank(b)), cmp.Compare(a.ID, b.ID))
	})
	if contact.PrimaryAddress != nil {
		addresses = slices.Insert(addresses, 0, *contact.PrimaryAddress)
	}
	for _, address := range addresses {
		if watch.CleanText(address.City+address.Province) != "" {
			return address
		}
	}
	return clio.Address{}
}

func flagRank(address clio.Address) int {
	if address.Primary {
		return 0
	}
	return 1
}

// unusableIf keeps an offer that is usable so far only when nothing is wrong with its value.
func (o Offer) unusableIf(wrong func(value string) bool) Offer {
	if o.Standing == Offered && wrong(o.Value) {
		o.Standing = Unusable
	}
	return o
}
