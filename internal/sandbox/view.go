package sandbox

import (
	"strconv"
	"strings"
	"time"
)

// record has all attributes that the API offers. Nested records are functions, so that only what is selected is built: func()
// record (nil is null) or func() []record. Names that no shape has are only for filters and orders.
type record map[string]any

// view returns a firm's records as one request sees them. The firm's mutex is held while they are in use.
type view struct {
	firm   *Firm
	faults activeFaults
}

// clioZone is the firms' time zone: Clio's timestamps have an offset, which isn't always zero.
var clioZone = time.FixedZone("", -5*60*60)

// formatTime formats a time as Clio does: to the second, with an offset.
func formatTime(t time.Time) string {
	return t.In(clioZone).Format(time.RFC3339)
}

func headRecord(h *Head) record {
	return record{"id": h.ID, "etag": h.ETag, "created_at": h.CreatedAt, "updated_at": h.UpdatedAt}
}

func (v view) matter(m *Matter) record {
	r := headRecord(&m.Head)
	r.add(record{
		"number": m.Number, "display_number": m.DisplayNumber, "custom_number": m.CustomNumber,
		"description": m.Description, "status": m.Status, "location": m.Location,
		"client_reference": m.ClientReference, "client_id": m.ClientID,
		"billable": m.Billable, "billing_method": m.BillingMethod,
		"maildrop_address": "matter-" + strconv.FormatInt(m.ID, 10) + "@maildrop.sandbox.test",
		"open_date":        m.OpenDate, "close_date": m.CloseDate, "pending_date": m.PendingDate,
		"shared": false, "has_tasks": false, "last_activity_date": nil,
		"matter_stage_updated_at": nil, "require_utbms_codes": false,
		"practice_area_id":        m.PracticeAreaID,
		"responsible_attorney_id": m.ResponsibleAttorneyID, "originating_attorney_id": m.OriginatingAttorneyID,
		"responsible_staff_id": m.ResponsibleStaffID,
		"client":               func() record { return v.client(m) },
		"responsible_attorney": func() record { return v.attorney(m) },
		"originating_attorney": func() record { return v.user(m.OriginatingAttorneyID) },
		"responsible_staff":    func() record { return v.user(m.ResponsibleStaffID) },
		"user":                 func() record { return v.user(&v.firm.me) },
		"practice_area":        func() record { return v.practiceArea(v.firm.areas.visible(m.PracticeAreaID)) },
	})
	return r
}

// client returns the matter's client: null if the contact is hidden or deleted, or a fault applies.
func (v view) client(m *Matter) record {
	if v.faults.affects(ClientNull, m.ID) {
		return nil
	}
	client := v.contact(v.firm.contacts.visible(m.ClientID))
	if client != nil && v.faults.affects(ClientIDOnly, m.ID) {
		return record{"id": client["id"]}
	}
	return client
}

func (v view) attorney(m *Matter) record {
	attorney := v.user(m.ResponsibleAttorneyID)
	if attorney != nil && v.faults.affects(AttorneyNameless, m.ID) {
		attorney.add(record{"name": nil, "first_name": nil, "last_name": nil, "initials": nil, "email": nil})
	}
	return attorney
}

func (v view) contact(c *Contact) record {
	if c == nil {
		return nil
	}
	r := headRecord(&c.Head)
	r.add(record{
		"type": c.Type, "name": c.fullName(), "prefix": c.Prefix, "first_name": c.FirstName,
		"middle_name": c.MiddleName, "last_name": c.LastName, "date_of_birth": c.DateOfBirth, "title": c.Title,
		"initials":              initials(c.FirstName, c.LastName),
		"primary_email_address": c.Email, "secondary_email_address": nil,
		"primary_phone_number": c.Phone, "secondary_phone_number": nil,
		"clio_connect_email": nil, "locked_clio_connect_email": false, "client_connect_user_id": nil,
		"ledes_client_id": nil, "sales_tax_number": nil, "require_utbms_codes": false,
		"has_clio_for_clients_permission": false, "is_clio_for_client_user": false, "is_co_counsel": false,
		"is_client":            func() any { return v.isClient(c.ID) },
		"is_bill_recipient":    func() any { return v.isClient(c.ID) },
		"primary_address":      func() record { return v.address(c, c.PrimaryAddress) },
		"secondary_address":    func() record { return v.address(c, c.secondaryAddress()) },
		"primary_work_address": func() record { return v.address(c, c.workAddress()) },
		"addresses":            func() []record { return v.addresses(c) },
		"company":              func() record { return v.contact(v.firm.contacts.visible(c.CompanyID)) },
	})
	return r
}

