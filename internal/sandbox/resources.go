package sandbox

import (
	"slices"
	"strings"
)

// resource is a list of the API and, if one is set, its single records.
type resource struct {
	kind    kind
	all     func(v view, ids []int64) []record // those of these ids, nil: all; ordered by id, without hidden ones
	one     func(v view, id int64) record
	filters map[string]filter
	orders  []string // the paths that the order parameter may name
}

// resources are the lists by their name in the address. Parameters without a filter here are ignored, as Clio ignores unknown
// parameters.
var resources = map[string]resource{
	"matters": {
		kind: kindMatter,
		all:  func(v view, ids []int64) []record { return visible(v.firm.matters, ids, v.matter) },
		one: func(v view, id int64) record {
			if found := v.firm.matters.visible(&id); found != nil {
				return v.matter(found)
			}
			return nil
		},
		filters: mergeFilters(commonFilters, map[string]filter{
			"status":                  statusIn,
			"query":                   containsText("display_number", "number", "description", "client.name", "client.first_name", "client.last_name"),
			"client_id":               idEquals("client_id"),
			"practice_area_id":        idEquals("practice_area_id"),
			"responsible_attorney_id": idEqualsOrNull("responsible_attorney_id"),
			"originating_attorney_id": idEqualsOrNull("originating_attorney_id"),
			"responsible_staff_id":    idEqualsOrNull("responsible_staff_id"),
			"open_date[]":             dateConditions("open_date"),
			"pending_date[]":          dateConditions("pending_date"),
			"close_date[]":            dateConditions("close_date"),
			"billable":                boolean("billable", func(r record) bool { return r["billable"] == true }),
		}),
		orders: strings.Fields(`id display_number custom_number client.name open_date pending_date close_date
			practice_area.name responsible_attorney.name originating_attorney.name created_at updated_at`),
	},
	"contacts": {
		kind: kindContact,
		all:  func(v view, ids []int64) []record { return visible(v.firm.contacts, ids, v.contact) },
		one:  func(v view, id int64) record { return v.contact(v.firm.contacts.visible(&id)) },
		filters: mergeFilters(commonFilters, map[string]filter{
			"exclude_ids[]": idNotIn,
			"type":          oneOf("type", "Person", "Company"),
			"client_only":   boolean("client_only", func(r record) bool { return r.at("is_client") == true }),
			"email_only":    boolean("email_only", func(r record) bool { return r.text("primary_email_address") != "" }),
			"initial":       startsWith,
			"query":         containsText("name", "title", "primary_email_address", "primary_phone_number", "primary_address.street", "primary_address.city", "company.name"),
		}),
		orders: strings.Fields(`id name`),
	},
	"practice_areas": {
		kind: kindPracticeArea,
		all:  func(v view, ids []int64) []record { return visible(v.firm.areas, ids, v.practiceArea) },
		filters: mergeFilters(commonFilters, map[string]filter{
			"code":      equals("code"),
			"name":      equals("name"),
			"matter_id": listHasID("matter_id"),
		}),
		orders: strings.Fields(`id name category code`),
	},
}

// commonFilters are the filters of every list.
var commonFilters = map[string]filter{
	"ids[]":         idIn,
	"created_since": timeAfter("created_at"),
	"updated_since": timeAfter("updated_at"),
}

// mergeFilters returns the filters of both.
func mergeFilters(filters, more map[string]filter) map[string]filter {
	merged := make(map[string]filter, len(filters)+len(more))
	for _, set := range []map[string]filter{filters, more} {
		for name, f := range set {
			merged[name] = f
		}
	}
	return merged
}

// visible returns the records of the rows that aren't hidden, ordered by id: those of these ids, or all if ids is nil. Only what is returned
// is built, which is most of a list's work.
func visible[T any, P row[T]](t *table[T, P], ids []int64, show func(P) record) []record {
	var rows []P
	if ids == nil {
		rows = t.sorted()
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		if found, ok := t.rows[id]; ok {
			rows = append(rows, found)
		}
	}
	var shown []record
	for _, found := range rows {
		if !found.head().Hidden {
			shown = append(shown, show(found))
		}
	}
	return shown
}
