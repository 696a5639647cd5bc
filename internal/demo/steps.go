package demo

import (
	"context"
	"fmt"
	"reflect"
	"strings"
)

// The user who signs up. The installation is only on this machine and is deleted afterwards, so the password is no secret.
const (
	email    = "demo@watchkeeper.test"
	password = "watch-and-keep"
	firmName = "Alder & Finch LLP"
	person   = "Lee Park"
)

// step is a step of the tour, with its checks.
type step struct {
	name string
	run  func(context.Context) (said string, err error)
}

// steps returns the steps of the tour, in order.
func (t *tour) steps() []step {
	steps := []step{
		{"A firm signs up", t.signUp},
		{"Clio is connected", t.connect},
		{"Matters are browsed", t.browse},
		{"One matter is imported", t.importFirst},
		{"Eight matters are selected for import", t.importRest},
	}
	for _, s := range scenes() {
		if s.edit != nil {
			steps = append(steps, step{"A user edits a watch", t.editWatch(s)})
		}
	}
	for _, s := range scenes() {
		steps = append(steps, step{"A change in Clio", t.changeClio(s)})
	}
	return append(steps,
		step{"A dry run predicts the result", t.preview},
		step{"The sync runs", t.sync},
		step{"Other fields are unchanged", t.compareOwn},
		step{"The links are up to date", t.compareLinks},
		step{"More matters are imported", t.importOffice},
		step{"Watches are added by hand", t.addByHand},
		step{"A watch is archived", t.archive},
		step{"A practice area gets a case type", t.mapCaseType},
		step{"The office edits its watches", t.editOffice},
		step{"Changes in Clio", t.changeOffice},
		step{"A dry run of all watches predicts the result", t.previewOffice},
		step{"All watches are synced", t.syncOffice},
		step{"A schedule is set", t.schedule},
		step{"A colleague joins the firm", t.invite},
		step{"Another is invited", t.leaveInvitation},
		step{"A program gets a token", t.issueToken},
		step{"What happened is on record", t.audit},
		step{"The examples below work", t.tryQueries},
	)
}

// expect returns an error with the expected and the actual value if they differ.
func expect[T any](what string, want, got T) error {
	if reflect.DeepEqual(want, got) {
		return nil
	}
	return fmt.Errorf("%s: expected %+v, got %+v", what, want, got)
}

func (t *tour) signUp(ctx context.Context) (string, error) {
	type payload struct {
		Viewer struct{ Firm struct{ Name string } }
	}
	got, err := mutate[payload](ctx, t.api, `mutation($input: SignUpInput!) {
		answer: signUp(input: $input) { viewer { firm { name } } userErrors { code message path } }
	}`, variables{"input": variables{"firmName": firmName, "name": person, "email": email, "password": password}})
	if err != nil {
		return "", err
	}
	return firmName, expect("the firm", firmName, got.Viewer.Firm.Name)
}

func (t *tour) connect(ctx context.Context) (string, error) {
	begun, err := mutate[struct{ AuthorizationURL string }](ctx, t.api, `mutation {
		answer: connectClio(returnTo: "/integrations/matters?first=1") { authorizationUrl userErrors { code message path } }
	}`, nil)
	if err != nil {
		return "", err
	}
	if !strings.HasPrefix(begun.AuthorizationURL, t.clio.address+"/") {
		return "", fmt.Errorf("the authorization address: expected one of %s, got %s", t.clio.address, begun.AuthorizationURL)
	}
	ended, err := t.clio.approve(ctx, begun.AuthorizationURL)
	if err != nil {
		return "", err
	}
	if err := expect("the final address of the browser", t.server+"/integrations/matters?first=1&clio=connected", ended.String()); err != nil {
		return "", err
	}
	type integration struct{ State, ClioUserName, ClioFirmName, Problem string }
	got, err := queryField[integration](ctx, t.api, `{ answer: clioIntegration { state clioUserName clioFirmName problem } }`, nil)
	if err != nil {
		return "", err
	}
	return person + " granted access", expect("the connection", integration{"CONNECTED", person, firmName, ""}, got)
}

// browse lists matters, as a user does to choose which to import.
func (t *tour) browse(ctx context.Context) (string, error) {
	const first = 10 // 1001 to 1010
	type matters struct {
		Nodes []struct {
			MatterID   string
			Importable bool
		}
	}
	got, err := queryField[matters](ctx, t.api, `query($first: Int!) {
		answer: clioMatters(first: $first) { nodes { matterId importable } }
	}`, variables{"first": first})
	if err != nil {
		return "", err
	}
	for _, matter := range got.Nodes {
		what := "whether matter " + matter.MatterID + " can be imported"
		if err := expect(what, matter.MatterID != companyMatter, matter.Importable); err != nil {
			return "", err
		}
	}
	return "nine of the first ten are about a person and can be imported", expect("matters on the page", first, len(got.Nodes))
}
