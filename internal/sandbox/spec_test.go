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

// specBench is a bench whose every exchange is held to Clio's document.
func specBench(t *testing.T) *bench {
	t.Helper()
	b := newBench(t, sandbox.Options{})
	b.client.Transport = spectest.Transport(t, b.client.Transport)
	return b
}

// every is a fields parameter that asks for all there is: with the nested records' attributes, or with their names alone.
func every(kind string, braces bool) string {
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

// TestEveryField asks for each field of each allow-list, of every record there is, and finds all of them answered.
func TestEveryField(t *testing.T) {
	for list, kind := range map[string]string{"matters": "Matter", "contacts": "Contact", "practice_areas": "PracticeArea"} {
		for _, braces := range []bool{true, false} {
			b := specBench(t)
			fields := every(kind, braces)
			plain, nested := sandbox.AllowedFields(kind)
			for next := list + ".json?limit=200&fields=" + url.QueryEscape(fields); next != ""; {
				page := b.list(next)
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
	b := specBench(t)
	for path, kind := range map[string]string{"matters/1001": "Matter", "contacts/501": "Contact", "users/who_am_i": "User"} {
		for _, fields := range []string{"", every(kind, true), every(kind, false)} {
			got := b.get("/api/v4/" + path + ".json?fields=" + url.QueryEscape(fields))
			require.Equal(t, 200, got.status)
			again := b.get("/api/v4/"+path+".json", "If-None-Match", got.header.Get("ETag"))
			require.Equal(t, 304, again.status)
		}
	}
	require.Equal(t, 404, b.get("/api/v4/matters/999999.json").status)
	require.Equal(t, 400, b.get("/api/v4/matters/1001.json?fields=favourite_colour").status)
}

// filterSamples have a value for each filter, of which TestEveryFilter makes sure.
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
	b := specBench(t)
	for name, samples := range filterSamples {
		require.Equal(t, sandbox.Filters(name), slices.Sorted(maps.Keys(samples)), "a sample for each filter")
		all := b.list(name + ".json").Meta.Records
		for filter, values := range samples {
			query := url.Values{filter: values}
			found := b.list(name + ".json?" + query.Encode()).Meta.Records
			require.Positive(t, found, "%s %s", name, filter)
			if !strings.HasSuffix(filter, "_since") && filter != "client_only" {
				require.Less(t, found, all, "%s %s", name, filter)
			}
		}
	}
}

func TestEveryOrder(t *testing.T) {
	b := specBench(t)
	for name := range filterSamples {
		for _, path := range sandbox.Orders(name) {
			for _, direction := range []string{"asc", "desc"} {
				order := url.QueryEscape(path + "(" + direction + ")")
				first := b.list(name + ".json?limit=3&order=" + order)
				require.Len(t, first.Data, 3)
				second := b.list(first.Meta.Paging.Next)
				require.NotEqual(t, first.ids(), second.ids())
				require.Equal(t, first.ids(), b.list(second.Meta.Paging.Previous).ids())
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	b := specBench(t)
	for path, status := range map[string]int{
		"matters.json?offset=10001":                422,
		"matters.json?limit=0":                     422,
		"matters.json?page_token=nonsense":         422,
		"matters.json?fields=client%7Bbirthday%7D": 400,
		"contacts/999999.json":                     404,
	} {
		require.Equal(t, status, b.get("/api/v4/"+path).status, path)
	}
}
