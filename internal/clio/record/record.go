// Package record has Clio's records as far as they matter to a watch: matters, their clients and addresses, and the answer
// to one reading. It has no transport, so that the merge can be pure.
package record

import (
	"context"
	"strings"
	"time"
)

// Matter is a matter as Clio shows it to the connected user. Texts come as Clio sent them, uncleaned; an attribute that
// Clio leaves null is empty.
type Matter struct {
	ID            int64         `json:"id"`
	DisplayNumber string        `json:"display_number"`
	Description   string        `json:"description"`
	Status        string        `json:"status"`
	OpenDate      string        `json:"open_date"`
	Client        *Client       `json:"client"`               // nil: not shown
	Attorney      *Attorney     `json:"responsible_attorney"` // nil: the matter has none
	PracticeArea  *PracticeArea `json:"practice_area"`        // nil: the matter has none
}

// Client is what a matter has of the contact that is its client.
type Client struct {
	ID          int64  `json:"id"`
	Type        string `json:"type"` // Person or Company
	Name        string `json:"name"`
	FirstName   string `json:"first_name"`
	LastName    string `json:"last_name"`
	DateOfBirth string `json:"date_of_birth"`
}

// IsCompany reports whether the client is a company rather than a person.
func (c *Client) IsCompany() bool {
	return strings.EqualFold(c.Type, "Company")
}

// RecordID is Clio's id of the matter; 0 where a list holds something else.
func (m *Matter) RecordID() int64 {
	if m == nil {
		return 0
	}
	return m.ID
}

// Attorney is a matter's responsible attorney. The name is empty where Clio hides it.
type Attorney struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// PracticeArea is a field of law of the firm's own naming, within one of Clio's categories.
type PracticeArea struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Category string `json:"category"` // snake case, from Clio's closed list; may be empty
}

// RecordID is Clio's id of the practice area; 0 where a list holds something else.
func (p *PracticeArea) RecordID() int64 {
	if p == nil {
		return 0
	}
	return p.ID
}

// Contact is what the list of contacts has beyond a matter's client: the addresses.
type Contact struct {
	ID             int64     `json:"id"`
	PrimaryAddress *Address  `json:"primary_address"`
	Addresses      []Address `json:"addresses"`
}

// RecordID is Clio's id of the contact; 0 where a list holds something else.
func (c *Contact) RecordID() int64 {
	if c == nil {
		return 0
	}
	return c.ID
}

// Address is one address of a contact, in free text.
type Address struct {
	ID       int64  `json:"id"`
	City     string `json:"city"`
	Province string `json:"province"` // the state
	Country  string `json:"country"`
	Primary  bool   `json:"primary"`
}

// Read asks Clio for up to 100 matters and for the addresses of their clients.
type Read func(ctx context.Context, matterIDs []int64) (*Snapshot, error)

// Snapshot is Clio's answer to one reading of up to 100 matters. An id that Clio didn't return is not in the maps.
type Snapshot struct {
	// Region and AccountID say whose Clio answered; AccountID is nil if Clio didn't say.
	Region    string
	AccountID *int64
	// AskedAt is when Clio was asked, before the first of the two requests.
	AskedAt  time.Time
	Matters  map[int64]*Matter
	Contacts map[int64]*Contact
	// ContactsRefused says that Clio answered 403 to the request for contacts: nothing is known of any address.
	ContactsRefused bool
}
