package clio_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/watch"
)

// A firm's links belong to one Clio account: only that account can be connected (docs/rules.md#accounts).
func TestAccountBinding(t *testing.T) {
	known := func(account int64) func(*watch.ClioLink) {
		return func(link *watch.ClioLink) { link.AccountID = &account }
	}
	whoAmIRefused := sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/users"}
	for name, test := range map[string]struct {
		link     func(*watch.ClioLink) // changes the link; the linked matter belongs to the first account
		fault    *sandbox.Switch
		account  int64
		allowed  bool
		asksClio bool // Clio is asked for linked matters
	}{
		"the same account":               {link: known(sandbox.FirstAccount), account: sandbox.FirstAccount, allowed: true},
		"another account":                {link: known(sandbox.FirstAccount), account: sandbox.SecondAccount},
		"another region":                 {link: func(l *watch.ClioLink) { known(sandbox.FirstAccount)(l); l.Region = "eu" }, account: sandbox.FirstAccount},
		"the link has no account, same":  {account: sandbox.FirstAccount, allowed: true, asksClio: true},
		"the link has no account, other": {account: sandbox.SecondAccount, asksClio: true},
		"Clio doesn't say, same":         {link: known(sandbox.FirstAccount), fault: &whoAmIRefused, account: sandbox.FirstAccount, allowed: true, asksClio: true},
		"Clio doesn't say, other":        {link: known(sandbox.FirstAccount), fault: &whoAmIRefused, account: sandbox.SecondAccount, asksClio: true},
		"neither is known, same":         {fault: &whoAmIRefused, account: sandbox.FirstAccount, allowed: true, asksClio: true},
		"neither is known, other":        {fault: &whoAmIRefused, account: sandbox.SecondAccount, asksClio: true},
		"neither is known, another contact": {
			link:  func(l *watch.ClioLink) { contact := *l.ContactID + 1; l.ContactID = &contact },
			fault: &whoAmIRefused, account: sandbox.FirstAccount, asksClio: true,
		},
		"neither is known, no contact": {link: func(l *watch.ClioLink) { l.ContactID = nil }, fault: &whoAmIRefused, account: sandbox.FirstAccount},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			matter := addPersonMatter(h)
			linked := h.addLinkedWatch(h.user.FirmID, matter.ID, *matter.ClientID, test.link)
			otherFirm := h.signUp()
			h.addLinkedWatch(otherFirm.FirmID, matter.ID, *matter.ClientID, known(sandbox.SecondAccount))
			if test.fault != nil {
				h.injectFaults(*test.fault)
			}
			got := h.connect(test.account)
			require.Equal(t, test.asksClio, slices.Contains(h.paths(), "/api/v4/matters.json"))
			if !test.allowed {
				require.Equal(t, "/?clio=error", got)
				require.Equal(t, clio.NotConnected, h.integration().State)
				require.Contains(t, *h.integration().Problem, "another Clio account")
				require.Contains(t, h.paths(), "/oauth/deauthorize", "unwanted access is revoked")
				return
			}
			require.Equal(t, "/?clio=connected", got)
			require.NotContains(t, h.paths(), "/oauth/deauthorize")
			link := h.loadWatch(h.user.FirmID, linked.ID).ClioLink
			require.NoError(t, h.service.RequireConnection(t.Context(), h.user.FirmID))
			require.Equal(t, link.AccountID, h.storedRow().AccountID, "the link and the connection have the same account")
		})
	}
}

// addPersonMatter adds a matter of a person to the sandbox's first account. The second account has no such matter.
func addPersonMatter(h *harness) sandbox.Matter {
	client := h.clio.AddContact(sandbox.Contact{Type: "Person", FirstName: new("Ana"), LastName: new("Rivera")})
	return h.clio.AddMatter(sandbox.Matter{Status: "Open", ClientID: &client.ID})
}

func (h *harness) loadWatch(firmID, id string) *watch.Watch {
	found, err := postgres.NewWatches(h.db).Watch(h.Context(), firmID, id, watch.ShowAll)
	require.NoError(h, err)
	return found
}

// Refusing another account doesn't change the existing connection.
func TestAccountBinding_refusalKeepsTheConnection(t *testing.T) {
	h := connectedHarness(t)
	matter := addPersonMatter(h)
	h.addLinkedWatch(h.user.FirmID, matter.ID, *matter.ClientID, nil)
	before := h.storedRow()
	require.Equal(t, "/?clio=error", h.connect(sandbox.SecondAccount))
	after := h.storedRow()
	require.Contains(t, *after.Problem, "another Clio account")
	after.Problem, after.ProblemSince = nil, nil
	require.Equal(t, before, after)
	require.NoError(t, h.readMatter(), "the existing access was revoked")
}

// Without links a firm may change to another account.
func TestAccountBinding_withoutLinks(t *testing.T) {
	h := connectedHarness(t)
	require.Equal(t, "/?clio=connected", h.connect(sandbox.SecondAccount))
	require.Equal(t, sandbox.SecondAccount, *h.storedRow().AccountID)
}

// If the linked matters can't be read, the account is unproven, and no access is revoked.
func TestAccountBinding_cannotBeChecked(t *testing.T) {
	h := connectedHarness(t)
	matter := addPersonMatter(h)
	h.addLinkedWatch(h.user.FirmID, matter.ID, *matter.ClientID, nil)
	for _, fault := range []sandbox.Fault{sandbox.ServerError, sandbox.Forbidden, sandbox.RateLimited, sandbox.TokenExpired} {
		h.injectFaults(sandbox.Switch{Fault: fault, Path: "/api/v4/matters"})
		require.Equal(t, "/?clio=error", h.connect(sandbox.FirstAccount), fault)
		require.NotContains(t, *h.integration().Problem, "another Clio account")
		h.clio.ClearFaults()
	}
	require.NotContains(t, h.paths(), "/oauth/deauthorize")
	require.Equal(t, clio.Connected, h.integration().State)
}

// The sample takes one request, whatever the number of links.
func TestAccountBinding_asksOnce(t *testing.T) {
	h := newHarness(t)
	for range 103 {
		matter := addPersonMatter(h)
		h.addLinkedWatch(h.user.FirmID, matter.ID, *matter.ClientID, nil)
	}
	require.Equal(t, "/?clio=connected", h.connect(sandbox.FirstAccount))
	asked := 0
	for _, request := range h.clio.Requests() {
		if request.Path == "/api/v4/matters.json" {
			asked++
			require.Len(t, request.Query["ids[]"], 100)
		}
	}
	require.Equal(t, 1, asked)
}
