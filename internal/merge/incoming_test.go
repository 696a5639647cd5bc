package merge_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/civil"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

var today = civil.Date{Year: 2026, Month: time.November, Day: 23}

// scene is an ordinary watch, linked to an ordinary matter, with Clio's answer; cases change one thing about it.
type scene struct {
	watch    *watch.Watch
	matter   *record.Matter
	contact  *record.Contact
	snapshot *record.Snapshot
	mapping  map[int64]watch.CaseType
}

func newScene() *scene {
	contactID := int64(501)
	s := &scene{
		watch: &watch.Watch{ClioLink: &watch.ClioLink{ContactID: &contactID}},
		matter: &record.Matter{
			ID: 1001, DisplayNumber: " 00001-Rivera", OpenDate: "2025-02-03",
			Client: &record.Client{
				ID: 501, Type: "Person", Name: "Ana Rivera", FirstName: "Ana ", LastName: "Rivera", DateOfBirth: "1961-04-09",
			},
			Attorney:     &record.Attorney{ID: 31, Name: "Lee  Park"},
			PracticeArea: &record.PracticeArea{ID: 7, Name: "Estate Planning", Category: "wills_and_estates"},
		},
		contact: &record.Contact{ID: 501, PrimaryAddress: &record.Address{ID: 9, City: " Miami", Province: "Fla.", Country: "US"}},
	}
	s.snapshot = &record.Snapshot{Contacts: map[int64]*record.Contact{501: s.contact}}
	return s
}

func (s *scene) incoming() merge.IncomingFields {
	return merge.IncomingFor(s.watch, s.matter, s.snapshot, s.mapping, today)
}

func usable(value string) merge.Incoming {
	return merge.Incoming{Availability: merge.Usable, Value: value}
}

func unusable(value string) merge.Incoming {
	return merge.Incoming{Availability: merge.Unusable, Value: value}
}

var (
	empty    = merge.Incoming{Availability: merge.Empty}
	notShown = merge.Incoming{Availability: merge.NotShown}
	held     = merge.Incoming{Availability: merge.Held}
)

func ordinaryIncoming() merge.IncomingFields {
	return merge.IncomingFields{
		watch.FirstName: usable("Ana"), watch.LastName: usable("Rivera"), watch.DateOfBirth: usable("1961-04-09"),
		watch.City: usable("Miami"), watch.State: usable("FL"),
		watch.CaseNumber: usable("00001-Rivera"), watch.AssignedTo: usable("Lee Park"),
		watch.CaseTypeField: usable("ESTATE_PLANNING"), watch.DateOfInterest: usable("2025-02-03"),
	}
}

func personal(value merge.Incoming) merge.IncomingFields {
	return merge.IncomingFields{
		watch.FirstName: value, watch.LastName: value, watch.DateOfBirth: value, watch.City: value, watch.State: value,
	}
}

func place(city, state merge.Incoming) merge.IncomingFields {
	return merge.IncomingFields{watch.City: city, watch.State: state}
}

func one(field watch.SyncedField, value merge.Incoming) merge.IncomingFields {
	return merge.IncomingFields{field: value}
}

func ptr[T any](value T) *T { return &value }

type incomingCase struct {
	change func(*scene)
	want   merge.IncomingFields // what differs from the ordinary values
}

func testIncoming(t *testing.T, cases map[string]incomingCase) {
	t.Parallel()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene()
			c.change(s)
			want := ordinaryIncoming()
			for field, value := range c.want {
				want[field] = value
			}
			require.Equal(t, want, s.incoming())
		})
	}
}

