package sandbox_test

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// keys returns the sorted attribute names of an object, with those of nested objects in braces.
func keys(value object) string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(value)) {
		if inner, ok := value[name].(object); ok {
			name += "{" + keys(inner) + "}"
		}
		names = append(names, name)
	}
	return strings.Join(names, ",")
}

func TestValidFields(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	for fields, want := range map[string]string{
		"":                                       "etag,id",
		"id":                                     "id",
		"id,id":                                  "id",
		"status,id":                              "id,status",
		"client":                                 "client{etag,id}",
		"client{name}":                           "client{name}",
		"client{id,name},id":                     "client{id,name},id",
		"id,client{id},practice_area{code,name}": "client{id},id,practice_area{code,name}",
		"client{primary_address}":                "client{primary_address{etag,id}}",
		"client{id,primary_address}":             "client{id,primary_address{etag,id}}",
	} {
		require.Equal(t, want, keys(h.matter("1001", fields)), fields)
	}
}

func TestInvalidFields(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	for fields, wantName := range map[string]string{
		"favourite_colour":                 "favourite_colour",
		"id,favourite_colour":              "favourite_colour",
		"client{favourite_colour}":         "favourite_colour",
		"client{primary_address{city}}":    "client{primary_address{city}}",
		"client{primary_address{city}},id": "client{primary_address{city}},id",
		"client{company{name},id}":         "company{name",
		"client{id":                        "client{id",
		"client{id}}":                      "client{id}}",
		"client{id}name":                   "client{id}name",
		"client{}":                         "",
		"id{name}":                         "id",
		"status,,id":                       "",
		",id":                              "",
		"id,":                              "",
		"client{id,}":                      "",
		"id, status":                       " status",
		"ID":                               "ID",
		"city":                             "city",
		"practice_area_id":                 "practice_area_id",
		"matter_id":                        "matter_id",
	} {
		for _, path := range []string{"matters.json", "matters/1001.json"} {
			got := h.get("/api/v4/" + path + "?fields=" + url.QueryEscape(fields))
			require.Equal(t, 400, got.status, fields)
			require.Equal(t, object{"error": object{"type": "InvalidFields", "message": wantName + " is not a valid field"}}, got.json(t))
			require.Empty(t, got.header.Get("X-API-VERSION"))
		}
	}
}

func TestWhoAmIHasTheNameByDefault(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	me := func(query string) any { return h.get("/api/v4/users/who_am_i.json" + query).json(t)["data"] }
	require.Equal(t, "etag,id,name", keys(me("").(object)))
	require.Equal(t, object{
		"id": 31.0, "name": "Lee Park", "account": object{"id": float64(sandbox.FirstAccount), "name": "Alder & Finch LLP"},
	}, me("?fields=id,name,account%7Bid,name%7D"))
}

func TestFieldsOfAnEmptyList(t *testing.T) {
	h := newHarness(t, sandbox.Options{Empty: true})
	require.Empty(t, h.list("matters.json").Data)
	require.Equal(t, 400, h.get("/api/v4/matters.json?fields=favourite_colour").status)
}
