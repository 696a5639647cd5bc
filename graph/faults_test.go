package graph_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// Whatever fault Clio has, the caller gets the right error and no watch changes (docs/rules.md#clicks, docs/rules.md#runs).
func TestFaultsChangeNothing(t *testing.T) {
	const contacts = "/api/v4/contacts"
	cases := map[string]struct {
		fault sandbox.Switch
		code  string
		state string
	}{
		"403 on matters":           {sandbox.Switch{Fault: sandbox.Forbidden}, "CLIO_UNAVAILABLE", "CONNECTED"},
		"400":                      {sandbox.Switch{Fault: sandbox.InvalidFields}, "CLIO_UNAVAILABLE", "CONNECTED"},
		"404":                      {sandbox.Switch{Fault: sandbox.NotFound}, "CLIO_UNAVAILABLE", "CONNECTED"},
		"410":                      {sandbox.Switch{Fault: sandbox.Gone}, "CLIO_UNAVAILABLE", "CONNECTED"},
		"429":                      {sandbox.Switch{Fault: sandbox.RateLimited, Seconds: 7}, "CLIO_RATE_LIMITED", "CONNECTED"},
		"429 without Retry-After":  {sandbox.Switch{Fault: sandbox.RateLimitedNoRetryAfter}, "CLIO_RATE_LIMITED", "CONNECTED"},
		"429 without anything":     {sandbox.Switch{Fault: sandbox.RateLimitedBare}, "CLIO_RATE_LIMITED", "CONNECTED"},
		"500 with HTML":            {sandbox.Switch{Fault: sandbox.ServerError}, "CLIO_UNAVAILABLE", "UNREACHABLE"},
		"503 with nothing":         {sandbox.Switch{Fault: sandbox.UnavailableEmpty}, "CLIO_UNAVAILABLE", "UNREACHABLE"},
		"half of the JSON":         {sandbox.Switch{Fault: sandbox.TruncatedJSON}, "CLIO_UNAVAILABLE", "UNREACHABLE"},
		"JSON of another shape":    {sandbox.Switch{Fault: sandbox.WrongShape}, "CLIO_UNAVAILABLE", "UNREACHABLE"},
		"a reset connection":       {sandbox.Switch{Fault: sandbox.ConnectionReset}, "CLIO_UNAVAILABLE", "UNREACHABLE"},
		"429 on contacts alone":    {sandbox.Switch{Fault: sandbox.RateLimited, Path: contacts}, "CLIO_RATE_LIMITED", "CONNECTED"},
		"500 on contacts alone":    {sandbox.Switch{Fault: sandbox.ServerError, Path: contacts}, "CLIO_UNAVAILABLE", "UNREACHABLE"},
		"half the contacts' JSON":  {sandbox.Switch{Fault: sandbox.TruncatedJSON, Path: contacts}, "CLIO_UNAVAILABLE", "UNREACHABLE"},
		"401 that a refresh can't": {sandbox.Switch{Fault: sandbox.TokenExpired}, "CLIO_NOT_CONNECTED", "NEEDS_RECONNECT"},
		"401 of the other shape":   {sandbox.Switch{Fault: sandbox.TokenGarbled}, "CLIO_NOT_CONNECTED", "NEEDS_RECONNECT"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			id := p.imported("1001")
			before := p.watch(id)
			require.NoError(t, p.clio.EditContact(aContact, func(contact *sandbox.Contact) { contact.FirstName = new("Anna") }))
			require.NoError(t, p.clio.Fail(c.fault))
			p.clock.Advance(time.Minute)

			a := p.sync(id)
			require.Equal(t, c.code, a.text("syncWatch.userErrors.0.code"))
			require.NotEmpty(t, a.text("syncWatch.userErrors.0.message"))
			require.Equal(t, c.code == "CLIO_RATE_LIMITED", a.at("syncWatch.userErrors.0.retryAt") != nil)
			require.Nil(t, a.at("syncWatch.result"))
			require.Equal(t, before.Data, p.watch(id).Data, "no watch changed")
			i := p.ask(importMatters, vars{"ids": []string{"1002"}})
			require.Equal(t, c.code, i.text("importMatters.userErrors.0.code"))
			require.Empty(t, i.at("importMatters.results"))
			require.EqualValues(t, 1, p.ask(`{ watches { totalCount } }`).at("watches.totalCount"))

			integration := p.ask(`{ clioIntegration { state problem problemSince } }`)
			require.Equal(t, c.state, integration.text("clioIntegration.state"))
			isShown := c.state != "CONNECTED" || c.fault.Fault == sandbox.Forbidden
			require.Equal(t, isShown, integration.at("clioIntegration.problem") != nil)
			if c.fault.Path == "" {
				require.Equal(t, c.code, p.try(`{ clioMatters { nodes { id } } }`).code())
			}
			p.clio.ClearFaults()
			if c.state == "NEEDS_RECONNECT" {
				require.Equal(t, "/?clio=connected", p.connect(sandbox.FirstAccount))
			}
			require.Equal(t, "UPDATED", p.sync(id).text("syncWatch.result.outcome"), "and it works again once Clio does")
			require.Equal(t, "CONNECTED", p.ask(`{ clioIntegration { state } }`).text("clioIntegration.state"))
		})
	}
}

