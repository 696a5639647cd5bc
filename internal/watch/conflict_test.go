package watch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/watch"
)

// linked is Ana, whose city a person changed to Miami while Clio says Tampa, and whose state is empty while Clio says FL.
func linked() *watch.Watch {
	w := ana()
	w.ClioLink = &watch.ClioLink{
		WatchID: w.ID, Base: watch.Values{watch.City: "Tampa", watch.State: "FL"}, Settled: watch.Values{watch.LastName: "Díaz"},
	}
	return w
}

// edited is the watch after a rule that, as rules do, replaces what it changes.
func edited(w *watch.Watch, rule func(*watch.Watch)) *watch.Watch {
	after := *w
	if w.ClioLink != nil {
		link := *w.ClioLink
		after.ClioLink = &link
	}
	rule(&after)
	return &after
}

func TestConflictsAfterEdit(t *testing.T) {
	const kept, closed = "kept", "closed" // any other text is the local value of a new conflict
	cases := map[string]struct {
		edit        func(*watch.Watch)
		notAsk      bool // another policy than ASK
		city, state string
	}{
		"another field":          {edit: func(w *watch.Watch) { w.FirstName = "Anna" }, city: kept, state: kept},
		"another field, not ASK": {edit: func(w *watch.Watch) { w.FirstName = "Anna" }, notAsk: true, city: kept, state: kept},
		"a third value":          {edit: func(w *watch.Watch) { w.City = ptr("Orlando") }, city: "Orlando", state: kept},
		"a third value, not ASK": {edit: func(w *watch.Watch) { w.City = ptr("Orlando") }, notAsk: true, city: closed, state: kept},
		"cleared":                {edit: func(w *watch.Watch) { w.City = nil }, city: "", state: kept},
		"filled":                 {edit: func(w *watch.Watch) { w.State = ptr("GA") }, city: kept, state: "GA"},
		"agreed":                 {edit: func(w *watch.Watch) { w.City = ptr("Tampa") }, city: closed, state: kept},
		"both":                   {edit: func(w *watch.Watch) { w.City, w.State = ptr("Tampa"), ptr("GA") }, city: closed, state: "GA"},
		"settled": {
			edit: func(w *watch.Watch) { w.ClioLink.Settled = watch.Values{watch.City: "Tampa"} },
			city: closed, state: kept,
		},
		"another value settled": {
			edit: func(w *watch.Watch) { w.ClioLink.Settled = watch.Values{watch.City: "Naples"} },
			city: kept, state: kept,
		},
		"settled and moved": {
			edit: func(w *watch.Watch) { w.City, w.ClioLink.Settled = ptr("Ocala"), watch.Values{watch.City: "Tampa"} },
			city: closed, state: kept,
		},
		"archived": {edit: func(w *watch.Watch) { w.Status = watch.StatusArchived }, city: closed, state: closed},
		"unlinked": {edit: func(w *watch.Watch) { w.ClioLink = nil }, city: closed, state: closed},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			before := linked()
			open := []*watch.SyncConflict{
				newConflict(t, before, watch.City, "Tampa"), newConflict(t, before, watch.State, "FL"),
			}
			later := moment.Add(time.Hour)
			left, err := watch.ConflictsAfterEdit(before, edited(before, c.edit), open, !c.notAsk, later)
			require.NoError(t, err)

			var want []*watch.SyncConflict
			for i, fate := range []string{c.city, c.state} {
				switch {
				case fate == kept:
					want = append(want, open[i])
				case fate != closed:
					opened := *open[i]
					opened.ID, opened.Local, opened.DetectedAt = left[len(want)].ID, ptr(fate), later
					if fate == "" {
						opened.Local = nil
					}
					require.NotEqual(t, open[i].ID, opened.ID, "an id belongs to one pair")
					want = append(want, &opened)
				}
			}
			require.Equal(t, want, left)
		})
	}
}

// Whatever is edited: what is left is about what both sides hold, which differ, and a pair that was open before keeps its id.
func TestConflictsLeftAreAboutWhatTheSidesHold(t *testing.T) {
	value := rapid.SampledFrom([]string{"", "A", "B", "C"})
	rapid.Check(t, func(t *rapid.T) {
		before := linked()
		require.NoError(t, before.SetValue(watch.City, rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "before")))
		open := []*watch.SyncConflict{newConflict(t, before, watch.City, "C")}
		after := edited(before, func(w *watch.Watch) {
			require.NoError(t, w.SetValue(watch.City, value.Draw(t, "after")))
			w.ClioLink.Settled = watch.Values{watch.City: value.Draw(t, "settled")}
		})
		left, err := watch.ConflictsAfterEdit(before, after, open, rapid.Bool().Draw(t, "ask"), moment)
		require.NoError(t, err)
		for _, conflict := range left {
			require.True(t, conflict.Is(watch.Text(after.City), "C"))
			require.NotEqual(t, "C", watch.Text(after.City))
			require.NotEqual(t, "C", after.ClioLink.Settled[watch.City])
			require.Equal(t, open[0].Is(watch.Text(after.City), "C"), conflict.ID == open[0].ID)
		}
	})
}

// A conflict about an unknown field is an error: no conflict closes without having been compared.
func TestAConflictOfAnUnknownField(t *testing.T) {
	before := linked()
	open := []*watch.SyncConflict{{ID: "conflict_1", Field: "NO_SUCH_FIELD", Clio: "Dade"}}
	_, err := watch.ConflictsAfterEdit(before, edited(before, func(*watch.Watch) {}), open, true, moment)
	require.ErrorContains(t, err, "NO_SUCH_FIELD")
}

// newConflict is a conflict between what the watch holds in a field and a value of Clio's.
func newConflict(t require.TestingT, w *watch.Watch, field watch.SyncedField, clio string) *watch.SyncConflict {
	local, err := w.Value(field)
	require.NoError(t, err)
	return watch.NewConflict(w, field, local, clio, moment)
}
