package demo

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// editWatch returns a step that makes the scene's edit.
func (t *tour) editWatch(s scene) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		fields := strings.Join(slices.Sorted(maps.Keys(s.edit)), " ")
		got, err := mutate[struct{ Watch variables }](ctx, t.api, `mutation($id: ID!, $input: UpdateWatchInput!) {
			answer: updateWatch(id: $id, input: $input) { watch { `+fields+` } userErrors { code message path } }
		}`, variables{"id": t.before[s.matterID].ID, "input": s.edit})
		if err == nil {
			err = expect("the watch of "+s.name, s.edit, got.Watch)
		}
		if err != nil {
			return "", err
		}
		t.before, err = t.watches(ctx)
		return s.editText, err
	}
}

// changeClio returns a step that makes the scene's change in Clio.
func (t *tour) changeClio(s scene) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		return s.change, t.clio.change(ctx, s.request)
	}
}

// preview makes a dry run of each watch, and checks that it changes nothing.
func (t *tour) preview(ctx context.Context) (text string, err error) {
	if t.predicted, err = t.syncAll(ctx, true); err != nil {
		return "", err
	}
	if t.after, err = t.watches(ctx); err != nil {
		return "", err
	}
	for _, s := range scenes() {
		if err := expect("the watch of "+s.name+" after the dry run", t.before[s.matterID], t.after[s.matterID]); err != nil {
			return "", err
		}
	}
	return tally(t.predicted) + "; nothing has been changed yet", nil
}

// sync syncs each watch, and checks that the results are those of the dry run and the watches have the values of the results.
func (t *tour) sync(ctx context.Context) (text string, err error) {
	if t.results, err = t.syncAll(ctx, false); err != nil {
		return "", err
	}
	if t.after, err = t.watches(ctx); err != nil {
		return "", err
	}
	for _, s := range scenes() {
		result := t.results[s.matterID]
		if err := expect("the result of the sync of "+s.name+", compared with the dry run", t.predicted[s.matterID], result); err != nil {
			return "", err
		}
		want := t.before[s.matterID].values()
		for _, each := range result.Fields {
			want[each.Field] = each.After
		}
		if err := expect("the values of "+s.name, want, t.after[s.matterID].values()); err != nil {
			return "", err
		}
	}
	return "every field is as the dry run predicted", nil
}

// syncAll syncs each scene's watch, and checks the results.
func (t *tour) syncAll(ctx context.Context, dry bool) (map[string]syncResult, error) {
	results := map[string]syncResult{}
	for _, s := range scenes() {
		before := t.before[s.matterID]
		got, err := mutate[struct{ Result syncResult }](ctx, t.api, `mutation($id: ID!, $dry: Boolean!) {
			answer: syncWatch(id: $id, dryRun: $dry) {
				result { outcome identityChanged message fields { field decision before clio after } } userErrors { code message path }
			}
		}`, variables{"id": before.ID, "dry": dry})
		if err == nil {
			err = got.Result.check(s.expected(before))
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		results[s.matterID] = got.Result
	}
	return results, nil
}

// tally counts outcomes: "4 updated, 1 missing".
func tally(results map[string]syncResult) string {
	counts := map[string]int{}
	for _, result := range results {
		counts[result.Outcome]++
	}
	var parts []string
	for _, outcome := range []string{"UPDATED", "UNCHANGED", "MISSING", "SKIPPED", "FAILED"} {
		if counts[outcome] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[outcome], strings.ToLower(outcome)))
		}
	}
	return strings.Join(parts, ", ")
}

// compareOwn checks that the sync didn't change the firm's own fields.
func (t *tour) compareOwn(context.Context) (string, error) {
	for _, s := range scenes() {
		before, after := t.before[s.matterID].ownFields, t.after[s.matterID].ownFields
		if err := expect("the firm's own fields of "+s.name, before, after); err != nil {
			return "", err
		}
	}
	return "middle names, notes, tags, priorities and statuses", nil
}

// compareLinks checks that the links show the state of the matters.
func (t *tour) compareLinks(context.Context) (string, error) {
	for _, s := range scenes() {
		if err := expect("the link of "+s.name, s.link, t.after[s.matterID].ClioLink); err != nil {
			return "", err
		}
	}
	return "one matter is closed, one is missing, one has another client; no watch was archived or deleted", nil
}
