package merge_test

import (
	"encoding/json"
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

// drawText draws one of a field's values, or none. They are few, so that the sides often agree.
func drawText(t *rapid.T, field watch.SyncedField, label string) string {
	return valuesOf(field)[rapid.SampledFrom([]byte("abc ")).Draw(t, label)]
}

// drawWatch draws a linked watch in any state that a history of edits, syncs, undos and decisions may leave it in.
func drawWatch(t *rapid.T) *watch.Watch {
	contactID := int64(501)
	w := &watch.Watch{
		ID: "w", FirmID: "f", MiddleName: ptr("Luz"), InternalNotes: ptr("Called.\n"), Tags: []string{"a"},
		PriorityLevel: watch.High, Status: watch.Active, Revision: 7, CreatedAt: asked, UpdatedAt: asked,
		EditedAt: map[watch.SyncedField]time.Time{},
		ClioLink: &watch.ClioLink{
			WatchID: "w", MatterID: 1001, ContactID: &contactID, ClientName: ptr("Ana Rivera"), State: watch.Linked,
			Base: watch.Values{}, Settled: watch.Values{}, LinkCheck: watch.LinkCheck{AskedAt: asked.Add(-time.Hour), LastSyncedAt: &asked},
		},
	}
	w.Refold()
	for _, field := range watch.SyncedFields {
		require.NoError(t, w.SetValue(field, drawText(t, field, "watch")))
		if base := drawText(t, field, "base"); base != "" {
			w.ClioLink.Base[field] = base
		}
		if settled := drawText(t, field, "settled"); settled != "" {
			w.ClioLink.Settled[field] = settled
		}
		if after := rapid.SampledFrom([]int{-1, -1, 0, 1}).Draw(t, "edited after"); after >= 0 {
			w.EditedAt[field] = asked.Add(time.Duration(after) * time.Second)
		}
	}
	return w
}

func drawComparison(t *rapid.T) merge.Comparison {
	availabilities := []merge.Availability{
		merge.Usable, merge.Usable, merge.Usable, merge.Empty, merge.Unusable, merge.NotShown, merge.Held,
	}
	incoming := merge.IncomingFields{}
	for _, field := range watch.SyncedFields {
		value := merge.Incoming{Availability: rapid.SampledFrom(availabilities).Draw(t, "availability")}
		if value.Availability == merge.Usable || value.Availability == merge.Unusable {
			value.Value = drawText(t, field, "clio")
		}
		incoming[field] = value
	}
	return merge.Comparison{AskedAt: asked, Policy: rapid.SampledFrom(policies).Draw(t, "policy"), Incoming: incoming}
}

// picture shows everything that is in a watch and its link.
func picture(t require.TestingT, w *watch.Watch) string {
	text, err := json.MarshalIndent(w, "", " ")
	require.NoError(t, err)
	return string(text)
}

// applied is a copy of the watch with the merge applied.
func applied(t require.TestingT, w *watch.Watch, merged merge.Result) *watch.Watch {
	after, link := *w, *w.ClioLink
	link.Base, link.Settled = maps.Clone(link.Base), maps.Clone(link.Settled)
	after.ClioLink = &link
	require.NoError(t, merged.Apply(&after))
	return &after
}

// locallyEdited is the definition of docs/rules.md#merge, word for word.
func locallyEdited(t require.TestingT, w *watch.Watch, field watch.SyncedField, clio string) bool {
	held, base := valueOf(t, w, field), w.ClioLink.Base[field]
	return held != base && (held != "" || clio == base)
}

func TestADryRunPredictsTheRealOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, c := drawWatch(t), drawComparison(t)
		before := picture(t, w)
		merged := merge.Merge(w, c)
		require.Equal(t, before, picture(t, w), "merging changes nothing")
		require.Equal(t, merged, merge.Merge(w, c), "and always has the same result")

		after := applied(t, w, merged)
		for _, result := range merged.Fields {
			require.Equal(t, textOrNil(valueOf(t, w, result.Field)), result.Before)
			require.Equal(t, textOrNil(valueOf(t, after, result.Field)), result.After)
			took := result.Decision == updated || result.Decision == overwrote
			require.Equal(t, took, valueOf(t, w, result.Field) != valueOf(t, after, result.Field), "changed fields are those said to be")
		}
		require.Equal(t, merged.Base, after.ClioLink.Base)
		require.Equal(t, merged.Settled, after.ClioLink.Settled)
	})
}

func TestAMergeNeverBlanksAField(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, c := drawWatch(t), drawComparison(t)
		after := applied(t, w, merge.Merge(w, c))
		for _, field := range watch.SyncedFields {
			if valueOf(t, w, field) != "" {
				require.NotEmpty(t, valueOf(t, after, field))
			}
			if w.ClioLink.Base[field] != "" {
				require.NotEmpty(t, after.ClioLink.Base[field])
			}
		}
	})
}

func TestAMergeTouchesNothingElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWatch(t)
		after := applied(t, w, merge.Merge(w, drawComparison(t)))
		for _, field := range watch.SyncedFields {
			require.NoError(t, after.SetValue(field, valueOf(t, w, field)))
		}
		after.ClioLink.Base, after.ClioLink.Settled = w.ClioLink.Base, w.ClioLink.Settled
		require.Equal(t, picture(t, w), picture(t, after))
	})
}

func TestMergingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, c := drawWatch(t), drawComparison(t)
		first := merge.Merge(w, c)
		once := applied(t, w, first)
		second := merge.Merge(once, c)
		require.Equal(t, picture(t, once), picture(t, applied(t, once, second)))
		for i, result := range second.Fields {
			want := first.Fields[i].Decision
			if want == updated || want == overwrote {
				want = same
			}
			require.Equal(t, want, result.Decision)
		}
	})
}

