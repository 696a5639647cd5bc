package clio_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/sandbox"
)

// Clio refuses a request with an unknown field or nested braces. These lists have been tried against Clio: check its
// documentation before changing them.
func TestFieldLists(t *testing.T) {
	require.Equal(t, "id,display_number,description,status,open_date,"+
		"client{id,type,name,first_name,last_name,date_of_birth},"+
		"responsible_attorney{id,name},practice_area{id,name,category}", clio.MatterFields)
	require.Equal(t, "id,primary_address{id,city,province,country,primary},"+
		"addresses{id,city,province,country,primary}", clio.ContactFields)
	require.Equal(t, "id,name,category", clio.PracticeAreaFields)
	require.Equal(t, "id,name,first_name,last_name,email,account{id,name}", clio.IdentityFields)
	require.Equal(t, "id,client{id}", clio.SampleFields)
}

func TestRead(t *testing.T) {
	h := connectedHarness(t)
	client := h.clio.AddContact(sandbox.Contact{
		Type: "Person", FirstName: new("Ana"), LastName: new("Rivera"), DateOfBirth: new("1961-04-09"),
		PrimaryAddress: &sandbox.Address{City: new("Miami"), Province: new("FL"), Country: new("US"), Primary: true},
	})
	company := h.clio.AddContact(sandbox.Contact{Type: "Company", Name: new("Rivera Ltd")})
	attorney, area := h.clio.Users()[0], h.clio.PracticeAreas()[0]
	full := h.clio.AddMatter(sandbox.Matter{
		DisplayNumber: new("00001-Rivera"), Description: new("Estate plan"), Status: "Open", OpenDate: new("2025-02-03"),
		ClientID: &client.ID, ResponsibleAttorneyID: &attorney.ID, PracticeAreaID: &area.ID,
	})
	unconfigured := h.clio.AddMatter(sandbox.Matter{Status: "Closed", ClientID: &company.ID})
	hidden := h.clio.AddMatter(sandbox.Matter{Status: "Open", ClientID: &client.ID})
	require.NoError(t, h.clio.HideMatter(hidden.ID))

	snapshot, err := h.service.Read(t.Context(), h.user.FirmID, []int64{unconfigured.ID, full.ID, hidden.ID, 424242})
	require.NoError(t, err)
	require.Equal(t, noon, snapshot.AskedAt)
	require.False(t, snapshot.ContactsRefused)
	require.Len(t, snapshot.Matters, 2, "an id that Clio doesn't return is not in the answer")
	require.Equal(t, &record.Matter{
		ID: full.ID, DisplayNumber: "00001-Rivera", Description: "Estate plan", Status: "Open", OpenDate: "2025-02-03",
		Client: &record.Client{ID: client.ID, Type: "Person", Name: "Ana Rivera", FirstName: "Ana", LastName: "Rivera",
			DateOfBirth: "1961-04-09"},
		Attorney:     &record.Attorney{ID: attorney.ID, Name: *attorney.FirstName + " " + *attorney.LastName},
		PracticeArea: &record.PracticeArea{ID: area.ID, Name: area.Name, Category: *area.Category},
	}, snapshot.Matters[full.ID])
	require.True(t, snapshot.Matters[unconfigured.ID].Client.IsCompany())
	require.Nil(t, snapshot.Matters[unconfigured.ID].Attorney)
	require.Nil(t, snapshot.Matters[unconfigured.ID].PracticeArea)
	require.Len(t, snapshot.Contacts, 1, "a company's contact isn't requested")
	require.Equal(t, "Miami", snapshot.Contacts[client.ID].PrimaryAddress.City)
	require.Len(t, snapshot.Contacts[client.ID].Addresses, 1)
}

func TestRead_twoRequestsForAHundredMatters(t *testing.T) {
	h := connectedHarness(t)
	var ids []int64
	for i := range clio.MaxRead {
		client := h.clio.AddContact(sandbox.Contact{Type: "Person", FirstName: new("F" + strconv.Itoa(i)), LastName: new("L")})
		ids = append(ids, h.clio.AddMatter(sandbox.Matter{Status: "Open", ClientID: &client.ID}).ID)
	}
	snapshot, err := h.service.Read(t.Context(), h.user.FirmID, ids)
	require.NoError(t, err)
	require.Len(t, snapshot.Matters, clio.MaxRead)
	require.Len(t, snapshot.Contacts, clio.MaxRead)
	require.Equal(t, []string{"/api/v4/matters.json", "/api/v4/contacts.json"}, h.paths())

	_, err = h.service.Read(t.Context(), h.user.FirmID, append(ids, 1))
	require.Error(t, err, "more than a hundred")
	require.Len(t, h.paths(), 2)
}

