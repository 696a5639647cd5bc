package syncer_test

import (
	"testing"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/watch"
)

func TestOffersOfTheContact(t *testing.T) {
	testOffers(t, map[string]offerCase{
		"not returned":    {func(s *scene) { delete(s.snapshot.Contacts, 501) }, place(notShown, notShown)},
		"refused":         {func(s *scene) { s.snapshot.ContactsRefused = true }, place(notShown, notShown)},
		"refused for all": {func(s *scene) { s.snapshot.ContactsRefused, s.snapshot.Contacts = true, nil }, place(notShown, notShown)},
		"no address":      {func(s *scene) { s.contact.PrimaryAddress = nil }, place(empty, empty)},
		"city alone":      {func(s *scene) { s.contact.PrimaryAddress.Province = " " }, place(offered("Miami"), empty)},
		"state alone":     {func(s *scene) { s.contact.PrimaryAddress.City = "" }, place(empty, offered("FL"))},
		"placeholders": {
			func(s *scene) { s.contact.PrimaryAddress.City, s.contact.PrimaryAddress.Province = "Unknown", "N/A" },
			place(unusable("Unknown"), unusable("N/A")),
		},
	})
}

func TestOffersChooseOneAddress(t *testing.T) {
	addresses := func(primary *clio.Address, others ...clio.Address) func(*scene) {
		return func(s *scene) { s.contact.PrimaryAddress, s.contact.Addresses = primary, others }
	}
	blank := clio.Address{ID: 1, City: " ", Province: "\u200b", Country: "US", Primary: true}
	reno := clio.Address{ID: 2, City: "Reno", Province: "Nevada"}
	bend := clio.Address{ID: 3, City: "Bend", Province: "Ore."}
	cityOnly := clio.Address{ID: 4, City: "Salem", Primary: true}
	flagged := clio.Address{ID: 6, City: "Mobile", Province: "Ala.", Primary: true}

	testOffers(t, map[string]offerCase{
		"the primary one":                 {addresses(&reno, bend, flagged), place(offered("Reno"), offered("NV"))},
		"else one flagged primary":        {addresses(nil, reno, bend, flagged), place(offered("Mobile"), offered("AL"))},
		"the lower id of two flagged":     {addresses(nil, flagged, cityOnly), place(offered("Salem"), empty)},
		"else the lowest id":              {addresses(nil, bend, reno), place(offered("Reno"), offered("NV"))},
		"blank primary is passed over":    {addresses(&blank, bend, flagged), place(offered("Mobile"), offered("AL"))},
		"blank flagged is passed over":    {addresses(nil, bend, blank, reno), place(offered("Reno"), offered("NV"))},
		"nothing but blank":               {addresses(&blank, blank), place(empty, empty)},
		"city and state of the same one":  {addresses(&cityOnly, reno), place(offered("Salem"), empty)},
		"the answer's order doesn't tell": {addresses(nil, flagged, bend, reno), place(offered("Mobile"), offered("AL"))},
	})
}

func TestOffersOfAStateThatIsNotRecognised(t *testing.T) {
	state := func(province, country string, held *string) func(*scene) {
		return func(s *scene) {
			s.contact.PrimaryAddress.Province, s.contact.PrimaryAddress.Country, s.watch.State = province, country, held
		}
	}
	fl, bavaria := ptr("FL"), ptr("Bavaria")
	testOffers(t, map[string]offerCase{
		"in the US":                     {state("Florid", "U.S.", fl), one(watch.State, unusable("Florid"))},
		"in Canada":                     {state("Florid", "Canada", fl), one(watch.State, unusable("Florid"))},
		"in no country":                 {state("Florid", " ", fl), one(watch.State, unusable("Florid"))},
		"elsewhere":                     {state("Florid", "Germany", fl), one(watch.State, offered("Florid"))},
		"beside an unrecognised one":    {state("Florid", "US", bavaria), one(watch.State, offered("Florid"))},
		"beside none":                   {state("Florid", "US", nil), one(watch.State, offered("Florid"))},
		"recognised":                    {state("georgia", "US", fl), one(watch.State, offered("GA"))},
		"code that is foreign, as such": {state("wa", "Australia", fl), one(watch.State, offered("wa"))},
	})
}
