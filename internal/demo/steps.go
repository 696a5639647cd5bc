package demo

import (
	"context"
	"fmt"
	"reflect"
	"strings"
)

// Who signs up. The installation is on this machine alone and thrown away afterwards, so the password is no secret.
const (
	email    = "demo@watchkeeper.test"
	password = "watch-and-keep"
	firmName = "Alder & Finch LLP"
	person   = "Lee Park"
)

// step is one thing that the tour does and checks.
type step struct {
	name string
	do   func(context.Context) (said string, err error)
}

// steps are the tour, in order.
func (t *tour) steps() []step {
	steps := []step{
		{"A firm signs up", t.signUp},
		{"Clio is connected", t.connect},
		{"Matters are browsed", t.browse},
		{"One matter is imported", t.importFirst},
		{"Eight matters are imported", t.importRest},
	}
	for _, s := range scenes() {
		if s.edit != nil {
			steps = append(steps, step{"Somebody at the firm edits", t.editing(s)})
		}
	}
	for _, s := range scenes() {
		steps = append(steps, step{"In Clio", t.changing(s)})
	}
	return append(steps,
		step{"A dry run foretells", t.preview},
		step{"The sync does", t.sync},
		step{"The sync leaves alone", t.compareOwn},
		step{"The links tell", t.compareLinks},
		step{"From now on it syncs by itself", t.schedule},
		step{"What is below to paste works", t.tryQueries},
	)
}

// expect is nil when the two are alike, and else tells what was expected and what came.
func expect[T any](what string, want, got T) error {
	if reflect.DeepEqual(want, got) {
		return nil
	}
	return fmt.Errorf("%s: expected %+v, but %+v came", what, want, got)
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
		answer: connectClio(returnTo: "/graphql") { authorizationUrl userErrors { code message path } }
	}`, nil)
	if err != nil {
		return "", err
	}
	if !strings.HasPrefix(begun.AuthorizationURL, t.clio.address+"/") {
		return "", fmt.Errorf("the address to grant access at: expected one of %s, but %s came", t.clio.address, begun.AuthorizationURL)
	}
	ended, err := t.clio.approve(ctx, begun.AuthorizationURL)
	if err != nil {
		return "", err
	}
	if err := expect("where the browser ends", t.server+"/graphql?clio=connected", ended.String()); err != nil {
		return "", err
	}
	type integration struct{ State, ClioUserName, ClioFirmName, Problem string }
	got, err := ask[integration](ctx, t.api, `{ answer: clioIntegration { state clioUserName clioFirmName problem } }`, nil)
	if err != nil {
		return "", err
	}
	return "access granted by " + person, expect("the connection", integration{"CONNECTED", person, firmName, ""}, got)
}

// browse lists matters as somebody does who chooses which to import.
func (t *tour) browse(ctx context.Context) (string, error) {
	const first = 10 // 1001 to 1010
	type matters struct {
		Nodes []struct {
			MatterID   string
			Importable bool
		}
	}
	got, err := ask[matters](ctx, t.api, `query($first: Int!) {
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
	return "of the first ten, nine are about a person", expect("matters on the page", first, len(got.Nodes))
}
