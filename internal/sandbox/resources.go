package sandbox

import "strings"

// resource is a list of the API and, where one is set, its single records.
type resource struct {
	kind    kind
	all     func(v view) []record // by number, without hidden ones
	one     func(v view, id int64) record
	filters map[string]filter
	orders  []string // the paths that the order parameter may name
}

// resources are the lists by the name that they have in the address. Parameters that have no filter here are ignored, as
// Clio ignores what it doesn't know.
var resources = map[string]resource{
	"matters": {
		kind: kindMatter,
		all:  func(v view) []record { return visible(v.firm.matters, v.matter) },
		one: func(v view, id int64) record {
			if found := v.firm.matters.visible(&id); found != nil {
				return v.matter(found)
			}
			return nil
		},
		filters: with(common, map[string]filter{
			"status":                  status,
			"query":                   contains("display_number", "number", "description", "client.name", "client.first_name", "client.last_name"),
			"client_id":               number("client_id"),
			"practice_area_id":        number("practice_area_id"),
			"responsible_attorney_id": numberOrNull("responsible_attorney_id"),
			"originating_attorney_id": numberOrNull("originating_attorney_id"),
			"responsible_staff_id":    numberOrNull("responsible_staff_id"),
			"open_date[]":             dates("open_date"),
			"pending_date[]":          dates("pending_date"),
			"close_date[]":            dates("close_date"),
			"billable":                boolean("billable", func(r record) bool { return r["billable"] == true }),
		}),
		orders: strings.Fields(`id display_number custom_number client.name open_date pending_date close_date
			practice_area.name responsible_attorney.name originating_attorney.name created_at updated_at`),
	},
	"contacts": {
		kind: kindContact,
		all:  func(v view) []record { return visible(v.firm.contacts, v.contact) },
		one:  func(v view, id int64) record { return v.contact(v.firm.contacts.visible(&id)) },
		filters: with(common, map[string]filter{
			"exclude_ids[]": notNumbers,
			"type":          oneOf("type", "Person", "Company"),
			"client_only":   boolean("client_only", func(r record) bool { return r.at("is_client") == true }),
			"email_only":    boolean("email_only", func(r record) bool { return r.text("primary_email_address") != "" }),
			"initial":       initial,
			"query":         contains("name", "title", "primary_email_address", "primary_phone_number", "primary_address.street", "primary_address.city", "company.name"),
		}),
		orders: strings.Fields(`id name`),
	},
	"practice_areas": {
		kind: kindPracticeArea,
		all:  func(v view) []record { return visible(v.firm.areas, v.practiceArea) },
		filters: with(common, map[string]filter{
			"code":      equals("code"),
			"name":      equals("name"),
			"matter_id": memberOf("matter_id"),
		}),
		orders: strings.Fields(`id name category code`),
	},
}

// common are the filters that every list has.
var common = map[string]filter{
	"ids[]":         numbers,
	"created_since": since("created_at"),
	"updated_since": since("updated_at"),
}

// with returns the filters of both.
func with(filters, more map[string]filter) map[string]filter {
	both := make(map[string]filter, len(filters)+len(more))
	for _, each := range []map[string]filter{filters, more} {
		for name, f := range each {
			both[name] = f
		}
	}
	return both
}

// visible shows the rows that aren't hidden, by number.
func visible[T any, P row[T]](t *table[T, P], show func(P) record) []record {
	var shown []record
	for _, found := range t.sorted() {
		if !found.head().Hidden {
			shown = append(shown, show(found))
		}
	}
	return shown
}
