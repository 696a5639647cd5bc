package clio_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/watch"
)

// A firm's links belong to one account of Clio's: connecting keeps to it (docs/rules.md#accounts).
func TestAccountBinding(t *testing.T) {
	known := func(account int64) func(*watch.ClioLink) {
		return func(link *watch.ClioLink) { link.AccountID = &account }
	}
	whoAmIRefused := sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/users"}
	for name, test := range map[string]struct {
		link    func(*watch.ClioLink) // changes the one link; the linked matter is the first account's
		fault   *sandbox.Switch
		account int64
		allowed bool
		asks    bool // Clio is asked for linked matters
	}{
		"the same account":             {link: known(sandbox.FirstAccount), account: sandbox.FirstAccount, allowed: true},
		"another account":              {link: known(sandbox.FirstAccount), account: sandbox.SecondAccount},
		"another region":               {link: func(l *watch.ClioLink) { known(sandbox.FirstAccount)(l); l.Region = "eu" }, account: sandbox.FirstAccount},
		"the link doesn't know, same":  {account: sandbox.FirstAccount, allowed: true, asks: true},
		"the link doesn't know, other": {account: sandbox.SecondAccount, asks: true},
		"Clio doesn't tell, same":      {link: known(sandbox.FirstAccount), fault: &whoAmIRefused, account: sandbox.FirstAccount, allowed: true, asks: true},
		"Clio doesn't tell, other":     {link: known(sandbox.FirstAccount), fault: &whoAmIRefused, account: sandbox.SecondAccount, asks: true},
		"nobody knows, same":           {fault: &whoAmIRefused, account: sandbox.FirstAccount, allowed: true, asks: true},
		"nobody knows, other":          {fault: &whoAmIRefused, account: sandbox.SecondAccount, asks: true},
		"nobody knows, another contact": {
			link:  func(l *watch.ClioLink) { contact := *l.ContactID + 1; l.ContactID = &contact },
			fault: &whoAmIRefused, account: sandbox.FirstAccount, asks: true,
		},
		"nobody knows, no contact": {link: func(l *watch.ClioLink) { l.ContactID = nil }, fault: &whoAmIRefused, account: sandbox.FirstAccount},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			matter := ofPerson(o)
			linked := o.link(o.user.FirmID, matter.ID, *matter.ClientID, test.link)
			stranger := o.signUp()
			o.link(stranger.FirmID, matter.ID, *matter.ClientID, known(sandbox.SecondAccount))
			if test.fault != nil {
				o.fail(*test.fault)
			}
			got := o.connect(test.account)
			require.Equal(t, test.asks, contains(o.paths(), "/api/v4/matters.json"))
			if !test.allowed {
				require.Equal(t, "/?clio=error", got)
				require.Equal(t, clio.NotConnected, o.integration().State)
				require.Contains(t, *o.integration().Problem, "another Clio account")
				require.Contains(t, o.paths(), "/oauth/deauthorize", "a grant that isn't wanted is given back")
				return
			}
			require.Equal(t, "/?clio=connected", got)
			require.NotContains(t, o.paths(), "/oauth/deauthorize")
			link := o.watch(o.user.FirmID, linked.ID).ClioLink
			require.NoError(t, o.service.RequireConnection(t.Context(), o.user.FirmID))
			require.Equal(t, link.AccountID, o.stored().AccountID, "what one side knows, both know afterwards")
		})
	}
}

// ofPerson is a matter of the sandbox's first firm that the second firm doesn't have alike.
func ofPerson(o *office) sandbox.Matter {
	client := o.clio.AddContact(sandbox.Contact{Type: "Person", FirstName: new("Ana"), LastName: new("Rivera")})
	return o.clio.AddMatter(sandbox.Matter{Status: "Open", ClientID: &client.ID})
}

func contains(list []string, item string) bool {
	for _, one := range list {
		if one == item {
			return true
		}
	}
	return false
}

func (o *office) watch(firmID, id string) *watch.Watch {
	found, err := postgres.NewWatches(o.db).Watch(o.Context(), firmID, id)
	require.NoError(o, err)
	return found
}

// Refusing another account leaves the connection that is there alone.
func TestAccountBinding_refusalKeepsTheConnection(t *testing.T) {
	o := connected(t)
	matter := ofPerson(o)
	o.link(o.user.FirmID, matter.ID, *matter.ClientID, nil)
	before := o.stored()
	require.Equal(t, "/?clio=error", o.connect(sandbox.SecondAccount))
	after := o.stored()
	require.Contains(t, *after.Problem, "another Clio account")
	after.Problem, after.ProblemSince = nil, nil
	require.Equal(t, before, after)
	require.NoError(t, o.read(), "the old access was given back with the new one")
}

// Without links a firm may change to another account.
func TestAccountBinding_withoutLinks(t *testing.T) {
	o := connected(t)
	require.Equal(t, "/?clio=connected", o.connect(sandbox.SecondAccount))
	require.Equal(t, sandbox.SecondAccount, *o.stored().AccountID)
}

// Where the linked matters can't be asked for, nothing is proven, and nothing of the other account's is given back.
func TestAccountBinding_cannotBeChecked(t *testing.T) {
	o := connected(t)
	matter := ofPerson(o)
	o.link(o.user.FirmID, matter.ID, *matter.ClientID, nil)
	for _, fault := range []sandbox.Fault{sandbox.ServerError, sandbox.Forbidden, sandbox.RateLimited, sandbox.TokenExpired} {
		o.fail(sandbox.Switch{Fault: fault, Path: "/api/v4/matters"})
		require.Equal(t, "/?clio=error", o.connect(sandbox.FirstAccount), fault)
		require.NotContains(t, *o.integration().Problem, "another Clio account")
		o.clio.ClearFaults()
	}
	require.NotContains(t, o.paths(), "/oauth/deauthorize")
	require.Equal(t, clio.Connected, o.integration().State)
}

// One request asks for the sample, whatever the number of links.
func TestAccountBinding_asksOnce(t *testing.T) {
	o := newOffice(t)
	for range 103 {
		matter := ofPerson(o)
		o.link(o.user.FirmID, matter.ID, *matter.ClientID, nil)
	}
	require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount))
	asked := 0
	for _, request := range o.clio.Requests() {
		if request.Path == "/api/v4/matters.json" {
			asked++
			require.Len(t, request.Query["ids[]"], 100)
		}
	}
	require.Equal(t, 1, asked)
}
