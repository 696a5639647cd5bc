package merge_test

import (
	"testing"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/watch"
)

func TestIncomingFromTheContact(t *testing.T) {
	testIncoming(t, map[string]incomingCase{
		"not returned":    {func(s *scene) { delete(s.snapshot.Contacts, 501) }, place(notShown, notShown)},
		"refused":         {func(s *scene) { s.snapshot.ContactsRefused = true }, place(notShown, notShown)},
		"refused for all": {func(s *scene) { s.snapshot.ContactsRefused, s.snapshot.Contacts = true, nil }, place(notShown, notShown)},
		"no address":      {func(s *scene) { s.contact.PrimaryAddress = nil }, place(empty, empty)},
		"city alone":      {func(s *scene) { s.contact.PrimaryAddress.Province = " " }, place(usable("Miami"), empty)},
		"state alone":     {func(s *scene) { s.contact.PrimaryAddress.City = "" }, place(empty, usable("FL"))},
		"placeholders": {
			func(s *scene) { s.contact.PrimaryAddress.City, s.contact.PrimaryAddress.Province = "Unknown", "N/A" },
			place(unusable("Unknown"), unusable("N/A")),
		},
	})
}

func TestOneAddressIsChosen(t *testing.T) {
	addresses := func(primary *record.Address, others ...record.Address) func(*scene) {
		return func(s *scene) { s.contact.PrimaryAddress, s.contact.Addresses = primary, others }
	}
	blank := record.Address{ID: 1, City: " ", Province: "\u200b", Country: "US", Primary: true}
	reno := record.Address{ID: 2, City: "Reno", Province: "Nevada"}
	bend := record.Address{ID: 3, City: "Bend", Province: "Ore."}
	cityOnly := record.Address{ID: 4, City: "Salem", Primary: true}
	flagged := record.Address{ID: 6, City: "Mobile", Province: "Ala.", Primary: true}

	testIncoming(t, map[string]incomingCase{
		"the primary one":                {addresses(&reno, bend, flagged), place(usable("Reno"), usable("NV"))},
		"else one flagged primary":       {addresses(nil, reno, bend, flagged), place(usable("Mobile"), usable("AL"))},
		"the lower id of two flagged":    {addresses(nil, flagged, cityOnly), place(usable("Salem"), empty)},
		"else the lowest id":             {addresses(nil, bend, reno), place(usable("Reno"), usable("NV"))},
		"blank primary is skipped":       {addresses(&blank, bend, flagged), place(usable("Mobile"), usable("AL"))},
		"blank flagged is skipped":       {addresses(nil, bend, blank, reno), place(usable("Reno"), usable("NV"))},
		"nothing but blank":              {addresses(&blank, blank), place(empty, empty)},
		"city and state of the same one": {addresses(&cityOnly, reno), place(usable("Salem"), empty)},
		"the answer's order is ignored":  {addresses(nil, flagged, bend, reno), place(usable("Mobile"), usable("AL"))},
	})
}

func TestIncomingStateThatIsNotRecognised(t *testing.T) {
	state := func(province, country string, held *string) func(*scene) {
		return func(s *scene) {
			s.contact.PrimaryAddress.Province, s.contact.PrimaryAddress.Country, s.watch.State = province, country, held
		}
	}
	fl, bavaria := ptr("FL"), ptr("Bavaria")
	testIncoming(t, map[string]incomingCase{
		"in the US":                     {state("Florid", "U.S.", fl), one(watch.State, unusable("Florid"))},
		"in Canada":                     {state("Florid", "Canada", fl), one(watch.State, unusable("Florid"))},
		"in no country":                 {state("Florid", " ", fl), one(watch.State, unusable("Florid"))},
		"elsewhere":                     {state("Florid", "Germany", fl), one(watch.State, usable("Florid"))},
		"beside an unrecognised one":    {state("Florid", "US", bavaria), one(watch.State, usable("Florid"))},
		"beside none":                   {state("Florid", "US", nil), one(watch.State, usable("Florid"))},
		"recognised":                    {state("georgia", "US", fl), one(watch.State, usable("GA"))},
		"code that is foreign, as such": {state("wa", "Australia", fl), one(watch.State, usable("wa"))},
	})
}
