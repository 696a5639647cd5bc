package clio_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/sandbox"
)

const (
	whoAmIPath = "/api/v4/users/who_am_i.json"
	tokenPath  = "/oauth/token"
)

// maintain does what each replica does again and again.
func (o *office) maintain() {
	require.NoError(o, o.service.Maintain(o.Context()))
}

// unreachable is a connected office whose Clio has just failed a click, and fails no more.
func unreachable(t *testing.T) *office {
	o := connected(t)
	o.fail(sandbox.Switch{Fault: sandbox.ServerError, Times: 1})
	require.Error(t, o.read())
	require.Equal(t, clio.Unreachable, o.integration().State)
	o.clio.ResetRequests()
	return o
}

// Nobody syncs, and the token is renewed all the same.
func TestLookAfter_renewsAheadOfExpiry(t *testing.T) {
	o := connected(t)
	kept := o.refreshToken()
	o.clock.Advance(month - 5*time.Minute - time.Second)
	o.maintain()
	require.Empty(t, o.paths(), "there is time yet")

	for round := range 3 {
		o.clock.Advance(time.Second)
		began := o.clock.Now()
		o.clio.ResetRequests()
		for range 3 {
			o.maintain()
		}
		require.Equal(t, []string{tokenPath}, o.paths(), "round %d", round)
		row := o.stored()
		require.Equal(t, clio.Connected, row.State)
		require.Equal(t, began.Add(month-5*time.Minute), row.MaintainAt.UTC())
		require.Equal(t, kept, o.refreshToken(), "Clio's answer has no refresh token: the old one is kept")
		require.NoError(t, o.read(), "the new token opens Clio")
		o.clock.Advance(month - 5*time.Minute - time.Second)
	}
}

func TestLookAfter_aTokenThatDoesNotLiveLong(t *testing.T) {
	o := newOffice(t)
	o.fail(sandbox.Switch{Fault: sandbox.TokenShortLived, Seconds: 60})
	require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount))
	o.clio.ResetRequests()
	for renewals := range 3 {
		o.clock.Advance(53 * time.Second)
		o.maintain()
		require.Equal(t, renewals, o.refreshes())
		o.clock.Advance(time.Second)
		o.maintain()
		require.Equal(t, renewals+1, o.refreshes())
	}
}

func TestLookAfter_aTokenWithoutAnExpiry(t *testing.T) {
	o := newOffice(t)
	access, refresh := o.clio.IssueToken(sandbox.FirstAccount)
	o.answer(tokenPath, 200, `{"token_type":"bearer","access_token":"`+access+`","refresh_token":"`+refresh+`"}`)
	require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount))
	o.inTheWay(nil)
	o.clio.ResetRequests()
	require.Nil(t, o.stored().MaintainAt)
	o.clock.Advance(12 * month)
	o.maintain()
	require.Empty(t, o.paths())
	require.Equal(t, clio.Connected, o.integration().State)
}

// Clio refuses to renew: the firm learns of it before anybody syncs, and Clio isn't asked any more.
func TestLookAfter_refused(t *testing.T) {
	for name, breakIt := range map[string]func(*office){
		"400":                 func(o *office) { o.fail(sandbox.Switch{Fault: sandbox.RefreshRefused}) },
		"401":                 func(o *office) { o.fail(sandbox.Switch{Fault: sandbox.RefreshUnauthorized}) },
		"revoked inside Clio": func(o *office) { o.clio.RevokeTokens() },
	} {
		t.Run(name, func(t *testing.T) {
			o := connected(t)
			o.clock.Advance(month - 5*time.Minute)
			breakIt(o)
			o.maintain()
			require.Equal(t, []string{tokenPath}, o.paths())
			row := o.stored()
			require.Equal(t, clio.NeedsReconnect, row.State)
			require.Contains(t, *row.Problem, "connect Clio again")
			require.Equal(t, noon.Add(month-5*time.Minute), row.ProblemSince.UTC())
			require.Nil(t, row.AccessToken)
			require.Nil(t, row.MaintainAt)

			o.clio.ClearFaults()
			o.clock.Advance(12 * month)
			o.maintain()
			require.Len(t, o.paths(), 1, "a lost connection is still looked after")
			require.Equal(t, row, o.stored())
		})
	}
}

// A lost connection is mended by its own account and by no other (docs/rules.md#accounts), and looked after from then on.
func TestLookAfter_reconnecting(t *testing.T) {
	o := connected(t)
	matter := ofPerson(o)
	o.link(o.user.FirmID, matter.ID, *matter.ClientID, nil)
	o.clio.RevokeTokens()
	o.clock.Advance(month)
	o.maintain()
	lost := o.stored()
	require.Equal(t, clio.NeedsReconnect, lost.State)

	o.clock.Advance(time.Hour)
	require.Equal(t, "/?clio=error", o.connect(sandbox.SecondAccount))
	refused := o.stored()
	require.Equal(t, clio.NeedsReconnect, refused.State)
	require.Contains(t, *refused.Problem, "another Clio account")
	require.Equal(t, lost.ProblemSince, refused.ProblemSince, "the connection has been lost since then")
	require.Nil(t, refused.MaintainAt)

	require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount))
	now := o.integration()
	require.Equal(t, clio.Connected, now.State)
	require.Nil(t, now.Problem)
	require.Nil(t, now.ProblemSince)
	require.NoError(t, o.read())
	o.clio.ResetRequests()
	o.clock.Advance(month - 5*time.Minute)
	o.maintain()
	require.Equal(t, []string{tokenPath}, o.paths())
}

func TestLookAfter_disconnected(t *testing.T) {
	o := unreachable(t)
	o.inTheWay(func(http.ResponseWriter, *http.Request) bool {
		o.inTheWay(nil)
		_, err := o.service.Disconnect(o.Context(), o.user.FirmID)
		return err != nil
	})
	o.clock.Advance(time.Minute)
	o.maintain()
	require.Equal(t, &clio.Integration{FirmID: o.user.FirmID, State: clio.NotConnected}, o.stored())
	o.clio.ResetRequests()
	o.clock.Advance(12 * month)
	o.maintain()
	require.Empty(t, o.paths())
}

// A connection to another region isn't shown to this region's Clio, and is there when the setting is put right.
func TestLookAfter_anotherRegion(t *testing.T) {
	o := connected(t)
	o.clock.Advance(month)
	before := o.stored()
	require.NoError(t, o.another(func(c *clio.Config) { c.Region = "eu" }).Maintain(t.Context()))
	require.Equal(t, before, o.stored())
	require.Empty(t, o.paths())
	o.maintain()
	require.Equal(t, []string{tokenPath}, o.paths())
}

func TestLookAfter_withoutAnApplication(t *testing.T) {
	o := connected(t)
	o.clock.Advance(month)
	before := o.stored()
	bare := o.another(func(c *clio.Config) { c.ClientSecret = "" })
	require.False(t, bare.Configured())
	require.NoError(t, bare.Maintain(t.Context()))
	require.Equal(t, before, o.stored())
	require.Empty(t, o.paths())
	require.True(t, o.service.Configured())
	require.Equal(t, "us", o.service.Region())
}
