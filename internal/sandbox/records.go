package sandbox

import "time"

// Head has the attributes that every record has. The sandbox maintains them: an edit can't change them.
type Head struct {
	ID        int64     `json:"id"`
	ETag      string    `json:"etag"` // with its quotes, as Clio has it: "\"a1\""
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"` // to the second
	// Hidden records are invisible to the connected user, as if they didn't exist.
	Hidden bool `json:"hidden"`
}

func (h *Head) head() *Head { return h }

// Account is a law firm at Clio.
type Account struct {
	Head
	Name string `json:"name"`
}

// Matter is a case of the firm. A nil attribute is null in the API; dates are YYYY-MM-DD, but not checked.
type Matter struct {
	Head
	Number                int32   `json:"number"`
	DisplayNumber         *string `json:"display_number"`
	CustomNumber          *string `json:"custom_number"`
	Description           *string `json:"description"`
	Status                string  `json:"status"` // Open, Pending or Closed
	OpenDate              *string `json:"open_date"`
	PendingDate           *string `json:"pending_date"`
	CloseDate             *string `json:"close_date"`
	Location              *string `json:"location"`
	ClientReference       *string `json:"client_reference"`
	Billable              bool    `json:"billable"`
	BillingMethod         string  `json:"billing_method"` // flat, contingency or hourly
	ClientID              *int64  `json:"client_id"`
	ResponsibleAttorneyID *int64  `json:"responsible_attorney_id"`
	OriginatingAttorneyID *int64  `json:"originating_attorney_id"`
	ResponsibleStaffID    *int64  `json:"responsible_staff_id"`
	PracticeAreaID        *int64  `json:"practice_area_id"`
}

// Contact is a person or a company that the firm knows.
type Contact struct {
	Head
	Type string `json:"type"` // Person or Company
	// Name is a company's name. For a person it is usually nil: it is then made of the other names.
	Name        *string `json:"name"`
	Prefix      *string `json:"prefix"`
	FirstName   *string `json:"first_name"`
	MiddleName  *string `json:"middle_name"`
	LastName    *string `json:"last_name"`
	DateOfBirth *string `json:"date_of_birth"` // YYYY-MM-DD, but not checked
	Title       *string `json:"title"`
	Email       *string `json:"primary_email_address"`
	Phone       *string `json:"primary_phone_number"`
	CompanyID   *int64  `json:"company_id"` // the company that a person works for
	// PrimaryAddress is also one of Addresses; if an edit makes the two differ, this one wins.
	PrimaryAddress *Address  `json:"primary_address"`
	Addresses      []Address `json:"addresses"`
}

// Address is an address of a contact, in free text. An address with the id 0 is given an id.
type Address struct {
	ID         int64   `json:"id"`
	Name       *string `json:"name"` // Work, Home, Billing or Other
	Street     *string `json:"street"`
	City       *string `json:"city"`
	Province   *string `json:"province"` // the state
	PostalCode *string `json:"postal_code"`
	Country    *string `json:"country"`
	Primary    bool    `json:"primary"`
}

// User is a person who works at the firm.
type User struct {
	Head
	FirstName        *string `json:"first_name"`
	LastName         *string `json:"last_name"`
	Email            *string `json:"email"`
	Enabled          bool    `json:"enabled"`
	SubscriptionType string  `json:"subscription_type"` // Attorney or NonAttorney
	AccountOwner     bool    `json:"account_owner"`
}

// PracticeArea is a field of law, named by the firm.
type PracticeArea struct {
	Head
	Name     string  `json:"name"`
	Code     *string `json:"code"`
	Category *string `json:"category"` // one of Clio's fixed categories, in snake case
}

// normalizeAddresses gives ids to new addresses and makes the primary address one of the addresses.
func (c *Contact) normalizeAddresses(nextID func() int64) {
	if c.Addresses == nil {
		c.Addresses = []Address{}
	}
	for i := range c.Addresses {
		if c.Addresses[i].ID == 0 {
			c.Addresses[i].ID = nextID()
		}
	}
	if c.PrimaryAddress == nil {
		return
	}
	if c.PrimaryAddress.ID == 0 {
		c.PrimaryAddress.ID = nextID()
	}
	c.PrimaryAddress.Primary = true
	found := false
	for i := range c.Addresses {
		if c.Addresses[i].ID == c.PrimaryAddress.ID {
			c.Addresses[i], found = *c.PrimaryAddress, true
		} else {
			c.Addresses[i].Primary = false
		}
	}
	if !found {
		c.Addresses = append(c.Addresses, *c.PrimaryAddress)
	}
}
