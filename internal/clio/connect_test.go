package clio_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/sandbox"
)

func TestConnect(t *testing.T) {
	h := newHarness(t)
	returnTo := "/settings?tab=clio#top"
	authorization, err := h.service.Connect(t.Context(), h.user, &returnTo)
	require.NoError(t, err)

	address, err := url.Parse(authorization.URL)
	require.NoError(t, err)
	require.Equal(t, h.config.BaseURL+"/oauth/authorize", address.Scheme+"://"+address.Host+address.Path)
	query := address.Query()
	state := query.Get("state")
	require.Greater(t, len(state), 20)
	query.Del("state")
	challenge := query.Get("code_challenge")
	query.Del("code_challenge")
	require.Equal(t, url.Values{
		"response_type":       {"code"},
		"client_id":           {appID},
		"redirect_uri":        {"https://watch.example/oauth/clio/callback"},
		"redirect_on_decline": {"true"}, "code_challenge_method": {"S256"},
	}, query)
	var verifier string
	h.intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/oauth/token" {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(body))
			form, _ := url.ParseQuery(string(body))
			verifier = form.Get("code_verifier")
		}
		return false
	})
	require.Equal(t, clio.NotConnected, h.integration().State, "nothing changes until the user comes back")

	callback := h.approve(authorization.URL, "allow", sandbox.FirstAccount)
	require.Equal(t, state, callback.State)
	require.Equal(t, "/settings?tab=clio&clio=connected#top",
		h.service.Callback(t.Context(), callback, clio.Proof{SessionID: h.user.SessionID}))

	hash := sha256.Sum256([]byte(verifier))
	require.Equal(t, challenge, base64.RawURLEncoding.EncodeToString(hash[:]), "PKCE (RFC 7636)")

	integration := h.integration()
	require.Equal(t, clio.Connected, integration.State)
	require.Equal(t, ident.OfFirm(ident.ClioIntegration, h.user.FirmID), integration.ID())
	require.NotEmpty(t, *integration.ClioUserName)
	require.NotEmpty(t, *integration.ClioFirmName)
	require.Equal(t, noon, integration.ConnectedAt.UTC())
	require.Nil(t, integration.Problem)
	require.Nil(t, integration.AccessToken, "the API's object has no tokens")
	require.Nil(t, integration.RefreshToken)

	require.NoError(t, h.service.RequireConnection(t.Context(), h.user.FirmID))
	require.Equal(t, "us", *h.storedRow().Region)
	require.Equal(t, sandbox.FirstAccount, *h.storedRow().AccountID)
	require.NoError(t, h.readMatter())
}

func TestConnect_sealsTheTokens(t *testing.T) {
	h := connectedHarness(t)
	row := h.storedRow()
	require.True(t, h.keys.UsesNewestKey(row.AccessToken))
	require.True(t, h.keys.UsesNewestKey(row.RefreshToken))
	require.NotContains(t, string(row.AccessToken), "access-")
	opened, err := h.keys.Open(row.AccessToken, clio.Row{Table: "clio_integrations", ID: h.user.FirmID, Column: "access_token"})
	require.NoError(t, err)
	require.Contains(t, string(opened), "access-")
	require.Equal(t, noon.Add(30*24*time.Hour-5*time.Minute), row.TokenExpiresAt.UTC())

	other := h.signUp()
	_, err = h.store.Change(t.Context(), other.FirmID, func(row *clio.Integration) error {
		stolen := *h.storedRow()
		stolen.FirmID = row.FirmID
		*row = stolen
		return nil
	})
	require.NoError(t, err)
	_, err = h.service.Read(t.Context(), other.FirmID, h.matterIDs()[:1])
	require.Error(t, err, "a token moved to another firm's row was opened")
}

func TestConnect_refusals(t *testing.T) {
	h := newHarness(t)
	for _, change := range []func(*clio.Config){
		func(c *clio.Config) { c.ClientID = "" },
		func(c *clio.Config) { c.ClientSecret = "" },
	} {
		unconfigured := h.newReplica(change)
		_, err := unconfigured.Connect(t.Context(), h.user, nil)
		require.True(t, apperr.Is(err, apperr.ClioNotConfigured), err)
		_, err = unconfigured.Read(t.Context(), h.user.FirmID, []int64{1})
		require.True(t, apperr.Is(err, apperr.ClioNotConfigured), err)
		row, err := unconfigured.Integration(t.Context(), h.user.FirmID)
		require.NoError(t, err)
		require.Equal(t, clio.NotConfigured, row.State)
		require.Equal(t, ident.OfFirm(ident.ClioIntegration, h.user.FirmID), row.ID())
	}
	elsewhere := "https://evil.example/"
	_, err := h.service.Connect(t.Context(), h.user, &elsewhere)
	require.True(t, apperr.Is(err, apperr.Invalid), err)
}

func TestDisconnect(t *testing.T) {
	h := connectedHarness(t)
	token, err := h.keys.Open(h.storedRow().AccessToken,
		clio.Row{Table: "clio_integrations", ID: h.user.FirmID, Column: "access_token"})
	require.NoError(t, err)
	for range 2 { // a second time is no error
		row, err := h.service.Disconnect(t.Context(), h.user.FirmID)
		require.NoError(t, err)
		require.Equal(t, clio.NotConnected, row.State)
	}
	require.Equal(t, &clio.Integration{FirmID: h.user.FirmID, State: clio.NotConnected}, h.storedRow(), "something was not deleted")
	require.Equal(t, []string{"/oauth/deauthorize"}, h.paths(), "the token is revoked once")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.config.BaseURL+"/api/v4/matters.json", nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+string(token))
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusUnauthorized, response.StatusCode, "the token is still valid")
	require.True(t, apperr.Is(h.readMatter(), apperr.ClioNotConnected))
}

func TestDisconnect_whenClioFails(t *testing.T) {
	h := connectedHarness(t)
	h.respondWith("/oauth/deauthorize", http.StatusServiceUnavailable, "<html>")
	row, err := h.service.Disconnect(t.Context(), h.user.FirmID)
	require.NoError(t, err)
	require.Equal(t, clio.NotConnected, row.State)
	require.Nil(t, h.storedRow().AccessToken)
	require.Contains(t, h.log.String(), "revoking the access")
}
