package clio_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/sandbox"
)

// Every way in which Clio can fail a click, and what it comes to.
func TestFaults(t *testing.T) {
	in := func(wait time.Duration) *time.Time { at := noon.Add(wait); return &at }
	for _, test := range []struct {
		fault   sandbox.Switch
		code    apperr.Code
		word    string
		retryAt *time.Time
		state   clio.IntegrationState
	}{
		{sandbox.Switch{Fault: sandbox.InvalidFields}, apperr.ClioUnavailable, "400", nil, clio.Connected},
		{sandbox.Switch{Fault: sandbox.Forbidden}, apperr.ClioUnavailable, "permission", nil, clio.Connected},
		{sandbox.Switch{Fault: sandbox.NotFound}, apperr.ClioUnavailable, "404", nil, clio.Connected},
		{sandbox.Switch{Fault: sandbox.Gone}, apperr.ClioUnavailable, "version", nil, clio.Connected},
		{sandbox.Switch{Fault: sandbox.RateLimited, Seconds: 17}, apperr.ClioRateLimited, "pause", in(17 * time.Second), clio.Connected},
		{sandbox.Switch{Fault: sandbox.RateLimitedWrapped, Seconds: 9}, apperr.ClioRateLimited, "pause", in(9 * time.Second), clio.Connected},
		{sandbox.Switch{Fault: sandbox.RateLimitedNoRetryAfter}, apperr.ClioRateLimited, "pause", in(time.Minute), clio.Connected},
		{sandbox.Switch{Fault: sandbox.RateLimitedBare}, apperr.ClioRateLimited, "pause", in(time.Minute), clio.Connected},
		{sandbox.Switch{Fault: sandbox.ServerError}, apperr.ClioUnavailable, "failing", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.BadGateway}, apperr.ClioUnavailable, "failing", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.Unavailable}, apperr.ClioUnavailable, "failing", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.UnavailableEmpty}, apperr.ClioUnavailable, "failing", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.ConnectionReset}, apperr.ClioUnavailable, "in time", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.TruncatedJSON}, apperr.ClioUnavailable, "could not be read", nil, clio.Unreachable},
		{sandbox.Switch{Fault: sandbox.WrongShape}, apperr.ClioUnavailable, "could not be read", nil, clio.Unreachable},
	} {
		t.Run(string(test.fault.Fault), func(t *testing.T) {
			o := connected(t)
			o.fail(test.fault)
			err := o.read()
			require.True(t, apperr.Is(err, test.code), err)
			problem := apperr.From(err)[0]
			require.Contains(t, problem.Message, test.word)
			require.Equal(t, test.retryAt, problem.RetryAt)
			require.Equal(t, test.state, o.integration().State)
			require.Len(t, o.paths(), 1, "nothing is tried again")
		})
	}
}

func TestFaults_aRedirectIsNotFollowed(t *testing.T) {
	o := connected(t)
	o.answer("/api/v4/matters.json", http.StatusFound, "", "Location", o.config.BaseURL+"/api/v4/contacts.json")
	require.True(t, apperr.Is(o.read(), apperr.ClioUnavailable))
	require.Empty(t, o.paths())
}

// Clio's failing is written down once, with the first words and the first time, and ends with the first success.
func TestUnreachable(t *testing.T) {
	o := connected(t)
	o.fail(sandbox.Switch{Fault: sandbox.ServerError, Times: 1})
	require.Error(t, o.read())
	first := o.integration()
	require.Equal(t, clio.Unreachable, first.State)
	require.Equal(t, noon, first.ProblemSince.UTC())

	o.clock.Advance(time.Hour)
	o.fail(sandbox.Switch{Fault: sandbox.TruncatedJSON, Times: 1})
	require.Error(t, o.read())
	require.Equal(t, first, o.integration())

	o.fail(sandbox.Switch{Fault: sandbox.RateLimited, Times: 1})
	require.True(t, apperr.Is(o.read(), apperr.ClioRateLimited))
	require.Equal(t, first, o.integration(), "a pause says nothing of Clio's health")

	require.NoError(t, o.read())
	now := o.integration()
	require.Equal(t, clio.Connected, now.State)
	require.Nil(t, now.Problem)
	require.Nil(t, now.ProblemSince)
}

// An administrator who tries to connect anew while Clio is failing learns why that failed, and Clio has been failing no less long.
func TestUnreachable_connectingFails(t *testing.T) {
	o := connected(t)
	o.fail(sandbox.Switch{Fault: sandbox.ServerError})
	require.Error(t, o.read())
	before := o.stored()
	o.clock.Advance(time.Hour)
	require.Equal(t, "/?clio=error", o.connect(sandbox.FirstAccount))
	after := o.stored()
	require.NotNil(t, after.Problem)
	after.Problem = before.Problem
	require.Equal(t, before, after)

	o.clio.ClearFaults()
	require.NoError(t, o.read())
	require.Nil(t, o.integration().Problem)
}

