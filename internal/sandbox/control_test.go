package sandbox_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// control calls the control API and returns the record or list under data.
func (b *bench) control(method, path, body string, status int) any {
	b.t.Helper()
	got := b.send(method, "/sandbox/"+path, body, "Authorization", "")
	require.Equal(b.t, status, got.status, "%s", got.body)
	if len(got.body) == 0 {
		return nil
	}
	read := got.json(b.t)
	if data, ok := read["data"]; ok {
		return data
	}
	return read
}

func TestControlDescribesItself(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	about, ok := b.control("GET", "", "", 200).(object)
	require.True(t, ok)
	endpoints, ok := about["endpoints"].([]any)
	require.True(t, ok)
	require.Len(t, endpoints, 15)
	require.Len(t, about["accounts"], 2)
	require.Equal(t, http.StatusFound, b.get("/").status)
	require.Contains(t, string(b.get("/nc/").body), "sandbox")
}

func TestControlPatches(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	before := b.matter("1001", "etag")["etag"]
	b.control("PATCH", "matters/1001", `{"client_id": 502, "responsible_attorney_id": null, "open_date": "2024-02-30"}`, 200)
	matter := b.matter("1001", "etag,open_date,client{name},responsible_attorney,status")
	require.NotEqual(t, before, matter["etag"])
	delete(matter, "etag")
	require.Equal(t, object{
		"open_date": "2024-02-30", "client": object{"name": "Robert Hale"}, "responsible_attorney": nil, "status": "Open",
	}, matter)

	patched, ok := b.control("PATCH", "contacts/501", `{"date_of_birth": null, "first_name": "", "primary_address": {"city": "Ocala"}}`, 200).(object)
	require.True(t, ok)
	require.Nil(t, patched["date_of_birth"])
	contact, err := b.Contact(501)
	require.NoError(t, err)
	require.Equal(t, "", *contact.FirstName)
	require.Equal(t, "Rivera", *contact.LastName)
	require.Equal(t, "Ocala", *contact.PrimaryAddress.City)
	require.Equal(t, "FL", *contact.PrimaryAddress.Province)
	require.Equal(t, []sandbox.Address{*contact.PrimaryAddress}, contact.Addresses)

	b.control("PATCH", "contacts/519", `{"primary_address": {"city": "Reno"}}`, 200)
	b.control("PATCH", "contacts/501", `{"primary_address": null, "addresses": []}`, 200)
	b.control("PATCH", "practice_areas/7", `{"name": "Wills"}`, 200)
	b.control("PATCH", "users/31", `{"last_name": "Parker"}`, 200)
	require.Equal(t, object{"practice_area": object{"name": "Wills"}}, b.matter("1001", "practice_area{name}"))
}

func TestControlRefusesWhatItDoesNotKnow(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	before := b.Matters()
	for body, culprit := range map[string]string{
		`{"colour": "red"}`:               "colour",
		`{"Status": "Closed"}`:            "Status",
		`{"id": 7}`:                       "id",
		`{"etag": "x"}`:                   "etag",
		`{"hidden": true}`:                "hidden",
		`{"client_id": "501"}`:            "client_id",
		`{"status": "Closed", "x": null}`: "x",
		`[]`:                              "object",
		`{} {}`:                           "object",
		``:                                "object",
	} {
		got, ok := b.control("PATCH", "matters/1001", body, 400).(object)
		require.True(t, ok)
		require.Contains(t, got["error"], culprit, body)
	}
	got, ok := b.control("PATCH", "contacts/501", `{"primary_address": {"town": "Ocala"}}`, 400).(object)
	require.True(t, ok)
	require.Contains(t, got["error"], "town")
	require.Equal(t, before, b.Matters())

	for _, path := range []string{"matters/424242", "contacts/424242"} {
		b.control("GET", path, "", 404)
		b.control("PATCH", path, `{}`, 404)
		b.control("DELETE", path, "", 404)
		b.control("POST", path+"/hide", "", 404)
	}
	b.control("GET", "matters/x", "", 400)
	b.control("GET", "bills", "", 400)
	b.control("GET", "matters?account=1", "", 400)
	b.control("POST", "matters", `{"colour":"red"}`, 400)
	b.control("PUT", "faults", `[{"fault":"gremlins"}]`, 400)
	b.control("PUT", "faults", `[{"fault":"slow","delay":3}]`, 400)
}

