package demo

import (
	"context"
	"fmt"
)

// importResult has the fields of the API's ImportResult that the tour checks.
type importResult struct {
	MatterID, Outcome, Message string
	Watch                      *struct{ ID, FirstName, LastName string }
}

func (t *tour) importFirst(ctx context.Context) (string, error) {
	first := scenes()[0]
	results, err := t.importMatters(ctx, first.matterID)
	if err != nil {
		return "", err
	}
	return first.name, results[0].check(first, "IMPORTED")
}

// importRest imports the other matters, together with one that is already linked and one that can't be imported.
func (t *tour) importRest(ctx context.Context) (string, error) {
	var ids []string
	for _, s := range scenes() {
		ids = append(ids, s.matterID)
	}
	results, err := t.importMatters(ctx, append(ids, companyMatter)...)
	if err != nil {
		return "", err
	}
	for i, s := range scenes() {
		outcome := "IMPORTED"
		if i == 0 {
			outcome = "ALREADY_LINKED"
		}
		if err := results[i].check(s, outcome); err != nil {
			return "", err
		}
	}
	refused := results[len(ids)]
	if err := expect("matter "+companyMatter, "NO_PERSON", refused.Outcome); err != nil {
		return "", err
	}
	if t.before, err = t.watches(ctx); err != nil {
		return "", err
	}
	text := fmt.Sprintf("%d imported, 1 already linked, 1 refused (%s)", len(ids)-1, refused.Message)
	return text, expect("the number of watches", len(ids), len(t.before))
}

// importMatters returns a result for each id, in the same order.
func (t *tour) importMatters(ctx context.Context, ids ...string) ([]importResult, error) {
	got, err := mutate[struct{ Results []importResult }](ctx, t.api, `mutation($ids: [ID!]!) {
		answer: importMatters(matterIds: $ids) {
			results { matterId outcome message watch { id firstName lastName } } userErrors { code message path }
		}
	}`, variables{"ids": ids})
	if err != nil {
		return nil, err
	}
	var answered []string
	for _, result := range got.Results {
		answered = append(answered, result.MatterID)
	}
	return got.Results, expect("the matters of the results", ids, answered)
}

// check returns how the result differs from the expected one for the scene's matter.
func (r importResult) check(s scene, outcome string) error {
	if err := expect("matter "+s.matterID, outcome, r.Outcome); err != nil {
		return err
	}
	if r.Watch == nil {
		return fmt.Errorf("matter %s: expected a watch, got none", s.matterID)
	}
	return expect("the watch of matter "+s.matterID, s.name, r.Watch.FirstName+" "+r.Watch.LastName)
}

// watches returns all watches by matter id.
func (t *tour) watches(ctx context.Context) (map[string]watchState, error) {
	got, err := queryField[struct{ Nodes []watchState }](ctx, t.api, `{ answer: watches(first: 100) { nodes `+watchSelection+` } }`, nil)
	if err != nil {
		return nil, err
	}
	seen := make(map[string]watchState, len(got.Nodes))
	for _, each := range got.Nodes {
		seen[each.ClioLink.MatterID] = each
	}
	return seen, nil
}
