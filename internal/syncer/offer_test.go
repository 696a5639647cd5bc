package syncer_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/civil"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

var today = civil.Date{Year: 2026, Month: time.November, Day: 23}

// scene is an ordinary watch, linked to an ordinary matter, with Clio's answer; cases change one thing about it.
type scene struct {
	watch    *watch.Watch
	matter   *clio.Matter
	contact  *clio.Contact
	snapshot *clio.Snapshot
	mapping  map[int64]watch.CaseType
}

func newScene() *scene {
	contactID := int64(501)
	s := &scene{
		watch: &watch.Watch{ClioLink: &watch.ClioLink{ContactID: &contactID}},
		matter: &clio.Matter{
			ID: 1001, DisplayNumber: " 00001-Rivera", OpenDate: "2025-02-03",
			Client: &clio.Client{
				ID: 501, Type: "Person", Name: "Ana Rivera", FirstName: "Ana ", LastName: "Rivera", DateOfBirth: "1961-04-09",
			},
			Attorney:     &clio.Attorney{ID: 31, Name: "Lee  Park"},
			PracticeArea: &clio.PracticeArea{ID: 7, Name: "Estate Planning", Category: "wills_and_estates"},
		},
		contact: &clio.Contact{ID: 501, PrimaryAddress: &clio.Address{ID: 9, City: " Miami", Province: "Fla.", Country: "US"}},
	}
	s.snapshot = &clio.Snapshot{Contacts: map[int64]*clio.Contact{501: s.contact}}
	return s
}

func (s *scene) offers() syncer.Offers {
	return syncer.OffersFor(s.watch, s.matter, s.snapshot, s.mapping, today)
}

func offered(value string) syncer.Offer { return syncer.Offer{Standing: syncer.Offered, Value: value} }
func unusable(value string) syncer.Offer {
	return syncer.Offer{Standing: syncer.Unusable, Value: value}
}

var (
	empty    = syncer.Offer{Standing: syncer.Empty}
	notShown = syncer.Offer{Standing: syncer.NotShown}
	held     = syncer.Offer{Standing: syncer.Held}
)

func ordinaryOffers() syncer.Offers {
	return syncer.Offers{
		watch.FirstName: offered("Ana"), watch.LastName: offered("Rivera"), watch.DateOfBirth: offered("1961-04-09"),
		watch.City: offered("Miami"), watch.State: offered("FL"),
		watch.CaseNumber: offered("00001-Rivera"), watch.AssignedTo: offered("Lee Park"),
		watch.CaseTypeField: offered("ESTATE_PLANNING"), watch.DateOfInterest: offered("2025-02-03"),
	}
}

func personal(offer syncer.Offer) syncer.Offers {
	return syncer.Offers{
		watch.FirstName: offer, watch.LastName: offer, watch.DateOfBirth: offer, watch.City: offer, watch.State: offer,
	}
}

func place(city, state syncer.Offer) syncer.Offers {
	return syncer.Offers{watch.City: city, watch.State: state}
}

func one(field watch.SyncedField, offer syncer.Offer) syncer.Offers {
	return syncer.Offers{field: offer}
}

func ptr[T any](value T) *T { return &value }

type offerCase struct {
	change func(*scene)
	want   syncer.Offers // what differs from the ordinary offers
}

func testOffers(t *testing.T, cases map[string]offerCase) {
	t.Parallel()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene()
			c.change(s)
			want := ordinaryOffers()
			for field, offer := range c.want {
				want[field] = offer
			}
			require.Equal(t, want, s.offers())
		})
	}
}

