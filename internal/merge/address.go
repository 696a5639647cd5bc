package merge

import (
	"cmp"
	"slices"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/watch"
)

// addressOf chooses a contact's address: the primary one, else one flagged primary, else the one with the lowest id. One with neither city
// nor province is skipped, and a blank one returned if none is left; nil if Clio doesn't show the contact (docs/rules.md#fields).
func addressOf(snapshot *record.Snapshot, contactID int64) *record.Address {
	contact := snapshot.Contacts[contactID]
	if snapshot.ContactsRefused || contact == nil {
		return nil
	}
	addresses := slices.SortedFunc(slices.Values(contact.Addresses), func(a, b record.Address) int {
		return cmp.Or(cmp.Compare(flagRank(a), flagRank(b)), cmp.Compare(a.ID, b.ID))
	})
	if contact.PrimaryAddress != nil {
		addresses = slices.Insert(addresses, 0, *contact.PrimaryAddress)
	}
	for _, address := range addresses {
		if watch.CleanText(address.City+address.Province) != "" {
			return &address
		}
	}
	return &record.Address{}
}

func flagRank(address record.Address) int {
	if address.Primary {
		return 0
	}
	return 1
}
