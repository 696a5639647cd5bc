package merge_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/civil"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

var (
	asked    = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	policies = []merge.ConflictResolution{merge.KeepLocal, merge.UseClio, merge.Ask}
)

// valuesOf has four values that a field may hold, so that one table serves all fields. The tables call them a, b, c and d.
func valuesOf(field watch.SyncedField) map[byte]string {
	switch field {
	case watch.DateOfBirth, watch.DateOfInterest:
		return map[byte]string{'a': "1961-04-09", 'b': "1961-09-04", 'c': "1962-04-09", 'd': "2001-12-31"}
	case watch.State:
		return map[byte]string{'a': "FL", 'b': "GA", 'c': "ON", 'd': "Bavaria"}
	case watch.CaseTypeField:
		return map[byte]string{'a': "PROBATE", 'b': "TAX", 'c': "INSURANCE", 'd': "OTHER"}
	default:
		return map[byte]string{'a': "Robert", 'b': "Bob", 'c': "Rob", 'd': "Bobby"}
	}
}

// fieldCase is one field before a merge: the four values of docs/rules.md#merge, each a letter or a blank for empty.
type fieldCase struct {
	availability               merge.Availability
	clio, watch, base, settled byte
}

// in puts the case into a field of an otherwise empty watch.
func (c fieldCase) in(t require.TestingT, field watch.SyncedField) (*watch.Watch, merge.IncomingFields) {
	values := valuesOf(field)
	link := &watch.ClioLink{Base: watch.Values{}, Settled: watch.Values{}}
	if c.base != ' ' {
		link.Base[field] = values[c.base]
	}
	if c.settled != ' ' {
		link.Settled[field] = values[c.settled]
	}
	w := &watch.Watch{ClioLink: link}
	require.NoError(t, w.SetValue(field, values[c.watch]))
	return w, merge.IncomingFields{field: {Availability: c.availability, Value: values[c.clio]}}
}

func resultFor(t require.TestingT, merged merge.Result, field watch.SyncedField) merge.FieldResult {
	require.Len(t, merged.Fields, len(watch.SyncedFields))
	for i, result := range merged.Fields {
		require.Equal(t, watch.SyncedFields[i], result.Field)
		if result.Field == field {
			return result
		}
	}
	return merge.FieldResult{}
}

const (
	same, updated, overwrote, kept, conflict = merge.FieldSame, merge.FieldUpdated, merge.FieldOverwroteLocal, merge.FieldKeptLocal, merge.FieldConflict
)

// all is the decision under each of the policies.
func all(decision merge.FieldDecision) [3]merge.FieldDecision {
	return [3]merge.FieldDecision{decision, decision, decision}
}

var edited = [3]merge.FieldDecision{kept, overwrote, conflict}

// comparedCases are the rows of the table from SAME on: clio, watch, base, settled; then what is decided, under
// KEEP_LOCAL, USE_CLIO and ASK, and what is decided when the field was edited after Clio was asked.
var comparedCases = []struct {
	name      string
	values    string
	want      [3]merge.FieldDecision
	wantSince merge.FieldDecision
}{
	{"both hold what Clio last said", "aaa ", all(same), same},
	{"both moved to the same value", "aab ", all(same), same},
	{"the same value at the first comparison", "aa  ", all(same), same},
	{"agreement on the settled value", "aaaa", all(same), same},
	{"agreement on another than the settled value", "aaab", all(same), same},

	{"Clio repeats the settled value", "abaa", all(kept), kept},
	{"Clio comes back to the settled value", "abca", all(kept), kept},
	{"the settled value, not edited since", "abba", all(kept), kept},
	{"the settled value of a cleared field", "a aa", all(kept), kept},
	{"the settled value of a field cleared earlier", "a ba", all(kept), kept},

	{"Clio changed, not edited", "abb ", all(updated), kept},
	{"Clio moved away from the settled value", "abbc", all(updated), kept},
	{"Clio fills a field that was empty on both sides", "a   ", all(updated), kept},
	{"a new value of Clio's fills a cleared field", "a b ", all(updated), kept},
	{"a new value of Clio's fills a cleared and settled field", "a bb", all(updated), kept},

	{"edited, and Clio repeats itself", "aba ", edited, kept},
	{"edited, and Clio moved", "abc ", edited, kept},
	{"edited, and Clio had nothing before", "ab  ", edited, kept},
	{"edited, and Clio moved away from the settled value", "abcd", edited, kept},
	{"cleared, and Clio repeats itself", "a a ", edited, kept},
	{"cleared, and Clio repeats itself, another settled", "a ab", edited, kept},
}

