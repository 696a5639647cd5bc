package sandbox_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

func TestFirmsSeeNothingOfEachOther(t *testing.T) {
	b := newBench(t, application)
	account := strconv.FormatInt(sandbox.SecondAccount, 10)
	got := b.exchange(b.authorize("allow", "account", account).Get("code"))
	first := b.token
	b.token = got.text(t, "access_token")

	me, ok := b.get("/api/v4/users/who_am_i.json?fields=name,account%7Bid%7D").json(t)["data"].(object)
	require.True(t, ok)
	require.Equal(t, object{"name": "Dana Whitfield", "account": object{"id": float64(sandbox.SecondAccount)}}, me)
	require.Len(t, b.list("matters.json").Data, len(b.Second.Matters()))
	require.Equal(t, "Pauline Marchetti", b.matter("1001", "client{name}")["client"].(object)["name"])
	require.Equal(t, 404, b.get("/api/v4/matters/1003.json").status)
	require.Equal(t, []int64{1001}, b.list("matters.json?ids%5B%5D=1001&ids%5B%5D=1003").ids())
	require.NoError(t, b.Second.EditContact(501, func(c *sandbox.Contact) { c.FirstName = new("Paula") }))
	require.Equal(t, "Paula", b.matter("1001", "client{first_name}")["client"].(object)["first_name"])
	b.control("PATCH", "contacts/501?account="+account, `{"last_name":"Marsh"}`, 200)

	b.token = first
	require.Equal(t, "Ana Rivera", b.matter("1001", "client{name}")["client"].(object)["name"])
	require.Equal(t, 404, b.get("/api/v4/matters/2001.json").status)
	require.Equal(t, sandbox.FirstAccount, b.AccountID())
	require.Equal(t, sandbox.SecondAccount, b.Second.AccountID())
}

func TestSharedNumbersAreOtherPeople(t *testing.T) {
	s := newBench(t, sandbox.Options{})
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