func TestIncomingFromTheClient(t *testing.T) {
	other := ptr(int64(502))
	testIncoming(t, map[string]incomingCase{
		"ordinary":           {func(*scene) {}, nil},
		"null":               {func(s *scene) { s.matter.Client = nil }, personal(notShown)},
		"without any name":   {func(s *scene) { *s.matter.Client = record.Client{ID: 501, Type: "Person", Name: " "} }, personal(notShown)},
		"nameless company":   {func(s *scene) { *s.matter.Client = record.Client{ID: 501, Type: "Company"} }, personal(notShown)},
		"company":            {func(s *scene) { *s.matter.Client = record.Client{ID: 501, Type: "Company", Name: "Acme"} }, personal(empty)},
		"another contact":    {func(s *scene) { s.watch.ClioLink.ContactID = other }, personal(held)},
		"another, nameless":  {func(s *scene) { *s.matter.Client = record.Client{ID: 502} }, personal(held)},
		"another, a company": {func(s *scene) { *s.matter.Client = record.Client{ID: 502, Type: "Company", Name: "Acme"} }, personal(held)},
		"without an id":      {func(s *scene) { s.matter.Client.ID = 0 }, place(notShown, notShown)},
		"another, still": {
			func(s *scene) { s.matter.Client.ID, s.watch.ClioLink.State = 0, watch.ClientChanged }, personal(held),
		},
		"the linked one again": {func(s *scene) { s.watch.ClioLink.State = watch.ClientChanged }, nil},
		"link without one":     {func(s *scene) { s.watch.ClioLink.ContactID = nil }, nil},
		"no link":              {func(s *scene) { s.watch.ClioLink = nil }, nil},
		"full name alone": {
			func(s *scene) { s.matter.Client.FirstName, s.matter.Client.LastName = "", "\u200b" },
			merge.IncomingFields{watch.FirstName: empty, watch.LastName: empty},
		},
		"first name alone": {
			func(s *scene) { s.matter.Client.Name, s.matter.Client.LastName = "", "" }, one(watch.LastName, empty),
		},
		"placeholder":  {func(s *scene) { s.matter.Client.FirstName = " Unknown " }, one(watch.FirstName, unusable("Unknown"))},
		"no letter":    {func(s *scene) { s.matter.Client.LastName = "???" }, one(watch.LastName, unusable("???"))},
		"unreadable":   {func(s *scene) { s.matter.Client.LastName = "Riv\xffra" }, one(watch.LastName, unusable("Riv\uFFFDra"))},
		"too long":     {func(s *scene) { s.matter.Client.LastName = long }, one(watch.LastName, unusable(long))},
		"no birthday":  {func(s *scene) { s.matter.Client.DateOfBirth = "" }, one(watch.DateOfBirth, empty)},
		"born today":   {func(s *scene) { s.matter.Client.DateOfBirth = "2026-11-23" }, one(watch.DateOfBirth, usable("2026-11-23"))},
		"not born yet": {func(s *scene) { s.matter.Client.DateOfBirth = "2026-11-24" }, one(watch.DateOfBirth, unusable("2026-11-24"))},
		"born in 1799": {func(s *scene) { s.matter.Client.DateOfBirth = "1799-12-31" }, one(watch.DateOfBirth, unusable("1799-12-31"))},
		"impossible":   {func(s *scene) { s.matter.Client.DateOfBirth = "2025-02-30" }, one(watch.DateOfBirth, unusable("2025-02-30"))},
	})
}

var long = strings.Repeat("x", 201)

func TestIncomingFromTheMatter(t *testing.T) {
	const noDate = "0000-00-00"
	testIncoming(t, map[string]incomingCase{
		"no number":           {func(s *scene) { s.matter.DisplayNumber = " " }, one(watch.CaseNumber, empty)},
		"number a dash":       {func(s *scene) { s.matter.DisplayNumber = "-" }, one(watch.CaseNumber, unusable("-"))},
		"number of digits":    {func(s *scene) { s.matter.DisplayNumber = "42" }, one(watch.CaseNumber, usable("42"))},
		"no attorney":         {func(s *scene) { s.matter.Attorney = nil }, one(watch.AssignedTo, empty)},
		"attorney hidden":     {func(s *scene) { s.matter.Attorney.Name = "\u00a0" }, one(watch.AssignedTo, notShown)},
		"attorney TBD":        {func(s *scene) { s.matter.Attorney.Name = "TBD" }, one(watch.AssignedTo, unusable("TBD"))},
		"attorney a number":   {func(s *scene) { s.matter.Attorney.Name = "7" }, one(watch.AssignedTo, unusable("7"))},
		"not opened":          {func(s *scene) { s.matter.OpenDate = "" }, one(watch.DateOfInterest, empty)},
		"open date zero":      {func(s *scene) { s.matter.OpenDate = noDate }, one(watch.DateOfInterest, unusable(noDate))},
		"open date year zero": {func(s *scene) { s.matter.OpenDate = "0000-01-01" }, one(watch.DateOfInterest, unusable("0000-01-01"))},
		"open date none":      {func(s *scene) { s.matter.OpenDate = "None" }, one(watch.DateOfInterest, unusable("None"))},
		"open date to come":   {func(s *scene) { s.matter.OpenDate = "2030-01-01" }, one(watch.DateOfInterest, usable("2030-01-01"))},
		"open date long past": {func(s *scene) { s.matter.OpenDate = "1700-01-01" }, one(watch.DateOfInterest, usable("1700-01-01"))},
		"no practice area":    {func(s *scene) { s.matter.PracticeArea = nil }, one(watch.CaseTypeField, empty)},
		"mapping": {
			func(s *scene) { s.mapping = map[int64]watch.CaseType{7: watch.Tax} }, one(watch.CaseTypeField, usable("TAX")),
		},
		"built-in OTHER fills": {
			func(s *scene) { s.matter.PracticeArea = &record.PracticeArea{ID: 8, Name: "Zoo"} },
			one(watch.CaseTypeField, usable("OTHER")),
		},
		"built-in OTHER replaces nothing": {
			func(s *scene) {
				s.matter.PracticeArea, s.watch.CaseType = &record.PracticeArea{ID: 8, Name: "Zoo"}, ptr(watch.Probate)
			},
			one(watch.CaseTypeField, empty),
		},
		"built-in OTHER beside OTHER": {
			func(s *scene) {
				s.matter.PracticeArea, s.watch.CaseType = &record.PracticeArea{ID: 8, Name: "Zoo"}, ptr(watch.Other)
			},
			one(watch.CaseTypeField, empty),
		},
		"built-in type that isn't OTHER": {func(s *scene) { s.watch.CaseType = ptr(watch.Probate) }, nil},
		"chosen OTHER": {
			func(s *scene) {
				s.mapping, s.watch.CaseType = map[int64]watch.CaseType{7: watch.Other}, ptr(watch.Probate)
			},
			one(watch.CaseTypeField, usable("OTHER")),
		},
	})
}