func TestMergeComparesValues(t *testing.T) {
	t.Parallel()
	for _, c := range comparedCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, field := range watch.SyncedFields {
				for i, policy := range policies {
					w, incoming := fieldCase{merge.Usable, c.values[0], c.values[1], c.values[2], c.values[3]}.in(t, field)
					comparison := merge.Comparison{AskedAt: asked, Policy: policy, Incoming: incoming}
					requireCompared(t, w, comparison, field, c.want[i])

					w.EditedAt = map[watch.SyncedField]time.Time{field: asked.Add(time.Microsecond)}
					requireCompared(t, w, comparison, field, c.wantSince)
					w.EditedAt[field] = asked
					requireCompared(t, w, comparison, field, c.want[i])
				}
			}
		})
	}
}

// requireCompared checks a decision and all that follows from it: what the watch becomes, the base and what is settled.
func requireCompared(t *testing.T, w *watch.Watch, c merge.Comparison, field watch.SyncedField, want merge.FieldDecision) {
	t.Helper()
	clio, before := c.Incoming[field].Value, valueOf(t, w, field)
	merged := merge.Merge(w, c)
	result := resultFor(t, merged, field)
	require.Equal(t, want, result.Decision, "%s under %s", field, c.Policy)

	after := before
	if want == updated || want == overwrote {
		after = clio
	}
	require.Equal(t, merge.FieldResult{
		Field: field, Decision: want, Reason: reasonFor(w, c, field, want), Before: textOrNil(before), Clio: &clio, After: textOrNil(after),
	}, result)
	require.Equal(t, watch.Values{field: clio}, merged.Base)
	if after == clio {
		require.Empty(t, merged.Settled, "forgotten once both sides agree")
	} else {
		require.Equal(t, w.ClioLink.Settled, merged.Settled)
	}
}

func reasonFor(w *watch.Watch, c merge.Comparison, field watch.SyncedField, decision merge.FieldDecision) *merge.KeptReason {
	switch {
	case decision != kept:
		return nil
	case w.ClioLink.Settled[field] == c.Incoming[field].Value:
		return new(merge.KeptSettled)
	case w.EditedAt[field].After(c.AskedAt):
		return new(merge.KeptEditedSince)
	default:
		return new(merge.KeptByPolicy)
	}
}

func textOrNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func TestMergeLeavesAloneWhatIsNotUsable(t *testing.T) {
	t.Parallel()
	rows := map[merge.Availability]merge.FieldDecision{
		merge.Held: merge.FieldHeld, merge.NotShown: merge.FieldUnavailable,
		merge.Empty: merge.FieldEmptyInClio, merge.Unusable: merge.FieldUnusable,
	}
	for availability, want := range rows {
		for _, values := range []string{" aaa", " aba", " a  ", "  aa", "    "} {
			for _, field := range watch.SyncedFields {
				for _, policy := range policies {
					w, incoming := fieldCase{availability, values[0], values[1], values[2], values[3]}.in(t, field)
					var came *string
					if availability == merge.Unusable {
						came = ptr("unknown")
						incoming[field] = unusable(*came)
					}
					merged := merge.Merge(w, merge.Comparison{AskedAt: asked, Policy: policy, Incoming: incoming})
					held := textOrNil(valueOf(t, w, field))
					require.Equal(t, merge.FieldResult{Field: field, Decision: want, Before: held, Clio: came, After: held},
						resultFor(t, merged, field))
					require.Equal(t, w.ClioLink.Base, merged.Base)
					require.Equal(t, w.ClioLink.Settled, merged.Settled)
				}
			}
		}
	}
}

