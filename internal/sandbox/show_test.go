package sandbox_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

func TestShowAnswers304WhileNothingChanged(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	const path = "/api/v4/matters/1001.json"
	first := b.get(path)
	etag := first.header.Get("ETag")
	require.Equal(t, etag, first.json(t)["data"].(object)["etag"])
	require.Regexp(t, `^".+"$`, etag)

	same := b.get(path, "If-None-Match", etag)
	require.Equal(t, 304, same.status)
	require.Empty(t, same.body)
	require.Equal(t, 304, b.get(path, "If-Modified-Since", first.header.Get("Last-Modified")).status)
	require.Equal(t, 200, b.get(path, "If-None-Match", `"another"`).status)

	b.clock.Advance(time.Minute)
	require.NoError(t, b.EditMatter(1001, func(m *sandbox.Matter) { m.Description = new("Changed") }))
	require.Equal(t, 200, b.get(path, "If-None-Match", etag).status)
	require.Equal(t, 200, b.get(path, "If-Modified-Since", first.header.Get("Last-Modified")).status)
}

func TestEditsMoveTheirOwnRecordAlone(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	before := b.matter("1001", "etag,updated_at,client{etag,updated_at,first_name}")
	require.NoError(t, b.EditContact(501, func(c *sandbox.Contact) { *c.FirstName = "Anna" }))
	after := b.matter("1001", "etag,updated_at,client{etag,updated_at,first_name}")
	require.Equal(t, before["etag"], after["etag"])
	require.Equal(t, before["updated_at"], after["updated_at"])
	was, is := before["client"].(object), after["client"].(object)
	require.Equal(t, "Anna", is["first_name"])
	require.NotEqual(t, was["etag"], is["etag"])
	require.Equal(t, "2026-11-23T07:00:00-05:00", is["updated_at"], "with an offset")
}

func TestEditsWithoutADifferenceMoveNothing(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	before, err := b.Contact(505)
	require.NoError(t, err)
	require.NoError(t, b.EditContact(505, func(c *sandbox.Contact) { c.FirstName = new("Walter") }))
	after, err := b.Contact(505)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestWhatIsHandedOutIsACopy(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	contact, err := b.Contact(505)
	require.NoError(t, err)
	*contact.FirstName, *contact.Addresses[0].City, contact.PrimaryAddress.Province = "Other", "Elsewhere", nil
	again, err := b.Contact(505)
	require.NoError(t, err)
	require.Equal(t, "Walter", *again.FirstName)
	require.Equal(t, "Naples", *again.Addresses[0].City)
	require.Equal(t, "MN", *again.PrimaryAddress.Province)
}

func TestTheRecordsHeadIsNotForEdits(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	before, err := b.Matter(1001)
	require.NoError(t, err)
	require.NoError(t, b.EditMatter(1001, func(m *sandbox.Matter) { m.Head = sandbox.Head{ID: 7, Hidden: true} }))
	after, err := b.Matter(1001)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestPrimaryAddressIsOneOfTheAddresses(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	require.NoError(t, b.EditContact(505, func(c *sandbox.Contact) { c.PrimaryAddress.City = new("Ely") }))
	require.NoError(t, b.EditContact(519, func(c *sandbox.Contact) { c.PrimaryAddress = &sandbox.Address{City: new("Reno")} }))
	require.NoError(t, b.EditContact(501, func(c *sandbox.Contact) { c.PrimaryAddress = &sandbox.Address{City: new("Ocala")} }))
	for id, city := range map[int64]string{505: "Ely", 519: "Reno", 501: "Ocala"} {
		contact, err := b.Contact(id)
		require.NoError(t, err)
		var primary []sandbox.Address
		for _, address := range contact.Addresses {
			if address.Primary {
				primary = append(primary, address)
			}
		}
		require.Equal(t, []sandbox.Address{*contact.PrimaryAddress}, primary)
		require.Equal(t, city, *contact.PrimaryAddress.City)
		require.Positive(t, contact.PrimaryAddress.ID)
	}
}

func TestHiddenAndDeletedRecords(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	require.NoError(t, b.HideMatter(1001))
	require.NoError(t, b.DeleteMatter(1002))
	require.NoError(t, b.HideContact(503))
	require.NoError(t, b.DeleteContact(504))
	for _, path := range []string{"matters/1001", "matters/1002", "contacts/503", "contacts/504", "matters/none", "practice_areas/7", "bills"} {
		got := b.get("/api/v4/" + path + ".json")
		require.Equal(t, 404, got.status, path)
		require.Equal(t, "NotFoundError", got.json(t)["error"].(object)["type"])
	}
	require.Nil(t, b.matter("1003", "client")["client"])
	require.Nil(t, b.matter("1004", "client")["client"])
	require.NoError(t, b.UnhideContact(503))
	require.NotNil(t, b.matter("1003", "client")["client"])

	var missing *sandbox.NotFoundError
	require.ErrorAs(t, b.EditMatter(1002, func(*sandbox.Matter) {}), &missing)
	require.Equal(t, "there is no matter 1002", missing.Error())
}

func TestAddedRecords(t *testing.T) {
	b := newBench(t, sandbox.Options{Empty: true})
	contact := b.AddContact(sandbox.Contact{Type: "Person", FirstName: new("Ida"), LastName: new("Wells")})
	matter := b.AddMatter(sandbox.Matter{Status: "Open", BillingMethod: "flat", ClientID: &contact.ID})
	require.Equal(t, int64(1), matter.ID)
	got := b.matter("1", "client{name,initials,is_client}")
	require.Equal(t, object{"name": "Ida Wells", "initials": "IW"}, b.matter("1", "client{name,initials}")["client"])
	require.Equal(t, true, got["client"].(object)["is_client"])
	require.Equal(t, int64(2), b.AddMatter(sandbox.Matter{Status: "Open"}).ID)
	require.Equal(t, int64(40), b.AddMatter(sandbox.Matter{Head: sandbox.Head{ID: 40}}).ID)
}

func TestNamesThatAreNull(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	name := func() any { return b.matter("1001", "client{name}")["client"].(object)["name"] }
	require.Equal(t, "Ana Rivera", name())
	require.NoError(t, b.EditContact(501, func(c *sandbox.Contact) { c.FirstName = new("") }))
	require.Equal(t, "Rivera", name())
	require.NoError(t, b.EditContact(501, func(c *sandbox.Contact) { c.FirstName, c.LastName = nil, nil }))
	require.Nil(t, name())
}

func TestPathsAnswerWithoutTheirEnding(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	require.Equal(t, b.get("/api/v4/matters/1001.json").body, b.get("/api/v4/matters/1001").body)
	require.Equal(t, 200, b.get("/api/v4/matters").status)
	require.Equal(t, 404, b.send(http.MethodPatch, "/api/v4/matters/1001.json", "{}").status)
}

func TestVersions(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	require.Equal(t, "4.0.13", b.get("/api/v4/matters.json").header.Get("X-API-VERSION"))
	require.Equal(t, "4.0.9", b.get("/api/v4/matters.json", "X-API-VERSION", "4.0.9").header.Get("X-API-VERSION"))
	gone := b.get("/api/v4/matters.json", "X-API-VERSION", "4.0.1")
	require.Equal(t, 410, gone.status)
	require.Empty(t, gone.header.Get("X-API-VERSION"))
}
