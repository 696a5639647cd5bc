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
func (h *harness) control(method, path, body string, status int) any {
	h.t.Helper()
	got := h.send(method, "/sandbox/"+path, body, "Authorization", "")
	require.Equal(h.t, status, got.status, "%s", got.body)
	if len(got.body) == 0 {
		return nil
	}
	read := got.json(h.t)
	if data, ok := read["data"]; ok {
		return data
	}
	return read
}

func TestControlDescribesItself(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	about, ok := h.control("GET", "", "", 200).(object)
	require.True(t, ok)
	endpoints, ok := about["endpoints"].([]any)
	require.True(t, ok)
	require.Len(t, endpoints, 16)
	require.Len(t, about["accounts"], 2)
	require.Equal(t, http.StatusFound, h.get("/").status)
	require.Contains(t, string(h.get("/nc/").body), "sandbox")
}

func TestControlGeneratesMatters(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	before := h.Matters()
	require.Equal(t, object{"matters": 400.0}, h.control("POST", "generate", `{"matters": 400}`, 200))
	require.Equal(t, before, h.Matters()[:250], "those that were there stay as they were")
	people := map[string]int{}
	for _, matter := range h.Matters() {
		client, err := h.Contact(*matter.ClientID)
		require.NoError(t, err)
		if matter.ID > before[249].ID && client.LastName != nil {
			people[textOrNull(client.FirstName)+textOrNull(client.LastName)]++
		}
	}
	require.Greater(t, len(people), 80, "others than the first ones")
	require.Equal(t, object{"matters": 400.0}, h.control("POST", "generate", `{"matters": 300}`, 200), "none are removed")
	require.Len(t, sandbox.New(sandbox.Options{Matters: 1000}).Matters(), 1000)
	empty := newHarness(t, sandbox.Options{Empty: true})
	empty.control("POST", "generate", `{"matters": 5}`, 200)
	require.Equal(t, int64(1020), empty.Matters()[0].ID)
	for _, refused := range []string{`{"matters": 0}`, `{"matters": 50001}`, `{"contacts": 5}`, `[`} {
		h.control("POST", "generate", refused, 400)
	}
}

func TestControlPatchesRecords(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	before := h.matter("1001", "etag")["etag"]
	h.control("PATCH", "matters/1001", `{"client_id": 502, "responsible_attorney_id": null, "open_date": "2024-02-30"}`, 200)
	matter := h.matter("1001", "etag,open_date,client{name},responsible_attorney,status")
	require.NotEqual(t, before, matter["etag"])
	delete(matter, "etag")
	require.Equal(t, object{
		"open_date": "2024-02-30", "client": object{"name": "Robert Hale"}, "responsible_attorney": nil, "status": "Open",
	}, matter)

	patched, ok := h.control("PATCH", "contacts/501", `{"date_of_birth": null, "first_name": "", "primary_address": {"city": "Ocala"}}`, 200).(object)
	require.True(t, ok)
	require.Nil(t, patched["date_of_birth"])
	contact, err := h.Contact(501)
	require.NoError(t, err)
	require.Equal(t, "", *contact.FirstName)
	require.Equal(t, "Rivera", *contact.LastName)
	require.Equal(t, "Ocala", *contact.PrimaryAddress.City)
	require.Equal(t, "FL", *contact.PrimaryAddress.Province)
	require.Equal(t, []sandbox.Address{*contact.PrimaryAddress}, contact.Addresses)

	h.control("PATCH", "contacts/519", `{"primary_address": {"city": "Reno"}}`, 200)
	h.control("PATCH", "contacts/501", `{"primary_address": null, "addresses": []}`, 200)
	h.control("PATCH", "practice_areas/7", `{"name": "Wills"}`, 200)
	h.control("PATCH", "users/31", `{"last_name": "Parker"}`, 200)
	require.Equal(t, object{"practice_area": object{"name": "Wills"}}, h.matter("1001", "practice_area{name}"))
}

func TestControlRefusesUnknownNames(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	before := h.Matters()
	for body, wantName := range map[string]string{
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
		got, ok := h.control("PATCH", "matters/1001", body, 400).(object)
		require.True(t, ok)
		require.Contains(t, got["error"], wantName, body)
	}
	got, ok := h.control("PATCH", "contacts/501", `{"primary_address": {"town": "Ocala"}}`, 400).(object)
	require.True(t, ok)
	require.Contains(t, got["error"], "town")
	require.Equal(t, before, h.Matters())

	for _, path := range []string{"matters/424242", "contacts/424242"} {
		h.control("GET", path, "", 404)
		h.control("PATCH", path, `{}`, 404)
		h.control("DELETE", path, "", 404)
		h.control("POST", path+"/hide", "", 404)
	}
	h.control("GET", "matters/x", "", 400)
	h.control("GET", "bills", "", 400)
	h.control("GET", "matters?account=1", "", 400)
	h.control("POST", "matters", `{"colour":"red"}`, 400)
	h.control("PUT", "faults", `[{"fault":"gremlins"}]`, 400)
	h.control("PUT", "faults", `[{"fault":"slow","delay":3}]`, 400)
}