func TestALocalEditIsLostOnlyByPolicy(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, c := drawWatch(t), drawComparison(t)
		for _, result := range merge.Merge(w, c).Fields {
			clio := c.Incoming[result.Field].Value
			switch {
			case w.EditedAt[result.Field].After(c.AskedAt):
				require.Equal(t, result.Before, result.After, "edited since, under every policy")
			case locallyEdited(t, w, result.Field, clio) && c.Policy != merge.UseClio:
				require.Equal(t, result.Before, result.After)
				require.NotContains(t, []merge.FieldDecision{updated, overwrote}, result.Decision)
			case !locallyEdited(t, w, result.Field, clio):
				require.NotContains(t, []merge.FieldDecision{overwrote, conflict}, result.Decision)
			}
		}
	})
}

func TestThePolicyDecidesLocalEditsAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, c := drawWatch(t), drawComparison(t)
		under := map[merge.ConflictResolution]merge.Result{}
		for _, policy := range policies {
			c.Policy = policy
			under[policy] = merge.Merge(w, c)
		}
		for i, field := range watch.SyncedFields {
			if locallyEdited(t, w, field, c.Incoming[field].Value) {
				continue
			}
			require.Equal(t, under[merge.KeepLocal].Fields[i], under[merge.UseClio].Fields[i])
			require.Equal(t, under[merge.KeepLocal].Fields[i], under[merge.Ask].Fields[i])
		}
		for _, policy := range policies {
			require.Equal(t, under[merge.KeepLocal].Base, under[policy].Base, "the base doesn't go by policy")
		}
	})
}

func TestTheBaseMovesToUsableValuesOfCliosAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, c := drawWatch(t), drawComparison(t)
		merged := merge.Merge(w, c)
		for _, field := range watch.SyncedFields {
			want := w.ClioLink.Base[field]
			if value := c.Incoming[field]; value.Availability == merge.Usable && value.Value != "" {
				want = value.Value
			}
			require.Equal(t, want, merged.Base[field])
			require.Contains(t, []string{"", w.ClioLink.Settled[field]}, merged.Settled[field], "settled is kept or forgotten")
		}
	})
}

// drawMatter draws what Clio may answer, in any shape: blanks, placeholders, unreadable texts and impossible dates.
func drawMatter(t *rapid.T, clientID int64) (*record.Matter, *record.Snapshot) {
	draw := func(values ...string) string { return rapid.SampledFrom(values).Draw(t, "clio") }
	name := func() string { return draw("", " ", "Ana", "Robert ", "Bob", "Unknown", "\xff", "7", "Jose\u0301") }
	date := func() string {
		return draw("", "1961-04-09", "2001-12-31", "2025-02-30", "0000-00-00", "9999-01-01", "1799-12-31", "n/a")
	}
	address := func() record.Address {
		return record.Address{
			ID: rapid.Int64Range(1, 3).Draw(t, "id"), City: name(), Primary: rapid.Bool().Draw(t, "primary"),
			Province: draw("", "Fla.", "FL", "Florid", "tbd"), Country: draw("", "US", "Germany"),
		}
	}
	client := &record.Client{
		ID: clientID, Type: draw("Person", "Person", "Company"), Name: name(), FirstName: name(), LastName: name(), DateOfBirth: date(),
	}
	contact := &record.Contact{ID: clientID, Addresses: []record.Address{address(), address()}}
	matter := &record.Matter{
		DisplayNumber: name(), OpenDate: date(), Client: client, Attorney: &record.Attorney{Name: name()},
		PracticeArea: &record.PracticeArea{ID: 7, Name: draw("", "Zoo", "Probate", "Tax")},
	}
	return matter, &record.Snapshot{
		Contacts: map[int64]*record.Contact{clientID: contact}, ContactsRefused: rapid.Bool().Draw(t, "refused"),
	}
}

func TestSyncingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWatch(t)
		matter, snapshot := drawMatter(t, 501)
		policy := rapid.SampledFrom(policies).Draw(t, "policy")
		sync := func(w *watch.Watch) (*watch.Watch, merge.Result) {
			incoming := merge.IncomingFor(w, matter, snapshot, nil, today)
			for field, value := range incoming {
				require.Equal(t, watch.CleanText(value.Value), value.Value, "%s is cleaned", field)
				require.Equal(t, value.Availability == merge.Usable || value.Availability == merge.Unusable, value.Value != "")
			}
			merged := merge.Merge(w, merge.Comparison{AskedAt: asked, Policy: policy, Incoming: incoming})
			return applied(t, w, merged), merged
		}
		once, _ := sync(w)
		twice, merged := sync(once)
		require.Empty(t, merged.Changed())
		require.Equal(t, picture(t, once), picture(t, twice))
	})
}

func TestAWatchNeverBecomesAnotherPerson(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWatch(t)
		matter, snapshot := drawMatter(t, 502)
		merged := merge.Merge(w, merge.Comparison{
			AskedAt: asked, Policy: rapid.SampledFrom(policies).Draw(t, "policy"),
			Incoming: merge.IncomingFor(w, matter, snapshot, nil, today),
		})
		after := applied(t, w, merged)
		for _, row := range watch.Fields {
			if field := row.Name; row.Personal {
				require.Equal(t, valueOf(t, w, field), valueOf(t, after, field))
				require.Equal(t, w.ClioLink.Base[field], after.ClioLink.Base[field])
				require.Equal(t, merge.FieldResult{
					Field: field, Decision: merge.FieldHeld, Before: textOrNil(valueOf(t, w, field)), After: textOrNil(valueOf(t, w, field)),
				}, resultFor(t, merged, field))
			}
		}
	})
}
