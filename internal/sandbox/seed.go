package sandbox

import (
	"cmp"
	"fmt"
	"time"

	"github.com/jonboulle/clockwork"
)

// The two accounts that can be connected. The first has about 250 matters, the second a handful.
const (
	FirstAccount  int64 = 9001
	SecondAccount int64 = 9002
)

// defaultMatters is how many matters the first firm has, unless another number is chosen.
const defaultMatters = 250

// namedCase is one of the matters that a demo can rely on. The client's id is the matter's id minus 500: 1001 has 501.
type namedCase struct {
	number       int64
	first        string
	last         string
	birthDate    string // "" is null
	address      Address
	attorney     int64 // 0 is none
	practiceArea int64 // 0 is none
	openDate     string
	description  string
	adjust       func(*Matter, *Contact) // makes the case differ from an open matter of a person with all attributes
}

// namedCases are, by id:
//
//	1001–1008  open matters of persons with all attributes
//	1009       another matter of the client of 1001
//	1010       a company for a client
//	1011       no responsible attorney
//	1012       no practice area
//	1013       no birth date, and a blank province
//	1014       no primary address, but one of two addresses is flagged primary
//	1015       no primary address and none flagged: the lowest id counts
//	1016       a primary address with neither city nor province
//	1017       pending
//	1018       closed
//	1019       no address at all
var namedCases = []namedCase{
	{1001, "Ana", "Rivera", "1961-04-09", place("12 Bayshore Blvd", "Tampa", "FL", "33606", "US"), 31, 7, "2025-02-03", "Estate plan", nil},
	{1002, "Robert", "Hale", "1948-11-30", place("4410 Elm St", "Dallas", "TX", "75226", "US"), 32, 12, "2024-09-17", "Fall at the Mercer Street site", nil},
	{1003, "Maeve", "O'Brien", "1939-06-21", place("77 Seaview Ave", "Boca Raton", "Florida", "33432", "United States"), 34, 8, "2025-06-11", "Probate of the estate of T. O'Brien", nil},
	{1004, "José", "Peña", "1955-01-08", place("301 Alamo Plaza", "San Antonio", "Texas", "78205", "USA"), 33, 14, "2023-12-01", "Back injury at work", nil},
	{1005, "Walter", "Lindqvist", "1942-08-15", place("9 Lake Rd", "Duluth", "MN", "55802", "US"), 31, 9, "2024-03-22", "Lindqvist family trust", secondHome},
	{1006, "Geneviève", "Côté", "1950-10-02", place("18 rue Saint-Denis", "Québec", "QC", "G1R 4S7", "Canada"), 33, 7, "2025-01-20", "Will and mandate", nil},
	{1007, "Thomas", "Nguyen", "1967-03-14", place("2200 Mission St", "San Francisco", "CA", "94110", "US"), 32, 13, "2025-04-28", "Late diagnosis", nil},
	{1008, "Dorothy", "Kowalski", "1936-12-25", place("650 Grand Ave", "Chicago", "Ill.", "60654", ""), 34, 11, "2024-07-09", "Medicaid planning", nil},
	{1009, "Ana", "Rivera", "1961-04-09", Address{}, 31, 15, "2025-08-18", "Sale of 12 Bayshore Blvd", func(m *Matter, _ *Contact) { m.ClientID = new(int64(501)) }},
	{1010, "", "Sunshine Holdings", "", place("1 Harbor Pl", "Miami", "FL", "33132", "US"), 32, 16, "2025-03-05", "Lease dispute", func(_ *Matter, c *Contact) {
		c.Type, c.Name, c.FirstName, c.LastName, c.Prefix = "Company", new("Sunshine Holdings LLC"), nil, nil, nil
	}},
	{1011, "Ruth", "Adler", "1944-05-19", place("88 Pine St", "Portland", "OR", "97204", "US"), 0, 7, "2025-05-12", "Codicil", nil},
	{1012, "Samuel", "Brooks", "1958-02-27", place("14 Peachtree St", "Atlanta", "GA", "30303", "US"), 31, 0, "2025-05-30", "First meeting", nil},
	{1013, "Ingrid", "Sørensen", "", place("5 Harbour Way", "Seattle", "", "98101", "US"), 34, 7, "2025-06-02", "Estate plan", nil},
	{1014, "Calvin", "Mills", "1949-09-09", place("31 Canal St", "New Orleans", "LA", "70130", "US"), 32, 8, "2025-02-25", "Succession of E. Mills", func(_ *Matter, c *Contact) {
		secondHome(nil, c)
		c.Addresses = []Address{*c.PrimaryAddress, c.Addresses[0]}
		c.Addresses[1].Primary, c.PrimaryAddress = true, nil
	}},
	{1015, "Esther", "Goldberg", "1941-07-04", place("410 Park Ave", "New York", "N.Y.", "10022", "US"), 31, 9, "2024-11-14", "Trust review", func(_ *Matter, c *Contact) {
		secondHome(nil, c)
		c.Addresses, c.PrimaryAddress = []Address{*c.PrimaryAddress, c.Addresses[0]}, nil
	}},
	{1016, "Harold", "Jensen", "1938-03-03", place("", "", "", "", "US"), 33, 10, "2025-07-01", "Guardianship", nil},
	{1017, "Lucía", "Fernández", "1970-01-31", place("7 Calle Luna", "San Juan", "PR", "00901", "US"), 33, 18, "2025-09-03", "Asylum", func(m *Matter, _ *Contact) {
		m.Status, m.PendingDate = "Pending", new("2025-10-01")
	}},
	{1018, "George", "Whitaker", "1931-10-10", place("3 Mill Ln", "Burlington", "VT", "05401", "US"), 34, 8, "2022-01-18", "Probate", func(m *Matter, _ *Contact) {
		m.Status, m.CloseDate = "Closed", new("2024-02-29")
	}},
	{1019, "Naomi", "Tanaka", "1963-06-06", Address{}, 32, 12, "2025-09-22", "Collision on Route 9", func(_ *Matter, c *Contact) {
		c.PrimaryAddress, c.Addresses = nil, nil
	}},
}

