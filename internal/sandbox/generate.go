package sandbox

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// generator makes realistic matters and contacts. The same seed always makes the same firm.
type generator struct {
	*rand.Rand
	firm        *Firm
	nextMatter  int64
	nextContact int64
	clients     []int64 // contacts that may get another matter
}

// generate adds matters until the firm has that many. Their ids follow those that it has and have gaps. Nobody else may generate meanwhile.
func generate(f *Firm, matters int) {
	have := f.Matters()
	g := &generator{
		Rand:        rand.New(rand.NewPCG(1851, uint64(2026+len(have)-len(namedCases)))), // others than the last time
		firm:        f,
		nextMatter:  max(lastNamedMatter, highestID(have)) + 1,
		nextContact: max(lastNamedContact, highestID(f.Contacts())) + 1,
	}
	for range matters - len(have) {
		f.matters.add(g.matter())
	}
}

// The highest ids of the named cases.
const (
	lastNamedMatter  = 1019
	lastNamedContact = 519
)

// highestID is that of records ordered by id; 0 if there are none.
func highestID[T any, P row[T]](records []T) int64 {
	if len(records) == 0 {
		return 0
	}
	return P(&records[len(records)-1]).head().ID
}

// chance returns true in the given percentage of calls.
func (g *generator) chance(percent int) bool { return g.IntN(100) < percent }

func pick[T any](g *generator, from []T) T { return from[g.IntN(len(from))] }

// client returns the client of the next matter: often one who already has a matter, sometimes a company.
func (g *generator) client() Contact {
	if len(g.clients) > 0 && g.chance(20) {
		if again, err := g.firm.Contact(pick(g, g.clients)); err == nil { // else deleted since
			return again
		}
	}
	c := Contact{Head: g.head(&g.nextContact)}
	if g.chance(14) {
		c.Type, c.Name = "Company", new(pick(g, companyNames))
	} else {
		g.person(&c)
	}
	if g.chance(92) {
		g.addresses(&c)
	}
	g.clients = append(g.clients, c.ID)
	return g.firm.contacts.add(c)
}

// head returns a head with the next id and increases it by one to three, so that ids have gaps.
func (g *generator) head(next *int64) Head {
	id := *next
	*next += int64(1 + g.IntN(3))
	made := seedTime.AddDate(0, 0, -g.IntN(1500)).Add(-time.Duration(g.IntN(86400)) * time.Second)
	return Head{ID: id, CreatedAt: made, UpdatedAt: made.Add(time.Duration(g.Int64N(int64(seedTime.Sub(made) + 1)))).Truncate(time.Second)}
}

func (g *generator) person(c *Contact) {
	first, last := pick(g, firstNames), pick(g, lastNames)
	c.Type, c.FirstName, c.LastName = "Person", &first, &last
	switch n := g.IntN(100); {
	case n < 3:
		c.FirstName = new("  " + first + " ")
	case n < 5:
		c.FirstName = new("")
	case n < 7:
		c.LastName = new("N/A")
	case n < 9:
		c.FirstName = nil
	case n < 10:
		c.LastName = new("\u200b" + last)
	}
	if g.chance(25) {
		c.MiddleName = new(string(pick(g, []rune("ABCDEFGHJKLMNPRSTW"))) + ".")
	}
	if g.chance(60) {
		c.DateOfBirth = new(g.birthDate())
	}
	if g.chance(70) {
		c.Email = new(fmt.Sprintf("client%d@mail.test", c.ID))
	}
	if g.chance(50) {
		c.Phone = new(fmt.Sprintf("555-01%02d", g.IntN(100)))
	}
}

// birthDate returns the birth date of an adult, sometimes in the wrong century, like a typing error.
func (g *generator) birthDate() string {
	year := 1925 + g.IntN(75)
	switch n := g.IntN(100); {
	case n < 4:
		year += 100
	case n < 5:
		year -= 200
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, 1+g.IntN(12), 1+g.IntN(28))
}

// addresses adds one or two addresses, mostly with the first as the primary one.
func (g *generator) addresses(c *Contact) {
	for range 1 + g.IntN(5)/4 {
		c.Addresses = append(c.Addresses, g.address())
	}
	g.firm.mu.Lock()
	for i := range c.Addresses {
		c.Addresses[i].ID = g.firm.nextAddressID()
	}
	g.firm.mu.Unlock()
	switch {
	case g.chance(88):
		c.PrimaryAddress = new(c.Addresses[0])
	case g.chance(50):
		c.Addresses[len(c.Addresses)-1].Primary = true
	}
}

func (g *generator) address() Address {
	where := pick(g, towns)
	a := place(fmt.Sprintf("%d %s", 1+g.IntN(9999), pick(g, streets)), where.city, where.province, where.postalCode, where.country)
	a.Name = new(pick(g, []string{"Home", "Home", "Work", "Billing", "Other"}))
	if g.chance(5) {
		a.Province = nil
	}
	if g.chance(3) {
		a.City, a.Province = nil, nil
	}
	return a
}

func (g *generator) matter() Matter {
	client := g.client()
	m := Matter{Head: g.head(&g.nextMatter), ClientID: &client.ID, Billable: g.chance(90)}
	m.Number = int32(m.ID - 1000)
	m.DisplayNumber = new(fmt.Sprintf("%05d-%s", m.Number, strings.TrimSpace(shortName(&client))))
	m.Description = optional(pick(g, matterDescriptions))
	m.BillingMethod = pick(g, []string{"hourly", "hourly", "flat", "contingency"})
	if g.chance(91) {
		m.ResponsibleAttorneyID = new(31 + int64(g.IntN(5)))
		m.OriginatingAttorneyID = m.ResponsibleAttorneyID
	}
	if g.chance(40) {
		m.ResponsibleStaffID = new(int64(36))
	}
	if g.chance(89) {
		m.PracticeAreaID = new(pick(g, firstAreas).id)
	}
	g.quirks(&m)
	g.dates(&m)
	return m
}

// quirks adds the irregularities of firms that number their matters by hand.
func (g *generator) quirks(m *Matter) {
	switch n := g.IntN(100); {
	case n < 2:
		m.DisplayNumber = nil
	case n < 4:
		m.DisplayNumber = new("")
	case n < 8:
		m.DisplayNumber = new(fmt.Sprintf("%d / %s", 1990+g.IntN(36), *m.DisplayNumber))
	}
	if g.chance(2) {
		m.Description = new("   ")
	}
}

// dates sets the status and the dates: six in ten matters are open, three closed, one pending.
func (g *generator) dates(m *Matter) {
	opened := m.CreatedAt
	later := func() *string {
		day := opened.AddDate(0, 0, 30+g.IntN(700))
		if day.After(seedTime) {
			day = seedTime
		}
		return new(day.Format(time.DateOnly))
	}
	if g.chance(96) {
		m.OpenDate = new(opened.Format(time.DateOnly))
	}
	switch n := g.IntN(10); {
	case n < 6:
		m.Status = "Open"
	case n < 9:
		m.Status, m.CloseDate = "Closed", later()
	default:
		m.Status, m.PendingDate = "Pending", later()
	}
}

// shortName returns the end of a display number.
func shortName(c *Contact) string {
	if c.LastName != nil {
		return *c.LastName
	}
	first, _, _ := strings.Cut(*c.fullName(), " ")
	return first
}
