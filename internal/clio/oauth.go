package clio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/jonboulle/clockwork"
	"golang.org/x/oauth2"
)

// oauth speaks Clio's side of OAuth 2.0: the authorization-code grant with a client secret and, as Clio has neither, without
// scopes and without PKCE.
type oauth struct {
	config oauth2.Config
	http   *http.Client
	clock  clockwork.Clock
}

func newOAuth(config Config, client *client) *oauth {
	return &oauth{http: client.http, clock: client.clock, config: oauth2.Config{
		ClientID:     config.ClientID,
		ClientSecret: config.ClientSecret,
		RedirectURL:  config.redirectURI(),
		Endpoint: oauth2.Endpoint{
			AuthURL:   config.base() + "/oauth/authorize",
			TokenURL:  config.base() + "/oauth/token",
			AuthStyle: oauth2.AuthStyleInParams,
		},
	}}
}

// address is where a user grants access. A user who declines comes back too, instead of ending on a page of Clio's.
func (o *oauth) address(state string) string {
	return o.config.AuthCodeURL(state, oauth2.SetAuthURLParam("redirect_on_decline", "true"))
}

// exchange turns the code of a granted authorization into tokens. The errors are those of refresh.
func (o *oauth) exchange(ctx context.Context, code string) (*oauth2.Token, error) {
	ctx, cancel := context.WithTimeout(o.through(ctx), requestTimeout)
	defer cancel()
	token, err := o.config.Exchange(ctx, code)
	return token, o.failure(err)
}

// refresh gets a new access token. Clio's answer holds no refresh token, and the old one is then in the result. The error
// is a grantRefusedError where asking again can't help, else a statusError, noAnswerError or unreadableError.
func (o *oauth) refresh(ctx context.Context, refreshToken string) (*oauth2.Token, error) {
	if refreshToken == "" {
		return nil, &grantRefusedError{kind: "no refresh token"}
	}
	ctx, cancel := context.WithTimeout(o.through(ctx), requestTimeout)
	defer cancel()
	token, err := o.config.TokenSource(ctx, &oauth2.Token{RefreshToken: refreshToken}).Token()
	return token, o.failure(err)
}

// through makes the OAuth library use our client, which doesn't follow redirects.
func (o *oauth) through(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, o.http)
}

// failure sorts the library's errors. Its own wording may hold the whole body of an answer, and is dropped.
func (o *oauth) failure(err error) error {
	var answered *oauth2.RetrieveError
	var unsent *url.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answered):
		return o.refusal(answered)
	case errors.As(err, &unsent):
		return &noAnswerError{unsent.Err}
	default:
		return &unreadableError{fmt.Errorf("the token endpoint: %w", err)}
	}
}

// refusal tells a refused grant from an endpoint that fails: the first is a 400 or 401 (RFC 6749 §5.2), or
// an error's name in any other answer.
func (o *oauth) refusal(answered *oauth2.RetrieveError) error {
	failed := refusal(answered.Response, answered.Body, o.clock.Now())
	switch status := failed.status; {
	case status == http.StatusTooManyRequests, status == http.StatusRequestTimeout, status >= http.StatusInternalServerError:
		return failed
	case status == http.StatusBadRequest, status == http.StatusUnauthorized, nameOnly(answered.ErrorCode) != "":
		return &grantRefusedError{kind: nameOnly(answered.ErrorCode)}
	default:
		return failed
	}
}

// refusedGrant is the refusal in the error's chain, or nil.
func refusedGrant(err error) *grantRefusedError {
	var refused *grantRefusedError
	if errors.As(err, &refused) {
		return refused
	}
	return nil
}

// whyLost says in plain words why a refresh was refused (RFC 6749 §5.2).
func (e *grantRefusedError) whyLost() string {
	if e.kind == "invalid_client" {
		return "Clio does not accept this server's CLIO_CLIENT_ID and CLIO_CLIENT_SECRET. Once they are right, " +
			"an administrator has to connect Clio again."
	}
	return "Clio ended this connection: the access was withdrawn, or has expired. " + reconnect
}

// whyDenied says in plain words why connecting was refused.
func (e *grantRefusedError) whyDenied() string {
	if e.kind == "invalid_client" {
		return "Clio does not accept this server's CLIO_CLIENT_ID and CLIO_CLIENT_SECRET."
	}
	return "Clio did not confirm the access. Connect again, and finish within ten minutes."
}
