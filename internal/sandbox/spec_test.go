package sandbox_test

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/sandbox/spectest"
)

// newSpecHarness returns a harness that checks all requests and responses against Clio's specification.
func newSpecHarness(t *testing.T) *harness {
	t.Helper()
	h := newHarness(t, sandbox.Options{})
	h.client.Transport = spectest.Transport(t, h.client.Transport)
	return h
}

// allFields returns a fields parameter with all fields: nested records with their attributes in braces, or by name only.
func allFields(kind string, braces bool) string {
	plain, nested := sandbox.AllowedFields(kind)
	fields := slices.Clone(plain)
	for _, name := range slices.Sorted(maps.Keys(nested)) {
		if !braces {
			fields = append(fields, name)
			continue
		}
		inner, deeper := sandbox.AllowedFields(nested[name])
		all := append(slices.Clone(inner), slices.Sorted(maps.Keys(deeper))...)
		fields = append(fields, name+"{"+strings.Join(all, ",")+"}")
	}
	return strings.Join(fields, ",")
}

// TestEveryField asks for all fields of every record, and checks that all are returned.
func TestEveryField(t *testing.T) {
	for list, kind := range map[string]string{"matters": "Matter", "contacts": "Contact", "practice_areas": "PracticeArea"} {
		for _, braces := range []bool{true, false} {
			h := newSpecHarness(t)
			fields := allFields(kind, braces)
			plain, nested := sandbox.AllowedFields(kind)
			for next := list + ".json?limit=200&fields=" + url.QueryEscape(fields); next != ""; {
				page := h.list(next)
				require.NotEmpty(t, page.Data)
				for _, record := range page.Data {
					require.Len(t, record, len(plain)+len(nested))
				}
				next = page.Meta.Paging.Next
			}
		}
	}
}

func TestEverySingleRecord(t *testing.T) {
	h := newSpecHarness(t)
	for path, kind := range map[string]string{"matters/1001": "Matter", "contacts/501": "Contact", "users/who_am_i": "User"} {
		for _, fields := range []string{"", allFields(kind, true), allFields(kind, false)} {
			got := h.get("/api/v4/" + path + ".json?fields=" + url.QueryEscape(fields))
			require.Equal(t, 200, got.status)
			again := h.get("/api/v4/"+path+".json", "If-None-Match", got.header.Get("ETag"))
			require.Equal(t, 304, again.status)
		}
	}
	require.Equal(t, 404, h.get("/api/v4/matters/999999.json").status)
	require.Equal(t, 400, h.get("/api/v4/matters/1001.json?fields=favourite_colour").status)
}

// filterSamples have a value for each filter; TestEveryFilter checks that none is missing.
var filterSamples = map[string]map[string][]string{
	"matters": {
		"ids[]": {"1001", "1002"}, "created_since": {"2020-01-01T00:00:00Z"}, "updated_since": {"2020-01-01T00:00:00-05:00"},
		"status": {"open,pending"}, "query": {"rivera"}, "client_id": {"501"}, "practice_area_id": {"7"},
		"responsible_attorney_id": {"31"}, "originating_attorney_id": {"31"}, "responsible_staff_id": {"36"},
		"open_date[]": {">=2020-01-01", "<2026-01-01"}, "pending_date[]": {">2020-01-01"}, "close_date[]": {"<=2026-12-31"},
		"billable": {"true"},
	},
	"contacts": {
		"ids[]": {"501", "502"}, "exclude_ids[]": {"501"}, "created_since": {"2020-01-01T00:00:00Z"},
		"updated_since": {"2020-01-01T00:00:00Z"}, "type": {"Person"}, "client_only": {"true"}, "email_only": {"true"},
		"initial": {"A"}, "query": {"rivera"},
	},
	"practice_areas": {
		"ids[]": {"7"}, "created_since": {"2020-01-01T00:00:00Z"}, "updated_since": {"2020-01-01T00:00:00Z"}, "code": {"EST"},
		"name": {"Probate"}, "matter_id": {"1001"},
	},
}

func TestEveryFilter(t *testing.T) {
	h := newSpecHarness(t)
	for name, samples := range filterSamples {
		require.Equal(t, sandbox.Filters(name), slices.Sorted(maps.Keys(samples)), "a sample for each filter")
		all := h.list(name + ".json").Meta.Records
		for filter, values := range samples {
			query := url.Values{filter: values}
			found := h.list(name + ".json?" + query.Encode()).Meta.Records
			require.Positive(t, found, "%s %s", name, filter)
			if !strings.HasSuffix(filter, "_since") && filter != "client_only" {
				require.Less(t, found, all, "%s %s", name, filter)
			}
		}
	}
}

func TestEveryOrder(t *testing.T) {
	h := newSpecHarness(t)
	for name := range filterSamples {
		for _, path := range sandbox.Orders(name) {
			for _, direction := range []string{"asc", "desc"} {
				order := url.QueryEscape(path + "(" + direction + ")")
				first := h.list(name + ".json?limit=3&order=" + order)
				require.Len(t, first.Data, 3)
				second := h.list(first.Meta.Paging.Next)
				require.NotEqual(t, first.ids(), second.ids())
				require.Equal(t, first.ids(), h.list(second.Meta.Paging.Previous).ids())
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	h := newSpecHarness(t)
	for path, status := range map[string]int{
		"matters.json?offset=10001":                422,
		"matters.json?limit=0":                     422,
		"matters.json?page_token=nonsense":         422,
		"matters.json?fields=client%7Bbirthday%7D": 400,
		"contacts/999999.json":                     404,
	} {
		require.Equal(t, status, h.get("/api/v4/"+path).status, path)
	}
}
