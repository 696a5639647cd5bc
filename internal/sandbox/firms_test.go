package sandbox_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

func TestFirmsAreSeparate(t *testing.T) {
	h := newHarness(t, application)
	account := strconv.FormatInt(sandbox.SecondAccount, 10)
	got := h.exchange(h.authorize("allow", "account", account).Get("code"))
	first := h.token
	h.token = got.text(t, "access_token")

	me, ok := h.get("/api/v4/users/who_am_i.json?fields=name,account%7Bid%7D").json(t)["data"].(object)
	require.True(t, ok)
	require.Equal(t, object{"name": "Dana Whitfield", "account": object{"id": float64(sandbox.SecondAccount)}}, me)
	require.Len(t, h.list("matters.json").Data, len(h.Second.Matters()))
	require.Equal(t, "Pauline Marchetti", h.matter("1001", "client{name}")["client"].(object)["name"])
	require.Equal(t, 404, h.get("/api/v4/matters/1003.json").status)
	require.Equal(t, []int64{1001}, h.list("matters.json?ids%5B%5D=1001&ids%5B%5D=1003").ids())
	require.NoError(t, h.Second.EditContact(501, func(c *sandbox.Contact) { c.FirstName = new("Paula") }))
	require.Equal(t, "Paula", h.matter("1001", "client{first_name}")["client"].(object)["first_name"])
	h.control("PATCH", "contacts/501?account="+account, `{"last_name":"Marsh"}`, 200)

	h.token = first
	require.Equal(t, "Ana Rivera", h.matter("1001", "client{name}")["client"].(object)["name"])
	require.Equal(t, 404, h.get("/api/v4/matters/2001.json").status)
	require.Equal(t, sandbox.FirstAccount, h.AccountID())
	require.Equal(t, sandbox.SecondAccount, h.Second.AccountID())
}

func TestSharedIDsAreDifferentMatters(t *testing.T) {
	s := newHarness(t, sandbox.Options{})
	shared := 0
	for _, matter := range s.Second.Matters() {
		other, err := s.Matter(matter.ID)
		if err != nil {
			continue
		}
		shared++
		require.NotEqual(t, *other.DisplayNumber, *matter.DisplayNumber)
	}
	require.Equal(t, 2, shared)
}