func TestOffersOfTheClient(t *testing.T) {
	other := ptr(int64(502))
	testOffers(t, map[string]offerCase{
		"ordinary":           {func(*scene) {}, nil},
		"null":               {func(s *scene) { s.matter.Client = nil }, personal(notShown)},
		"without any name":   {func(s *scene) { *s.matter.Client = clio.Client{ID: 501, Type: "Person", Name: " "} }, personal(notShown)},
		"nameless company":   {func(s *scene) { *s.matter.Client = clio.Client{ID: 501, Type: "Company"} }, personal(notShown)},
		"company":            {func(s *scene) { *s.matter.Client = clio.Client{ID: 501, Type: "Company", Name: "Acme"} }, personal(empty)},
		"another contact":    {func(s *scene) { s.watch.ClioLink.ContactID = other }, personal(held)},
		"another, nameless":  {func(s *scene) { *s.matter.Client = clio.Client{ID: 502} }, personal(held)},
		"another, a company": {func(s *scene) { *s.matter.Client = clio.Client{ID: 502, Type: "Company", Name: "Acme"} }, personal(held)},
		"without an id":      {func(s *scene) { s.matter.Client.ID = 0 }, place(notShown, notShown)},
		"another, still": {
			func(s *scene) { s.matter.Client.ID, s.watch.ClioLink.State = 0, watch.ClientChanged }, personal(held),
		},
		"the linked one again": {func(s *scene) { s.watch.ClioLink.State = watch.ClientChanged }, nil},
		"link without one":     {func(s *scene) { s.watch.ClioLink.ContactID = nil }, nil},
		"no link":              {func(s *scene) { s.watch.ClioLink = nil }, nil},
		"full name alone": {
			func(s *scene) { s.matter.Client.FirstName, s.matter.Client.LastName = "", "\u200b" },
			syncer.Offers{watch.FirstName: empty, watch.LastName: empty},
		},
		"first name alone": {
			func(s *scene) { s.matter.Client.Name, s.matter.Client.LastName = "", "" }, one(watch.LastName, empty),
		},
		"placeholder":  {func(s *scene) { s.matter.Client.FirstName = " Unknown " }, one(watch.FirstName, unusable("Unknown"))},
		"no letter":    {func(s *scene) { s.matter.Client.LastName = "???" }, one(watch.LastName, unusable("???"))},
		"unreadable":   {func(s *scene) { s.matter.Client.LastName = "Riv\xffra" }, one(watch.LastName, unusable("Riv\uFFFDra"))},
		"too long":     {func(s *scene) { s.matter.Client.LastName = long }, one(watch.LastName, unusable(long))},
		"no birthday":  {func(s *scene) { s.matter.Client.DateOfBirth = "" }, one(watch.DateOfBirth, empty)},
		"born today":   {func(s *scene) { s.matter.Client.DateOfBirth = "2026-11-23" }, one(watch.DateOfBirth, offered("2026-11-23"))},
		"not born yet": {func(s *scene) { s.matter.Client.DateOfBirth = "2026-11-24" }, one(watch.DateOfBirth, unusable("2026-11-24"))},
		"born in 1799": {func(s *scene) { s.matter.Client.DateOfBirth = "1799-12-31" }, one(watch.DateOfBirth, unusable("1799-12-31"))},
		"impossible":   {func(s *scene) { s.matter.Client.DateOfBirth = "2025-02-30" }, one(watch.DateOfBirth, unusable("2025-02-30"))},
	})
}

var long = strings.Repeat("x", 201)