func TestControlAddsHidesAndDeletesRecords(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	contact, ok := h.control("POST", "contacts", `{"type":"Person","first_name":"Ida","last_name":"Wells"}`, 201).(object)
	require.True(t, ok)
	id, err := json.Marshal(contact["id"])
	require.NoError(t, err)
	h.control("POST", "matters", `{"id":5001,"status":"Open","client_id":`+string(id)+`,"display_number":"new"}`, 201)
	require.Equal(t, object{"client": object{"name": "Ida Wells"}}, h.matter("5001", "client{name}"))

	h.control("POST", "matters/5001/hide", "", 200)
	require.Equal(t, 404, h.get("/api/v4/matters/5001.json").status)
	hidden, ok := h.control("GET", "matters/5001", "", 200).(object)
	require.True(t, ok)
	require.Equal(t, true, hidden["hidden"])
	h.control("POST", "matters/5001/unhide", "", 200)
	require.Equal(t, 200, h.get("/api/v4/matters/5001.json").status)
	h.control("DELETE", "matters/5001", "", 204)
	require.Equal(t, 404, h.get("/api/v4/matters/5001.json").status)
}

func TestControlListsRecords(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.Len(t, h.control("GET", "matters", "", 200), len(h.Matters()))
	require.Len(t, h.control("GET", "contacts?query=kowalski&id=508", "", 200), 1)
	require.Len(t, h.control("GET", "matters?client_id=501&status=Open", "", 200), 2)
	require.Empty(t, h.control("GET", "matters?client_id=501&status=Closed", "", 200))
	require.NotEmpty(t, h.control("GET", "matters?responsible_attorney_id=null", "", 200))
}

func TestControlSetsFaultsAndEndsTokens(t *testing.T) {
	h := newHarness(t, application)
	shown, ok := h.control("PUT", "faults", `[{"fault":"forbidden","path":"/api/v4/contacts","times":3},{"fault":"client_null","ids":[1001]}]`, 200).(object)
	require.True(t, ok)
	require.Len(t, shown["on"], 2)
	require.Len(t, shown["faults"], len(sandbox.AllFaults()))
	require.Equal(t, 403, h.get("/api/v4/contacts.json").status)
	h.control("PUT", "faults", `[{"fault":"gone"}]`, 200)
	require.Equal(t, 410, h.get("/api/v4/contacts.json").status)
	h.control("DELETE", "faults", "", 200)
	require.Equal(t, 200, h.get("/api/v4/contacts.json").status)

	access, refresh := h.IssueToken(sandbox.FirstAccount)
	h.control("POST", "tokens/expire", "", 204)
	require.Equal(t, 401, h.statusWithToken(access))
	require.Equal(t, 200, h.refresh(refresh).status)
	h.control("POST", "tokens/revoke", "", 204)
	require.Equal(t, 400, h.refresh(refresh).status)
}

func TestRequestsAreRecorded(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	h.control("GET", "matters", "", 200)
	require.Empty(t, h.Requests(), "requests to the control API aren't recorded")
	var hooked []string
	h.OnRequest(func(r sandbox.Request) { hooked = append(hooked, r.Path) })
	h.get("/api/v4/matters.json?ids%5B%5D=1&ids%5B%5D=2")
	h.postForm("/oauth/token")
	require.Equal(t, []string{"/api/v4/matters.json", "/oauth/token"}, hooked)
	requests := h.Requests()
	require.Len(t, requests, 2)
	require.Equal(t, sandbox.Request{
		Method: "GET", Path: "/api/v4/matters.json", Query: map[string][]string{"ids[]": {"1", "2"}}, Status: 200, At: h.clock.Now(),
	}, requests[0])
	require.Equal(t, 400, requests[1].Status)
	shown, ok := h.control("GET", "requests", "", 200).(object)
	require.True(t, ok)
	require.Len(t, shown["requests"], 2)
	h.control("DELETE", "requests", "", 204)
	require.Empty(t, h.Requests())
	require.False(t, strings.Contains(string(h.get("/sandbox/requests").body), h.token))
}