func TestAnImportIsAMergeIntoAnEmptyWatch(t *testing.T) {
	t.Parallel()
	for _, policy := range policies {
		scene := newScene()
		merged := merge.Merge(scene.watch, merge.Comparison{AskedAt: asked, Policy: policy, Incoming: scene.incoming()})
		require.Equal(t, watch.SyncedFields[:], merged.Changed())
		require.False(t, merged.IdentityChanged())
		require.NoError(t, merged.Apply(scene.watch))
		for field, value := range ordinaryIncoming() {
			require.Equal(t, value.Value, valueOf(t, scene.watch, field))
			require.Equal(t, value.Value, scene.watch.ClioLink.Base[field])
		}
	}
}

func TestMergeTreatsAUsableBlankAsEmpty(t *testing.T) {
	t.Parallel()
	w, incoming := fieldCase{merge.Usable, ' ', 'a', 'a', ' '}.in(t, watch.City)
	merged := merge.Merge(w, merge.Comparison{AskedAt: asked, Policy: merge.UseClio, Incoming: incoming})
	require.Equal(t, merge.FieldEmptyInClio, resultFor(t, merged, watch.City).Decision)
	require.NoError(t, merged.Apply(w))
	require.Equal(t, "Robert", *w.City)
}

func TestMergeTreatsAbsentFieldsAsNotShown(t *testing.T) {
	t.Parallel()
	merged := merge.Merge(&watch.Watch{}, merge.Comparison{Policy: merge.UseClio})
	for _, result := range merged.Fields {
		require.Equal(t, merge.FieldUnavailable, result.Decision)
	}
}

func TestIdentityChanged(t *testing.T) {
	t.Parallel()
	identity := map[watch.SyncedField]bool{watch.FirstName: true, watch.LastName: true, watch.DateOfBirth: true, watch.State: true}
	for _, field := range watch.SyncedFields {
		for values, changes := range map[string]bool{"abb ": true, "abc ": true, "a b ": false, "aab ": false} {
			w, incoming := fieldCase{merge.Usable, values[0], values[1], values[2], values[3]}.in(t, field)
			merged := merge.Merge(w, merge.Comparison{AskedAt: asked, Policy: merge.UseClio, Incoming: incoming})
			require.Equal(t, identity[field] && changes, merged.IdentityChanged(), "%s %q", field, values)
			require.Equal(t, changes || values == "a b ", len(merged.Changed()) == 1)
			merged = merge.Merge(w, merge.Comparison{AskedAt: asked.Add(-time.Hour), Policy: merge.KeepLocal, Incoming: nil})
			require.False(t, merged.IdentityChanged())
		}
	}
}

func TestDecided(t *testing.T) {
	t.Parallel()
	w, incoming := fieldCase{merge.Usable, 'a', 'b', 'c', ' '}.in(t, watch.City)
	merged := merge.Merge(w, merge.Comparison{AskedAt: asked, Policy: merge.Ask, Incoming: incoming})
	require.True(t, merged.Decided(kept, conflict))
	require.True(t, merged.Decided(merge.FieldUnavailable), "the other eight")
	require.False(t, merged.Decided(kept, overwrote))
	require.False(t, merged.Decided())
}

func TestApplyNeedsALinkAndRealDates(t *testing.T) {
	t.Parallel()
	w := &watch.Watch{FirstName: "Ana", DateOfBirth: &civil.Date{Year: 1961, Month: time.April, Day: 9}}
	bad := merge.IncomingFields{watch.FirstName: usable("Anna"), watch.DateOfBirth: usable("soon")}
	merged := merge.Merge(w, merge.Comparison{AskedAt: asked, Policy: merge.UseClio, Incoming: bad})
	require.ErrorContains(t, merged.Apply(w), "no link")

	w.ClioLink = &watch.ClioLink{}
	require.ErrorContains(t, merged.Apply(w), "DATE_OF_BIRTH")
	require.Equal(t, "Ana", w.FirstName, "all or nothing")
	require.Empty(t, w.ClioLink.Base)
}

// valueOf is what a watch holds in a field.
func valueOf(t require.TestingT, w *watch.Watch, name watch.SyncedField) string {
	value, err := w.Value(name)
	require.NoError(t, err)
	return value
}
