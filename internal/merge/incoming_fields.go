package merge

import (
	"cmp"
	"slices"

	"watchkeeper/internal/civil"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/watch"
)

// incomingText cleans a text of Clio's. A placeholder is unusable in every field.
func incomingText(text string) Incoming {
	value := watch.CleanText(text)
	switch {
	case value == "":
		return Incoming{Availability: Empty}
	case watch.IsPlaceholder(value):
		return Incoming{Availability: Unusable, Value: value}
	default:
		return Incoming{Availability: Usable, Value: value}
	}
}

func incomingName(text string) Incoming {
	return incomingText(text).unusableIf(func(name string) bool { return watch.NameProblem(name) != "" })
}

// incomingDate reads a date of the form YYYY-MM-DD, the only one that Clio documents.
func incomingDate(text string) Incoming {
	return incomingText(text).unusableIf(func(value string) bool {
		_, err := civil.Parse(value)
		return err != nil
	})
}

func incomingBirthDate(text string, today civil.Date) Incoming {
	return incomingDate(text).unusableIf(func(value string) bool {
		date, err := civil.Parse(value)
		return err != nil || watch.BirthDateProblem(date, today) != ""
	})
}

// incomingAttorney tells a matter without an attorney from one whose attorney Clio hides.
func incomingAttorney(attorney *record.Attorney) Incoming {
	if attorney == nil {
		return Incoming{Availability: Empty}
	}
	if watch.CleanText(attorney.Name) == "" {
		return Incoming{Availability: NotShown}
	}
	return incomingName(attorney.Name)
}

// incomingCaseType lets an OTHER that the firm didn't choose fill an empty case type, and never replace one.
func incomingCaseType(area *record.PracticeArea, mapping map[int64]watch.CaseType, held string) Incoming {
	if area == nil {
		return Incoming{Availability: Empty}
	}
	caseType, builtIn := CaseTypeFor(area, mapping)
	if builtIn && caseType == watch.Other && held != "" {
		return Incoming{Availability: Empty}
	}
	return Incoming{Availability: Usable, Value: string(caseType)}
}

// incomingPlace takes city and state from one address of the contact.
func incomingPlace(snapshot *record.Snapshot, contactID int64, heldState string) (city, state Incoming) {
	contact := snapshot.Contacts[contactID]
	if snapshot.ContactsRefused || contact == nil {
		return Incoming{Availability: NotShown}, Incoming{Availability: NotShown}
	}
	address := addressOf(contact)
	return incomingText(address.City), incomingState(address, heldState)
}

// incomingState finds a state unusable that isn't recognised where it should be, once the watch has a recognised one.
func incomingState(address record.Address, held string) Incoming {
	country := watch.CleanText(address.Country)
	incoming := incomingText(address.Province)
	if incoming.Availability == Usable {
		incoming.Value = watch.NormalizeState(incoming.Value, country)
	}
	return incoming.unusableIf(func(state string) bool {
		return watch.HasStateCodes(country) && !watch.StateRecognised(state) && watch.StateRecognised(held)
	})
}

// addressOf chooses a contact's address: the primary one, else one flagged primary, else the lowest id. One with
// neither city nor province is passed over, and a blank one returned when none is left.
func addressOf(contact *record.Contact) record.Address {
	addresses := slices.SortedFunc(slices.Values(contact.Addresses), func(a, b record.Address) int {
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
	return record.Address{}
}

func flagRank(address record.Address) int {
	if address.Primary {
		return 0
	}
	return 1
}

// unusableIf keeps an incoming value that is usable so far only when nothing is wrong with its value.
func (i Incoming) unusableIf(wrong func(value string) bool) Incoming {
	if i.Availability == Usable && wrong(i.Value) {
		i.Availability = Unusable
	}
	return i
}
