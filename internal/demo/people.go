package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// The member who joins, the one who hasn't yet, and the program that gets a token.
const (
	memberEmail  = "member@watchkeeper.test"
	memberName   = "Sam Reyes"
	invitedEmail = "pat@watchkeeper.test"
	programName  = "Nightly export"
)

// invite has a second person join the firm, in a browser of their own.
func (t *tour) invite(ctx context.Context) (string, error) {
	invited, err := mutate[struct{ InvitationURL string }](ctx, t.api, `mutation($input: InviteMemberInput!) {
		answer: inviteMember(input: $input) { invitationUrl userErrors { code message path } }
	}`, variables{"input": variables{"email": memberEmail, "role": "MEMBER"}})
	if err != nil {
		return "", err
	}
	front, err := newAPI(t.server)
	if err != nil {
		return "", err
	}
	token := invited.InvitationURL[strings.LastIndex(invited.InvitationURL, "/")+1:]
	type joined struct {
		Viewer struct{ User struct{ Name, Role string } }
	}
	got, err := mutate[joined](ctx, front, `mutation($input: AcceptInvitationInput!) {
		answer: acceptInvitation(input: $input) { viewer { user { name role } } userErrors { code message path } }
	}`, variables{"input": variables{"token": token, "name": memberName, "password": password}})
	if err != nil {
		return "", err
	}
	return memberName + ", by an invitation that works once", expect("the member", struct{ Name, Role string }{memberName, "MEMBER"}, got.Viewer.User)
}

// leaveInvitation invites somebody who hasn't answered yet.
func (t *tour) leaveInvitation(ctx context.Context) (string, error) {
	type invitation struct{ Email, Role string }
	invited, err := mutate[struct{ Invitation invitation }](ctx, t.api, `mutation($input: InviteMemberInput!) {
		answer: inviteMember(input: $input) { invitation { email role } userErrors { code message path } }
	}`, variables{"input": variables{"email": invitedEmail, "role": "ADMIN"}})
	if err != nil {
		return "", err
	}
	return invitedEmail + ", as an administrator, who hasn't answered yet",
		expect("the invitation", invitation{invitedEmail, "ADMIN"}, invited.Invitation)
}

// issueToken creates a token, with which a program may read and nothing else.
func (t *tour) issueToken(ctx context.Context) (string, error) {
	created, err := mutate[struct{ Secret string }](ctx, t.api, `mutation($input: CreateApiTokenInput!) {
		answer: createApiToken(input: $input) { secret userErrors { code message path } }
	}`, variables{"input": variables{"name": programName, "access": "READ"}})
	if err != nil {
		return "", err
	}
	program := &api{server: t.server, http: &http.Client{Transport: bearer(created.Secret), Timeout: requestTimeout}}
	data, err := program.execute(ctx, `{ watches(first: 1) { totalCount } }`, nil)
	if err != nil {
		return "", err
	}
	var read struct{ Watches struct{ TotalCount int } }
	if err := json.Unmarshal(data, &read); err != nil {
		return "", fmt.Errorf("reading the program's answer: %w", err)
	}
	if _, err := program.execute(ctx, `mutation { syncAllWatches { run { id } } }`, nil); err == nil || !strings.Contains(err.Error(), "FORBIDDEN") {
		return "", errors.Join(errors.New("a token that may only read was not refused to sync"), err)
	}
	return fmt.Sprintf("%s reads %d watches, and is refused to sync", programName, read.Watches.TotalCount), nil
}

// audit looks at what was recorded of all that.
func (t *tour) audit(ctx context.Context) (string, error) {
	type trail struct {
		Nodes []struct{ Action string }
	}
	got, err := queryField[trail](ctx, t.api, `{ answer: auditEvents(first: 100) { nodes { action } } }`, nil)
	if err != nil {
		return "", err
	}
	if len(got.Nodes) == 0 {
		return "", errors.New("nothing is on record")
	}
	return fmt.Sprintf("%d events so far, for administrators to read and nobody to change", len(got.Nodes)), nil
}

// bearer authenticates requests by a token.
type bearer string

var _ http.RoundTripper = bearer("")

// RoundTrip sends the request with the token.
func (b bearer) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(request) //nolint:wrapcheck // the client's caller says what was being done
}
