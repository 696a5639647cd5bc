package clio_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/sandbox"
)

// A field that Clio doesn't know, or braces within braces, makes Clio refuse the request as a whole: these lists are part
// of what was tried, and change only with a look at Clio's documentation.
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
	o := connected(t)
	client := o.clio.AddContact(sandbox.Contact{
		Type: "Person", FirstName: new("Ana"), LastName: new("Rivera"), DateOfBirth: new("1961-04-09"),
		PrimaryAddress: &sandbox.Address{City: new("Miami"), Province: new("FL"), Country: new("US"), Primary: true},
	})
	company := o.clio.AddContact(sandbox.Contact{Type: "Company", Name: new("Rivera Ltd")})
	attorney, area := o.clio.Users()[0], o.clio.PracticeAreas()[0]
	full := o.clio.AddMatter(sandbox.Matter{
		DisplayNumber: new("00001-Rivera"), Description: new("Estate plan"), Status: "Open", OpenDate: new("2025-02-03"),
		ClientID: &client.ID, ResponsibleAttorneyID: &attorney.ID, PracticeAreaID: &area.ID,
	})
	bare := o.clio.AddMatter(sandbox.Matter{Status: "Closed", ClientID: &company.ID})
	hidden := o.clio.AddMatter(sandbox.Matter{Status: "Open", ClientID: &client.ID})
	require.NoError(t, o.clio.HideMatter(hidden.ID))

	snapshot, err := o.service.Read(t.Context(), o.user.FirmID, []int64{bare.ID, full.ID, hidden.ID, 424242})
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
	require.True(t, snapshot.Matters[bare.ID].Client.IsCompany())
	require.Nil(t, snapshot.Matters[bare.ID].Attorney)
	require.Nil(t, snapshot.Matters[bare.ID].PracticeArea)
	require.Len(t, snapshot.Contacts, 1, "a company isn't asked for")
	require.Equal(t, "Miami", snapshot.Contacts[client.ID].PrimaryAddress.City)
	require.Len(t, snapshot.Contacts[client.ID].Addresses, 1)
}

func TestRead_takesTwoRequestsForAHundredMatters(t *testing.T) {
	o := connected(t)
	var ids []int64
	for i := range clio.MaxRead {
		client := o.clio.AddContact(sandbox.Contact{Type: "Person", FirstName: new("F" + strconv.Itoa(i)), LastName: new("L")})
		ids = append(ids, o.clio.AddMatter(sandbox.Matter{Status: "Open", ClientID: &client.ID}).ID)
	}
	snapshot, err := o.service.Read(t.Context(), o.user.FirmID, ids)
	require.NoError(t, err)
	require.Len(t, snapshot.Matters, clio.MaxRead)
	require.Len(t, snapshot.Contacts, clio.MaxRead)
	require.Equal(t, []string{"/api/v4/matters.json", "/api/v4/contacts.json"}, o.paths())

	_, err = o.service.Read(t.Context(), o.user.FirmID, append(ids, 1))
	require.Error(t, err, "more than a hundred")
	require.Len(t, o.paths(), 2)
}

func TestRead_asksNoMoreThanItMust(t *testing.T) {
	o := connected(t)
	alone := o.clio.AddMatter(sandbox.Matter{Status: "Open"})
	company := o.clio.AddContact(sandbox.Contact{Type: "Company", Name: new("Rivera Ltd")})
	owned := o.clio.AddMatter(sandbox.Matter{Status: "Open", ClientID: &company.ID})

	_, err := o.service.Read(t.Context(), o.user.FirmID, []int64{alone.ID, owned.ID})
	require.NoError(t, err)
	require.Equal(t, []string{"/api/v4/matters.json"}, o.paths(), "there is no person to ask for")

	snapshot, err := o.service.Read(t.Context(), o.user.FirmID, nil)
	require.NoError(t, err)
	require.Empty(t, snapshot.Matters, "without ids Clio would return everything")
	require.Len(t, o.paths(), 1)
}

func TestRead_contactsRefused(t *testing.T) {
	o := connected(t)
	o.fail(sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/contacts"})
	snapshot, err := o.service.Read(t.Context(), o.user.FirmID, o.matterIDs()[:3])
	require.NoError(t, err)
	require.True(t, snapshot.ContactsRefused)
	require.Len(t, snapshot.Matters, 3)
	require.Empty(t, snapshot.Contacts)
	require.Equal(t, clio.Connected, o.integration().State)
}

func TestRead_contactsFail(t *testing.T) {
	o := connected(t)
	o.fail(sandbox.Switch{Fault: sandbox.ServerError, Path: "/api/v4/contacts"})
	snapshot, err := o.service.Read(t.Context(), o.user.FirmID, o.matterIDs()[:3])
	require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
	require.Nil(t, snapshot, "a half reading must not pass for a whole one")
}

func TestRead_followsPages(t *testing.T) {
	o := connected(t)
	ids := o.matterIDs()[:5]
	o.inTheWay(shorterPages(o, 2))
	snapshot, err := o.service.Read(t.Context(), o.user.FirmID, ids)
	require.NoError(t, err)
	require.Len(t, snapshot.Matters, 5)
	for _, request := range o.clio.Requests() {
		require.NotEmpty(t, request.Query["ids[]"], "a page that forgot the question")
		require.Equal(t, "id(asc)", request.Query.Get("order"))
	}
}

// shorterPages has Clio put fewer records on a page than it was asked for.
func shorterPages(o *office, limit int) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		query := r.URL.Query()
		query.Set("limit", strconv.Itoa(limit))
		r.URL.RawQuery = query.Encode()
		o.clio.ServeHTTP(w, r)
		return true
	}
}