// A 403 on contacts alone: the rest is applied, and the run says so.
func TestContactsRefused(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	require.NoError(t, p.clio.EditContact(aContact, func(c *sandbox.Contact) { c.FirstName, c.PrimaryAddress.City = new("Anna"), new("Miami") }))
	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/contacts"}))
	p.clock.Advance(time.Minute)
	a := p.sync(id)
	require.Equal(t, "UPDATED", a.text("syncWatch.result.outcome"))
	require.Equal(t, []string{"UPDATED", "SAME", "SAME", "UNAVAILABLE", "UNAVAILABLE"}, a.texts("syncWatch.result.fields.*.decision")[:5])
	require.Contains(t, a.text("syncWatch.result.message"), "refused")
	require.Equal(t, "Tampa", a.text("syncWatch.watch.city"))
}

// What Clio omits without an error is reported.
func TestWhatIsNotShown(t *testing.T) {
	cases := map[string]struct {
		fault   sandbox.Switch
		outcome string
		field   string
		want    string
	}{
		"the matter":              {sandbox.Switch{Fault: sandbox.IDsDropped, Path: "/api/v4/matters"}, "MISSING", "", ""},
		"the contact":             {sandbox.Switch{Fault: sandbox.IDsDropped, Path: "/api/v4/contacts"}, "UNCHANGED", "CITY", "UNAVAILABLE"},
		"the client":              {sandbox.Switch{Fault: sandbox.ClientNull}, "UNCHANGED", "FIRST_NAME", "UNAVAILABLE"},
		"all but the client's id": {sandbox.Switch{Fault: sandbox.ClientIDOnly}, "UNCHANGED", "FIRST_NAME", "UNAVAILABLE"},
		"the attorney's name":     {sandbox.Switch{Fault: sandbox.AttorneyNameless}, "UNCHANGED", "ASSIGNED_TO", "UNAVAILABLE"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			id := p.imported("1001")
			require.NoError(t, p.clio.Fail(c.fault))
			a := p.sync(id)
			require.Equal(t, c.outcome, a.text("syncWatch.result.outcome"))
			require.NotEmpty(t, a.text("syncWatch.result.message"))
			if c.want != "" {
				at := slices.Index(a.texts("syncWatch.result.fields.*.field"), c.field)
				require.GreaterOrEqual(t, at, 0)
				require.Equal(t, c.want, a.texts("syncWatch.result.fields.*.decision")[at])
			}
		})
	}
}

func TestNotConnected(t *testing.T) {
	p := newStage(t).signUp("ada")
	a := p.ask(importMatters, vars{"ids": []string{"1001"}})
	require.Equal(t, "CLIO_NOT_CONNECTED", a.text("importMatters.userErrors.0.code"))
	require.Equal(t, "CLIO_NOT_CONNECTED", p.try(`{ caseTypeMappings { id } }`).code())
	require.Equal(t, "NOT_CONNECTED", p.ask(`{ clioIntegration { state } }`).text("clioIntegration.state"))
	b := p.ask(`mutation { connectClio(returnTo: "https://evil.example/") { authorizationUrl userErrors { code path } } }`)
	require.Equal(t, "INVALID", b.text("connectClio.userErrors.0.code"))
	require.Equal(t, []any{"returnTo"}, b.at("connectClio.userErrors.0.path"))
}
