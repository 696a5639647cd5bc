package sandbox_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

func TestShowAnswers304IfUnchanged(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	const path = "/api/v4/matters/1001.json"
	first := h.get(path)
	etag := first.header.Get("ETag")
	require.Equal(t, etag, first.json(t)["data"].(object)["etag"])
	require.Regexp(t, `^".+"$`, etag)

	same := h.get(path, "If-None-Match", etag)
	require.Equal(t, 304, same.status)
	require.Empty(t, same.body)
	require.Equal(t, 304, h.get(path, "If-Modified-Since", first.header.Get("Last-Modified")).status)
	require.Equal(t, 200, h.get(path, "If-None-Match", `"another"`).status)

	h.clock.Advance(time.Minute)
	require.NoError(t, h.EditMatter(1001, func(m *sandbox.Matter) { m.Description = new("Changed") }))
	require.Equal(t, 200, h.get(path, "If-None-Match", etag).status)
	require.Equal(t, 200, h.get(path, "If-Modified-Since", first.header.Get("Last-Modified")).status)
}

func TestEditsChangeOnlyTheirOwnETag(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	before := h.matter("1001", "etag,updated_at,client{etag,updated_at,first_name}")
	require.NoError(t, h.EditContact(501, func(c *sandbox.Contact) { *c.FirstName = "Anna" }))
	after := h.matter("1001", "etag,updated_at,client{etag,updated_at,first_name}")
	require.Equal(t, before["etag"], after["etag"])
	require.Equal(t, before["updated_at"], after["updated_at"])
	was, is := before["client"].(object), after["client"].(object)
	require.Equal(t, "Anna", is["first_name"])
	require.NotEqual(t, was["etag"], is["etag"])
	require.Equal(t, "2026-11-23T07:00:00-05:00", is["updated_at"], "with an offset")
}

func TestEditsWithoutADifferenceKeepTheETag(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	before, err := h.Contact(505)
	require.NoError(t, err)
	require.NoError(t, h.EditContact(505, func(c *sandbox.Contact) { c.FirstName = new("Walter") }))
	after, err := h.Contact(505)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestRecordsAreCopies(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	contact, err := h.Contact(505)
	require.NoError(t, err)
	*contact.FirstName, *contact.Addresses[0].City, contact.PrimaryAddress.Province = "Other", "Elsewhere", nil
	again, err := h.Contact(505)
	require.NoError(t, err)
	require.Equal(t, "Walter", *again.FirstName)
	require.Equal(t, "Naples", *again.Addresses[0].City)
	require.Equal(t, "MN", *again.PrimaryAddress.Province)
}

func TestEditsDoNotChangeTheHead(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	before, err := h.Matter(1001)
	require.NoError(t, err)
	require.NoError(t, h.EditMatter(1001, func(m *sandbox.Matter) { m.Head = sandbox.Head{ID: 7, Hidden: true} }))
	after, err := h.Matter(1001)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestPrimaryAddressIsOneOfTheAddresses(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.NoError(t, h.EditContact(505, func(c *sandbox.Contact) { c.PrimaryAddress.City = new("Ely") }))
	require.NoError(t, h.EditContact(519, func(c *sandbox.Contact) { c.PrimaryAddress = &sandbox.Address{City: new("Reno")} }))
	require.NoError(t, h.EditContact(501, func(c *sandbox.Contact) { c.PrimaryAddress = &sandbox.Address{City: new("Ocala")} }))
	for id, city := range map[int64]string{505: "Ely", 519: "Reno", 501: "Ocala"} {
		contact, err := h.Contact(id)
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
	h := newHarness(t, sandbox.Options{})
	require.NoError(t, h.HideMatter(1001))
	require.NoError(t, h.DeleteMatter(1002))
	require.NoError(t, h.HideContact(503))
	require.NoError(t, h.DeleteContact(504))
	for _, path := range []string{"matters/1001", "matters/1002", "contacts/503", "contacts/504", "matters/none", "practice_areas/7", "bills"} {
		got := h.get("/api/v4/" + path + ".json")
		require.Equal(t, 404, got.status, path)
		require.Equal(t, "NotFoundError", got.json(t)["error"].(object)["type"])
	}
	require.Nil(t, h.matter("1003", "client")["client"])
	require.Nil(t, h.matter("1004", "client")["client"])
	require.NoError(t, h.UnhideContact(503))
	require.NotNil(t, h.matter("1003", "client")["client"])

	var missing *sandbox.NotFoundError
	require.ErrorAs(t, h.EditMatter(1002, func(*sandbox.Matter) {}), &missing)
	require.Equal(t, "matter 1002 does not exist", missing.Error())
}

func TestAddedRecords(t *testing.T) {
	h := newHarness(t, sandbox.Options{Empty: true})
	contact := h.AddContact(sandbox.Contact{Type: "Person", FirstName: new("Ida"), LastName: new("Wells")})
	matter := h.AddMatter(sandbox.Matter{Status: "Open", BillingMethod: "flat", ClientID: &contact.ID})
	require.Equal(t, int64(1), matter.ID)
	got := h.matter("1", "client{name,initials,is_client}")
	require.Equal(t, object{"name": "Ida Wells", "initials": "IW"}, h.matter("1", "client{name,initials}")["client"])
	require.Equal(t, true, got["client"].(object)["is_client"])
	require.Equal(t, int64(2), h.AddMatter(sandbox.Matter{Status: "Open"}).ID)
	require.Equal(t, int64(40), h.AddMatter(sandbox.Matter{Head: sandbox.Head{ID: 40}}).ID)
}

func TestNullNames(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	name := func() any { return h.matter("1001", "client{name}")["client"].(object)["name"] }
	require.Equal(t, "Ana Rivera", name())
	require.NoError(t, h.EditContact(501, func(c *sandbox.Contact) { c.FirstName = new("") }))
	require.Equal(t, "Rivera", name())
	require.NoError(t, h.EditContact(501, func(c *sandbox.Contact) { c.FirstName, c.LastName = nil, nil }))
	require.Nil(t, name())
}

func TestPathsWorkWithoutExtension(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.Equal(t, h.get("/api/v4/matters/1001.json").body, h.get("/api/v4/matters/1001").body)
	require.Equal(t, 200, h.get("/api/v4/matters").status)
	require.Equal(t, 404, h.send(http.MethodPatch, "/api/v4/matters/1001.json", "{}").status)
}

func TestVersions(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.Equal(t, "4.0.13", h.get("/api/v4/matters.json").header.Get("X-API-VERSION"))
	require.Equal(t, "4.0.9", h.get("/api/v4/matters.json", "X-API-VERSION", "4.0.9").header.Get("X-API-VERSION"))
	gone := h.get("/api/v4/matters.json", "X-API-VERSION", "4.0.1")
	require.Equal(t, 410, gone.status)
	require.Empty(t, gone.header.Get("X-API-VERSION"))
}