func TestOffersOfTheMatter(t *testing.T) {
	const noDate = "0000-00-00"
	testOffers(t, map[string]offerCase{
		"no number":           {func(s *scene) { s.matter.DisplayNumber = " " }, one(watch.CaseNumber, empty)},
		"number a dash":       {func(s *scene) { s.matter.DisplayNumber = "-" }, one(watch.CaseNumber, unusable("-"))},
		"number of digits":    {func(s *scene) { s.matter.DisplayNumber = "42" }, one(watch.CaseNumber, offered("42"))},
		"no attorney":         {func(s *scene) { s.matter.Attorney = nil }, one(watch.AssignedTo, empty)},
		"attorney hidden":     {func(s *scene) { s.matter.Attorney.Name = "\u00a0" }, one(watch.AssignedTo, notShown)},
		"attorney TBD":        {func(s *scene) { s.matter.Attorney.Name = "TBD" }, one(watch.AssignedTo, unusable("TBD"))},
		"attorney a number":   {func(s *scene) { s.matter.Attorney.Name = "7" }, one(watch.AssignedTo, unusable("7"))},
		"not opened":          {func(s *scene) { s.matter.OpenDate = "" }, one(watch.DateOfInterest, empty)},
		"open date zero":      {func(s *scene) { s.matter.OpenDate = noDate }, one(watch.DateOfInterest, unusable(noDate))},
		"open date year zero": {func(s *scene) { s.matter.OpenDate = "0000-01-01" }, one(watch.DateOfInterest, unusable("0000-01-01"))},
		"open date none":      {func(s *scene) { s.matter.OpenDate = "None" }, one(watch.DateOfInterest, unusable("None"))},
		"open date to come":   {func(s *scene) { s.matter.OpenDate = "2030-01-01" }, one(watch.DateOfInterest, offered("2030-01-01"))},
		"open date long past": {func(s *scene) { s.matter.OpenDate = "1700-01-01" }, one(watch.DateOfInterest, offered("1700-01-01"))},
		"no practice area":    {func(s *scene) { s.matter.PracticeArea = nil }, one(watch.CaseTypeField, empty)},
		"mapping": {
			func(s *scene) { s.mapping = map[int64]watch.CaseType{7: watch.Tax} }, one(watch.CaseTypeField, offered("TAX")),
		},
		"built-in OTHER fills": {
			func(s *scene) { s.matter.PracticeArea = &clio.PracticeArea{ID: 8, Name: "Zoo"} },
			one(watch.CaseTypeField, offered("OTHER")),
		},
		"built-in OTHER replaces nothing": {
			func(s *scene) {
				s.matter.PracticeArea, s.watch.CaseType = &clio.PracticeArea{ID: 8, Name: "Zoo"}, ptr(watch.Probate)
			},
			one(watch.CaseTypeField, empty),
		},
		"built-in OTHER beside OTHER": {
			func(s *scene) {
				s.matter.PracticeArea, s.watch.CaseType = &clio.PracticeArea{ID: 8, Name: "Zoo"}, ptr(watch.Other)
			},
			one(watch.CaseTypeField, empty),
		},
		"built-in type that isn't OTHER": {func(s *scene) { s.watch.CaseType = ptr(watch.Probate) }, nil},
		"chosen OTHER": {
			func(s *scene) {
				s.mapping, s.watch.CaseType = map[int64]watch.CaseType{7: watch.Other}, ptr(watch.Probate)
			},
			one(watch.CaseTypeField, offered("OTHER")),
		},
	})
}

func TestImportable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*clio.Client)
		want   bool
	}{
		"person":                 {func(*clio.Client) {}, true},
		"without a full name":    {func(c *clio.Client) { c.Name = "" }, true},
		"without an id":          {func(c *clio.Client) { c.ID = 0 }, true},
		"company":                {func(c *clio.Client) { c.Type = "Company" }, false},
		"without a first name":   {func(c *clio.Client) { c.FirstName = " " }, false},
		"without a last name":    {func(c *clio.Client) { c.LastName = "" }, false},
		"first name a dash":      {func(c *clio.Client) { c.FirstName = "-" }, false},
		"last name unreadable":   {func(c *clio.Client) { c.LastName = "R\uFFFD" }, false},
		"unusable date of birth": {func(c *clio.Client) { c.DateOfBirth = "n/a" }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			matter := newScene().matter
			c.change(matter.Client)
			require.Equal(t, c.want, syncer.Importable(matter))
		})
	}
	require.False(t, syncer.Importable(&clio.Matter{}), "a client that isn't shown")
}