func TestControlAddsHidesAndDeletes(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	contact, ok := b.control("POST", "contacts", `{"type":"Person","first_name":"Ida","last_name":"Wells"}`, 201).(object)
	require.True(t, ok)
	id, err := json.Marshal(contact["id"])
	require.NoError(t, err)
	b.control("POST", "matters", `{"id":5001,"status":"Open","client_id":`+string(id)+`,"display_number":"new"}`, 201)
	require.Equal(t, object{"client": object{"name": "Ida Wells"}}, b.matter("5001", "client{name}"))

	b.control("POST", "matters/5001/hide", "", 200)
	require.Equal(t, 404, b.get("/api/v4/matters/5001.json").status)
	hidden, ok := b.control("GET", "matters/5001", "", 200).(object)
	require.True(t, ok)
	require.Equal(t, true, hidden["hidden"])
	b.control("POST", "matters/5001/unhide", "", 200)
	require.Equal(t, 200, b.get("/api/v4/matters/5001.json").status)
	b.control("DELETE", "matters/5001", "", 204)
	require.Equal(t, 404, b.get("/api/v4/matters/5001.json").status)
}

func TestControlLists(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	require.Len(t, b.control("GET", "matters", "", 200), len(b.Matters()))
	require.Len(t, b.control("GET", "contacts?query=kowalski&id=508", "", 200), 1)
	require.Len(t, b.control("GET", "matters?client_id=501&status=Open", "", 200), 2)
	require.Empty(t, b.control("GET", "matters?client_id=501&status=Closed", "", 200))
	require.NotEmpty(t, b.control("GET", "matters?responsible_attorney_id=null", "", 200))
}

func TestControlOfFaultsAndTokens(t *testing.T) {
	b := newBench(t, application)
	shown, ok := b.control("PUT", "faults", `[{"fault":"forbidden","path":"/api/v4/contacts","times":3},{"fault":"client_null","ids":[1001]}]`, 200).(object)
	require.True(t, ok)
	require.Len(t, shown["on"], 2)
	require.Len(t, shown["faults"], len(sandbox.AllFaults()))
	require.Equal(t, 403, b.get("/api/v4/contacts.json").status)
	b.control("PUT", "faults", `[{"fault":"gone"}]`, 200)
	require.Equal(t, 410, b.get("/api/v4/contacts.json").status)
	b.control("DELETE", "faults", "", 200)
	require.Equal(t, 200, b.get("/api/v4/contacts.json").status)

	access, refresh := b.IssueToken(sandbox.FirstAccount)
	b.control("POST", "tokens/expire", "", 204)
	require.Equal(t, 401, b.as(access))
	require.Equal(t, 200, b.refresh(refresh).status)
	b.control("POST", "tokens/revoke", "", 204)
	require.Equal(t, 400, b.refresh(refresh).status)
}

func TestRequestsAreNoted(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.control("GET", "matters", "", 200)
	require.Empty(t, b.Requests(), "the control API isn't noted")
	var hooked []string
	b.OnRequest(func(r sandbox.Request) { hooked = append(hooked, r.Path) })
	b.get("/api/v4/matters.json?ids%5B%5D=1&ids%5B%5D=2")
	b.form("/oauth/token")
	require.Equal(t, []string{"/api/v4/matters.json", "/oauth/token"}, hooked)
	requests := b.Requests()
	require.Len(t, requests, 2)
	require.Equal(t, sandbox.Request{
		Method: "GET", Path: "/api/v4/matters.json", Query: map[string][]string{"ids[]": {"1", "2"}}, Status: 200, At: b.clock.Now(),
	}, requests[0])
	require.Equal(t, 400, requests[1].Status)
	shown, ok := b.control("GET", "requests", "", 200).(object)
	require.True(t, ok)
	require.Len(t, shown["requests"], 2)
	b.control("DELETE", "requests", "", 204)
	require.Empty(t, b.Requests())
	require.False(t, strings.Contains(string(b.get("/sandbox/requests").body), b.token))
}