// A failure of a connection that was ended meanwhile doesn't bring it back.
func TestUnreachable_afterDisconnecting(t *testing.T) {
	o := connected(t)
	o.inTheWay(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/api/v4/matters.json" {
			return false
		}
		_, err := o.service.Disconnect(o.Context(), o.user.FirmID)
		w.WriteHeader(http.StatusBadGateway)
		return err == nil
	})
	require.True(t, apperr.Is(o.read(), apperr.ClioUnavailable))
	require.Equal(t, clio.NotConnected, o.integration().State)
	require.Nil(t, o.integration().Problem)
}

// A caller who goes away says nothing of Clio.
func TestFaults_theCallerLeaves(t *testing.T) {
	o := connected(t)
	ctx, leave := context.WithCancel(t.Context())
	o.inTheWay(func(_ http.ResponseWriter, r *http.Request) bool {
		leave()
		<-r.Context().Done()
		return true
	})
	_, err := o.service.Read(ctx, o.user.FirmID, o.matterIDs()[:1])
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, apperr.From(err))
	require.Equal(t, clio.Connected, o.integration().State)
}

// The first 401 is met with a new token and one more try.
func TestUnauthorized_once(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.TokenExpired, sandbox.TokenGarbled} {
		t.Run(string(fault), func(t *testing.T) {
			o := connected(t)
			o.fail(sandbox.Switch{Fault: fault, Times: 1})
			before := o.stored()
			require.NoError(t, o.read())
			require.Equal(t, "/oauth/token", o.paths()[1])
			require.NotEqual(t, before.AccessToken, o.stored().AccessToken)
			require.Equal(t, clio.Connected, o.integration().State)
		})
	}
}

// The second 401 ends the connection.
func TestUnauthorized_twice(t *testing.T) {
	o := connected(t)
	o.fail(sandbox.Switch{Fault: sandbox.TokenExpired})
	require.True(t, apperr.Is(o.read(), apperr.ClioNotConnected))
	require.Equal(t, []string{"/api/v4/matters.json", "/oauth/token", "/api/v4/matters.json"}, o.paths())
	now := o.integration()
	require.Equal(t, clio.NeedsReconnect, now.State)
	require.Contains(t, *now.Problem, "connect Clio again")
	require.Equal(t, noon, now.ProblemSince.UTC())

	o.clio.ClearFaults()
	err := o.read()
	require.True(t, apperr.Is(err, apperr.ClioNotConnected))
	require.Equal(t, *now.Problem, apperr.From(err)[0].Message, "the error tells why")
	require.Len(t, o.paths(), 3, "Clio isn't asked any more")

	require.Equal(t, "/?clio=connected", o.connect(sandbox.FirstAccount))
	require.NoError(t, o.read())
	require.Nil(t, o.integration().Problem)
}

func TestNotConnected(t *testing.T) {
	o := newOffice(t)
	require.True(t, apperr.Is(o.read(), apperr.ClioNotConnected))
	require.True(t, apperr.Is(o.service.RequireConnection(t.Context(), o.user.FirmID), apperr.ClioNotConnected))
	_, err := o.service.Browse(t.Context(), o.user.FirmID, record.MatterQuery{Limit: 1})
	require.True(t, apperr.Is(err, apperr.ClioNotConnected))
	_, err = o.service.PracticeAreas(t.Context(), o.user.FirmID)
	require.True(t, apperr.Is(err, apperr.ClioNotConnected))
}

// A connection belongs to its region: set to another one, the server doesn't show the token around.
func TestRegion_changed(t *testing.T) {
	o := connected(t)
	moved := o.another(func(c *clio.Config) { c.Region = "eu" })
	row, err := moved.Integration(t.Context(), o.user.FirmID)
	require.NoError(t, err)
	require.Equal(t, clio.NeedsReconnect, row.State)
	require.Contains(t, *row.Problem, "region")
	_, err = moved.Read(t.Context(), o.user.FirmID, []int64{1})
	require.True(t, apperr.Is(err, apperr.ClioNotConnected))
	_, err = moved.Disconnect(t.Context(), o.user.FirmID)
	require.NoError(t, err)
	require.Empty(t, o.paths())
}

// What was searched for, tokens and secrets stay out of logs and messages.
func TestFaults_tellNoSecrets(t *testing.T) {
	o := connected(t)
	o.fail(sandbox.Switch{Fault: sandbox.ConnectionReset}, sandbox.Switch{Fault: sandbox.TokenUnavailable})
	_, err := o.service.Browse(t.Context(), o.user.FirmID, record.MatterQuery{Search: "Zebedee", Limit: 1})
	require.Error(t, err)
	o.clio.ClearFaults()
	o.fail(sandbox.Switch{Fault: sandbox.TokenExpired}, sandbox.Switch{Fault: sandbox.TokenUnavailable})
	_, second := o.service.Browse(t.Context(), o.user.FirmID, record.MatterQuery{Search: "Zebedee", Limit: 1})
	require.Error(t, second)
	told := o.log.String() + err.Error() + second.Error()
	require.Contains(t, told, "Clio is failing")
	for _, secret := range []string{"Zebedee", "access-", "refresh-", appSecret} {
		require.NotContains(t, told, secret)
	}
}