func TestRead_skipsNeedlessRequests(t *testing.T) {
	h := connectedHarness(t)
	clientless := h.clio.AddMatter(sandbox.Matter{Status: "Open"})
	company := h.clio.AddContact(sandbox.Contact{Type: "Company", Name: new("Rivera Ltd")})
	owned := h.clio.AddMatter(sandbox.Matter{Status: "Open", ClientID: &company.ID})

	_, err := h.service.Read(t.Context(), h.user.FirmID, []int64{clientless.ID, owned.ID})
	require.NoError(t, err)
	require.Equal(t, []string{"/api/v4/matters.json"}, h.paths(), "no client is a person")

	snapshot, err := h.service.Read(t.Context(), h.user.FirmID, nil)
	require.NoError(t, err)
	require.Empty(t, snapshot.Matters, "without ids Clio would return everything")
	require.Len(t, h.paths(), 1)
}

func TestRead_contactsRefused(t *testing.T) {
	h := connectedHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/contacts"})
	snapshot, err := h.service.Read(t.Context(), h.user.FirmID, h.matterIDs()[:3])
	require.NoError(t, err)
	require.True(t, snapshot.ContactsRefused)
	require.Len(t, snapshot.Matters, 3)
	require.Empty(t, snapshot.Contacts)
	require.Equal(t, clio.Connected, h.integration().State)
}

func TestRead_contactsFail(t *testing.T) {
	h := connectedHarness(t)
	h.injectFaults(sandbox.Switch{Fault: sandbox.ServerError, Path: "/api/v4/contacts"})
	snapshot, err := h.service.Read(t.Context(), h.user.FirmID, h.matterIDs()[:3])
	require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
	require.Nil(t, snapshot, "an incomplete snapshot must not be returned")
}

// Responses with status 200 that are not what was asked for.
func TestRead_invalidResponses(t *testing.T) {
	for name, body := range map[string]string{
		"nothing":                "",
		"HTML":                   "<html><body>Sign in</body></html>",
		"half":                   `{"data":[{"id":1,"disp`,
		"more than one":          `{"data":[]}{"data":[]}`,
		"no data":                `{}`,
		"null":                   `{"data":null}`,
		"one record for a list":  `{"data":{"id":1}}`,
		"an error in a 200":      `{"error":{"type":"X","message":"y"}}`,
		"a record that is null":  `{"data":[null]}`,
		"a record without an id": `{"data":[{"display_number":"1"}]}`,
		"an id that is text":     `{"data":[{"id":"one"}]}`,
		"an id that is too big":  `{"data":[{"id":99999999999999999999}]}`,
		"what wasn't asked for":  `{"data":[{"id":424242}]}`,
		"far too much":           `{"data":[]}` + strings.Repeat(" ", clio.MaxResponseBytes),
	} {
		t.Run(name, func(t *testing.T) {
			h := connectedHarness(t)
			h.respondWith("/api/v4/matters.json", http.StatusOK, body)
			err := h.readMatter()
			require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
			require.Equal(t, clio.Unreachable, h.integration().State)
			if name == "what wasn't asked for" {
				return // this is a valid page of all matters
			}
			_, err = h.service.Browse(t.Context(), h.user.FirmID, record.MatterQuery{Limit: 1})
			require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
		})
	}
}

func TestRead_headers(t *testing.T) {
	h := connectedHarness(t)
	var seen http.Header
	var query url.Values
	h.intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		seen, query = r.Header.Clone(), r.URL.Query()
		return false
	})
	_, err := h.service.Read(t.Context(), h.user.FirmID, []int64{424242})
	require.NoError(t, err)
	require.Equal(t, "4.0.13", seen.Get("X-API-VERSION"))
	require.Equal(t, "application/json", seen.Get("Accept"))
	require.True(t, strings.HasPrefix(seen.Get("Authorization"), "Bearer access-"))
	require.Equal(t, []string{"424242"}, query["ids[]"])
}