// isClient reports whether a matter has the contact as its client.
func (v view) isClient(id int64) bool {
	for _, m := range v.firm.matters.rows {
		if m.ClientID != nil && *m.ClientID == id {
			return true
		}
	}
	return false
}

// address returns an address with the etag and times of its contact, as it has none of its own here.
func (v view) address(c *Contact, a *Address) record {
	if a == nil {
		return nil
	}
	return record{
		"id": a.ID, "etag": c.ETag, "created_at": c.CreatedAt, "updated_at": c.UpdatedAt,
		"name": a.Name, "street": a.Street, "city": a.City, "province": a.Province,
		"postal_code": a.PostalCode, "country": a.Country, "primary": a.Primary,
	}
}

func (v view) addresses(c *Contact) []record {
	shown := make([]record, len(c.Addresses))
	for i := range c.Addresses {
		shown[i] = v.address(c, &c.Addresses[i])
	}
	return shown
}

func (v view) user(id *int64) record {
	u := v.firm.users.visible(id)
	if u == nil {
		return nil
	}
	r := headRecord(&u.Head)
	r.add(record{
		"name": joinNames(u.FirstName, u.LastName), "first_name": u.FirstName, "last_name": u.LastName,
		"email": u.Email, "initials": initials(u.FirstName, u.LastName), "enabled": u.Enabled,
		"subscription_type": u.SubscriptionType, "account_owner": u.AccountOwner,
		"phone_number": nil, "rate": 300, "roles": []string{}, "time_zone": "America/New_York",
		"clio_connect": false, "court_rules_default_attendee": false, "default_calendar_id": u.ID,
		"account": v.account,
	})
	return r
}

func (v view) account() record {
	r := headRecord(&v.firm.account.Head)
	r.add(record{"name": v.firm.account.Name, "state": "active"})
	return r
}

func (v view) practiceArea(a *PracticeArea) record {
	if a == nil {
		return nil
	}
	r := headRecord(&a.Head)
	r.add(record{"name": a.Name, "code": a.Code, "category": a.Category})
	r["matter_id"] = func() any { return v.mattersOf(a.ID) }
	return r
}

// mattersOf returns the ids of the matters of a practice area.
func (v view) mattersOf(area int64) []int64 {
	var ids []int64
	for id, m := range v.firm.matters.rows {
		if m.PracticeAreaID != nil && *m.PracticeAreaID == area {
			ids = append(ids, id)
		}
	}
	return ids
}

func (r record) add(more record) {
	for name, value := range more {
		r[name] = value
	}
}

// fullName returns Name, else the other names joined; nil when there are none.
func (c *Contact) fullName() *string {
	if c.Name != nil {
		return c.Name
	}
	return joinNames(c.FirstName, c.MiddleName, c.LastName)
}

func (c *Contact) secondaryAddress() *Address {
	for i, a := range c.Addresses {
		if c.PrimaryAddress == nil || a.ID != c.PrimaryAddress.ID {
			return &c.Addresses[i]
		}
	}
	return nil
}

func (c *Contact) workAddress() *Address {
	for i, a := range c.Addresses {
		if a.Name != nil && *a.Name == "Work" {
			return &c.Addresses[i]
		}
	}
	return nil
}

// joinNames joins the names that aren't empty with spaces; nil when all are null.
func joinNames(names ...*string) *string {
	var parts []string
	null := true
	for _, name := range names {
		if name != nil {
			null = false
			if *name != "" {
				parts = append(parts, *name)
			}
		}
	}
	if null {
		return nil
	}
	return new(strings.Join(parts, " "))
}

func initials(names ...*string) *string {
	letters := ""
	for _, name := range names {
		if name != nil {
			for _, letter := range *name {
				letters += string(letter)
				break
			}
		}
	}
	if letters == "" {
		return nil
	}
	return &letters
}