// seedTime is when the firms' records were created or changed at the latest.
var seedTime = time.Date(2026, time.March, 1, 15, 4, 5, 0, clioZone)

func place(street, city, province, postalCode, country string) Address {
	return Address{
		Name: new("Home"), Street: &street, City: &city, Province: &province, PostalCode: &postalCode, Country: &country,
	}
}

// secondHome sets an address that isn't the primary one.
func secondHome(_ *Matter, c *Contact) {
	other := place("60 Ocean Dr", "Naples", "Fla.", "34102", "US")
	other.Name = new("Other")
	c.Addresses = []Address{other}
}

// seedFirst returns the first firm: its users and practice areas and, unless empty is set, the named cases and about 230 generated
// ones, or as many as make up that number of matters.
func seedFirst(clock clockwork.Clock, empty bool, matters int) *Firm {
	f := newFirm(clock, Account{Head: Head{ID: FirstAccount, CreatedAt: seedTime, UpdatedAt: seedTime}, Name: "Alder & Finch LLP"}, 31)
	for _, user := range firstUsers {
		f.users.add(user.record(f.me))
	}
	for _, area := range firstAreas {
		f.areas.add(area.record())
	}
	if empty {
		return f
	}
	for _, each := range namedCases {
		each.addTo(f)
	}
	generate(f, cmp.Or(matters, defaultMatters))
	return f
}

// addTo adds the case's matter and its contact, unless the matter has another case's client.
func (n namedCase) addTo(f *Firm) {
	contact := Contact{
		Head: seededHead(n.number - 500), Type: "Person", FirstName: &n.first, LastName: &n.last,
		DateOfBirth: optional(n.birthDate), Email: new(fmt.Sprintf("client%d@mail.test", n.number-500)), PrimaryAddress: &n.address,
	}
	matter := Matter{
		Head: seededHead(n.number), Number: int32(n.number - 1000), Status: "Open",
		DisplayNumber: new(fmt.Sprintf("%05d-%s", n.number-1000, n.last)), Description: &n.description, OpenDate: &n.openDate,
		Billable: true, BillingMethod: "hourly", ClientID: &contact.ID,
		ResponsibleAttorneyID: optionalID(n.attorney), PracticeAreaID: optionalID(n.practiceArea),
	}
	if n.adjust != nil {
		n.adjust(&matter, &contact)
	}
	if *matter.ClientID == contact.ID {
		f.contacts.add(contact)
	}
	f.matters.add(matter)
}

func seededHead(id int64) Head {
	return Head{ID: id, CreatedAt: seedTime, UpdatedAt: seedTime}
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func optionalID(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}