// The address of the next page is Clio's word, and the access token is ours: they don't meet on another host.
func TestPages_neverLeaveTheHost(t *testing.T) {
	o := connected(t)
	o.inTheWay(shorterPages(o, 2))
	o.fail(sandbox.Switch{Fault: sandbox.OffHostNext})
	snapshot, err := o.service.Read(t.Context(), o.user.FirmID, o.matterIDs()[:5])
	require.NoError(t, err, "a request left the host: the transport refuses those")
	require.Len(t, snapshot.Matters, 5)

	for _, next := range []string{"https://evil.example/x", "https://evil.example/?token=1", "::", "http://[::1"} {
		body, err := json.Marshal(map[string]any{"data": []any{}, "meta": map[string]any{"paging": map[string]any{"next": next}}})
		require.NoError(t, err)
		o.answer("/api/v4/matters.json", http.StatusOK, string(body))
		require.True(t, apperr.Is(o.read(), apperr.ClioUnavailable), next)
	}
}

func TestPages_goRoundInACircle(t *testing.T) {
	o := connected(t)
	var pages atomic.Int32
	o.inTheWay(func(w http.ResponseWriter, _ *http.Request) bool {
		pages.Add(1)
		_, _ = fmt.Fprintf(w, `{"data":[{"id":1}],"meta":{"paging":{"next":"%s/x?page_token=a"}}}`, o.config.BaseURL)
		return true
	})
	_, err := o.service.PracticeAreas(t.Context(), o.user.FirmID)
	require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
	require.EqualValues(t, 2, pages.Load())
}

func TestBrowse(t *testing.T) {
	o := connected(t)
	all := o.matterIDs()
	var seen []int64
	query := record.MatterQuery{Limit: 7}
	for {
		page, err := o.service.Browse(t.Context(), o.user.FirmID, query)
		require.NoError(t, err)
		for _, matter := range page.Matters {
			seen = append(seen, matter.ID)
		}
		if query.PageToken = page.NextPageToken; query.PageToken == "" {
			break
		}
		require.Len(t, page.Matters, 7)
	}
	require.Equal(t, all, seen, "every matter once, in the order of the ids")
	require.Len(t, o.paths(), (len(all)+6)/7, "one request a page")
}

func TestBrowse_filters(t *testing.T) {
	o := connected(t)
	area := o.clio.PracticeAreas()[0].ID
	client := o.clio.AddContact(sandbox.Contact{Type: "Person", FirstName: new("Zebedee"), LastName: new("Quux")})
	matter := o.clio.AddMatter(sandbox.Matter{Status: "Pending", ClientID: &client.ID, PracticeAreaID: &area})
	for _, query := range []record.MatterQuery{
		{Search: "zebedee"},
		{Search: "zebedee", Status: "PENDING", PracticeAreaID: &area, Limit: 1000},
	} {
		page, err := o.service.Browse(t.Context(), o.user.FirmID, query)
		require.NoError(t, err)
		require.Len(t, page.Matters, 1, "%+v", query)
		require.Equal(t, matter.ID, page.Matters[0].ID)
	}
	page, err := o.service.Browse(t.Context(), o.user.FirmID, record.MatterQuery{Search: "zebedee", Status: "OPEN", Limit: 50})
	require.NoError(t, err)
	require.Empty(t, page.Matters)

	limits := []string{}
	for _, request := range o.clio.Requests() {
		limits = append(limits, request.Query.Get("limit"))
	}
	require.Equal(t, []string{"1", "200", "50"}, limits)
	plain := o.clio.Requests()[0].Query
	require.False(t, plain.Has("status") || plain.Has("practice_area_id") || plain.Has("page_token"), "what isn't asked for stays out")
}

func TestPracticeAreas(t *testing.T) {
	o := connected(t)
	o.inTheWay(shorterPages(o, 2))
	areas, err := o.service.PracticeAreas(t.Context(), o.user.FirmID)
	require.NoError(t, err)
	var want []record.PracticeArea
	for _, area := range o.clio.PracticeAreas() {
		one := record.PracticeArea{ID: area.ID, Name: area.Name}
		if area.Category != nil {
			one.Category = *area.Category
		}
		want = append(want, one)
	}
	slices.SortFunc(want, func(a, b record.PracticeArea) int { return int(a.ID - b.ID) })
	require.Equal(t, want, areas)
}

// Answers that say 200 and aren't what was asked for.
func TestRead_unreadableAnswers(t *testing.T) {
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
		"far too much":           `{"data":[]}` + strings.Repeat(" ", clio.MaxAnswer),
	} {
		t.Run(name, func(t *testing.T) {
			o := connected(t)
			o.answer("/api/v4/matters.json", http.StatusOK, body)
			err := o.read()
			require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
			require.Equal(t, clio.Unreachable, o.integration().State)
			if name == "what wasn't asked for" {
				return // a page of all matters is a question that this answers
			}
			_, err = o.service.Browse(t.Context(), o.user.FirmID, record.MatterQuery{Limit: 1})
			require.True(t, apperr.Is(err, apperr.ClioUnavailable), err)
		})
	}
}

func TestRead_headers(t *testing.T) {
	o := connected(t)
	var seen http.Header
	var query url.Values
	o.inTheWay(func(_ http.ResponseWriter, r *http.Request) bool {
		seen, query = r.Header.Clone(), r.URL.Query()
		return false
	})
	_, err := o.service.Read(t.Context(), o.user.FirmID, []int64{424242})
	require.NoError(t, err)
	require.Equal(t, "4.0.13", seen.Get("X-API-VERSION"))
	require.Equal(t, "application/json", seen.Get("Accept"))
	require.True(t, strings.HasPrefix(seen.Get("Authorization"), "Bearer access-"))
	require.Equal(t, []string{"424242"}, query["ids[]"])
}
