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

// oauth is a client of Clio's OAuth 2.0: the authorization code grant with a client secret and PKCE, without scopes, which Clio
// doesn't have. PKCE isn't documented for it either: it ignores what it doesn't know.
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
			AuthURL:   config.baseURL() + "/oauth/authorize",
			TokenURL:  config.baseURL() + "/oauth/token",
			AuthStyle: oauth2.AuthStyleInParams,
		},
	}}
}

// authorizeURL returns the page where a user grants access. A user who declines is sent back too, instead of staying at Clio.
func (o *oauth) authorizeURL(state, verifier string) string {
	return o.config.AuthCodeURL(state, oauth2.SetAuthURLParam("redirect_on_decline", "true"), oauth2.S256ChallengeOption(verifier))
}

// exchange exchanges an authorization code for tokens. The errors are those of refresh.
func (o *oauth) exchange(ctx context.Context, code, verifier string) (*oauth2.Token, error) {
	ctx, cancel := context.WithTimeout(o.withHTTPClient(ctx), requestTimeout)
	defer cancel()
	token, err := o.config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	return token, o.classify(err)
}

// refresh gets a new access token. If Clio's response has no refresh token, the result has the old one. The error is a
// grantRefusedError when retrying can't help, a clientRefusedError when the operator has to put something right, else a statusError,
// noResponseError or invalidResponseError.
func (o *oauth) refresh(ctx context.Context, refreshToken string) (*oauth2.Token, error) {
	if refreshToken == "" {
		return nil, &grantRefusedError{errorType: "no refresh token"}
	}
	ctx, cancel := context.WithTimeout(o.withHTTPClient(ctx), requestTimeout)
	defer cancel()
	token, err := o.config.TokenSource(ctx, &oauth2.Token{RefreshToken: refreshToken}).Token()
	return token, o.classify(err)
}

// withHTTPClient makes the OAuth library use our HTTP client, which follows no redirects.
func (o *oauth) withHTTPClient(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, o.http)
}

// classify turns the library's errors into ours. The library's text is dropped: it may contain the whole body of a response.
func (o *oauth) classify(err error) error {
	var responded *oauth2.RetrieveError
	var transportErr *url.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &responded):
		return o.classifyResponse(responded)
	case errors.As(err, &transportErr):
		return &noResponseError{transportErr.Err}
	default:
		return &invalidResponseError{fmt.Errorf("the token endpoint: %w", err)}
	}
}

// classifyResponse distinguishes a refused grant from a refused application and a failing endpoint, by the error that the response names
// (RFC 6749 §5.2). A 400 or 401 that names none didn't refuse the grant.
func (o *oauth) classifyResponse(responded *oauth2.RetrieveError) error {
	statusErr := newStatusError(responded.Response, responded.Body, o.clock.Now())
	switch status := statusErr.status; {
	case status == http.StatusTooManyRequests, status == http.StatusRequestTimeout, status >= http.StatusInternalServerError:
		return statusErr
	case responded.ErrorCode == "invalid_grant", responded.ErrorCode == "access_denied":
		return &grantRefusedError{errorType: responded.ErrorCode}
	case status == http.StatusBadRequest, status == http.StatusUnauthorized, loggableName(responded.ErrorCode) != "":
		return &clientRefusedError{status: status, errorType: loggableName(responded.ErrorCode)}
	default:
		return statusErr
	}
}

// refusedGrant returns the refusal in the error's chain, or nil.
func refusedGrant(err error) *grantRefusedError {
	var refused *grantRefusedError
	if errors.As(err, &refused) {
		return refused
	}
	return nil
}

// problem says to people what the operator has to put right.
func (e *clientRefusedError) problem() string {
	if e.errorType == "invalid_client" {
		return "Clio does not accept this server's CLIO_CLIENT_ID and CLIO_CLIENT_SECRET. Whoever runs this server has to correct them; " +
			"the connection then works again by itself."
	}
	return fmt.Sprintf("Clio did not accept how this server asks for access (HTTP status %d). Whoever runs this server has to check "+
		"CLIO_BASE_URL and the network; the connection then works again by itself.", e.status)
}

// refreshProblem says to people why a refresh was refused (RFC 6749 §5.2).
func (e *grantRefusedError) refreshProblem() string {
	return "Clio ended this connection: access was withdrawn or has expired. " + reconnectAdvice
}

// connectProblem says to people why connecting was refused.
func (e *grantRefusedError) connectProblem() string {
	return "Clio did not confirm that access was granted. Connect again, and finish within ten minutes."
}
