package postgres_test

import (
	"context"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/watch"
)

func middleName(name string) watch.UpdateWatchInput {
	return watch.UpdateWatchInput{MiddleName: graphql.OmittableOf(&name)}
}

// problemsOf prints each problem's code and path.
func problemsOf(err error) []string {
	var problems []string
	for _, problem := range apperr.From(err) {
		problems = append(problems, string(problem.Code)+" "+strings.Join(problem.Path, "/"))
	}
	return problems
}

func watchIDs(watches []*watch.Watch) []string {
	var ids []string
	for _, w := range watches {
		ids = append(ids, w.ID)
	}
	return ids
}

func TestResolving_forClio(t *testing.T) {
	k := newKeeper(t).asks()
	w, open := k.disputed()
	resolved, err := k.watches.ResolveConflicts(t.Context(), k.Actor, []string{open[0].ID}, watch.ChooseClio)
	require.NoError(t, err)
	require.Equal(t, []string{open[0].ID}, resolved.IDs)
	require.Equal(t, "Tampa", *resolved.Watches[0].City)
	require.Equal(t, open[1:], k.conflicts(w.ID))
	newest := k.history(w.ID, 1, nil).Nodes()[0]
	require.Equal(t, watch.CauseConflict, newest.Cause)
	require.Equal(t, "Tampa", *newest.After)
	require.Equal(t, k.UserID, *newest.ByID)
}

func TestResolving_forTheWatch(t *testing.T) {
	k := newKeeper(t).asks()
	w, open := k.disputed()
	before := k.history(w.ID, 50, nil).Nodes()
	resolved, err := k.watches.ResolveConflicts(t.Context(), k.Actor, []string{open[1].ID, open[0].ID, open[1].ID}, watch.ChooseLocal)
	require.NoError(t, err)
	require.Equal(t, []string{open[1].ID, open[0].ID}, resolved.IDs, "each once")
	require.Equal(t, []string{w.ID}, watchIDs(resolved.Watches))
	require.Empty(t, k.conflicts(w.ID))
	require.Equal(t, before, k.history(w.ID, 50, nil).Nodes(), "no field changes")

	kept, err := k.store.ChangeWatch(t.Context(), k.FirmID, w.ID, watch.Origin{}, func(*watch.Watch, []*watch.SyncConflict) error { return nil })
	require.NoError(t, err)
	require.Equal(t, watch.Values{watch.City: "Tampa", watch.CaseNumber: "9"}, kept.ClioLink.Settled)
	require.Equal(t, w.Version(), kept.Version())
	require.Equal(t, "Miami", *kept.City)
}

// What can be settled is, and what can't is reported by its place in the list: a closed conflict, one of another firm's, what is no conflict.
func TestResolving_whatIsNotOpen(t *testing.T) {
	k := newKeeper(t).asks()
	one, openOne := k.disputed()
	two, openTwo := k.disputed()
	foreign, openForeign := k.stranger().disputed()
	k.edit(one.ID, city("Ocala")) // closes the first, and opens another for the new pair

	ids := []string{
		openOne[0].ID, openTwo[0].ID, openForeign[0].ID, openOne[1].ID, ident.New(ident.SyncConflict), one.ID, "", openOne[0].ID, openTwo[0].ID,
	}
	resolved, err := k.watches.ResolveConflicts(t.Context(), k.Actor, ids, watch.ChooseClio)
	require.Equal(t, []string{"CONFLICT ids/0", "CONFLICT ids/2", "CONFLICT ids/4", "CONFLICT ids/5", "CONFLICT ids/6"}, problemsOf(err))
	require.Equal(t, []string{openTwo[0].ID, openOne[1].ID}, resolved.IDs)
	require.Equal(t, []string{two.ID, one.ID}, watchIDs(resolved.Watches))
	require.Equal(t, "Ocala", *resolved.Watches[1].City, "a pair that was never shown isn't decided")
	require.Len(t, k.conflicts(one.ID), 1)
	require.Len(t, k.colleague(foreign.FirmID).conflicts(foreign.ID), 2)

	resolved, err = k.watches.ResolveConflicts(t.Context(), k.Actor, []string{openTwo[0].ID}, watch.ChooseLocal)
	require.Equal(t, []string{"CONFLICT ids/0"}, problemsOf(err), "settled already")
	require.Empty(t, resolved.IDs)
}

// Whichever of an edit and a settling comes first, the edit isn't lost: it decides about what nobody was shown.
func TestResolving_whileSomebodyEdits(t *testing.T) {
	k := newKeeper(t)
	for range 10 {
		w, open := k.disputed()
		settled := make(chan error, 1)
		go func() {
			_, err := k.watches.ResolveConflicts(t.Context(), k.Actor, []string{open[0].ID}, watch.ChooseClio)
			settled <- err
		}()
		k.edit(w.ID, city("Ocala"))
		if err := <-settled; err != nil {
			require.Equal(t, []string{"CONFLICT ids/0"}, problemsOf(err))
		}
		after, err := k.watches.Get(t.Context(), k.FirmID, w.ID, watch.ShowAll)
		require.NoError(t, err)
		require.Equal(t, "Ocala", *after.City)
	}
}

// late does something else first, once, when a watch is about to be changed.
type late struct {
	watch.Store
	first func()
}

func (l *late) ChangeWatch(
	ctx context.Context, firmID, id string, origin watch.Origin, rule watch.ChangeRule,
) (*watch.Watch, error) {
	if first := l.first; first != nil {
		l.first = nil
		first()
	}
	return l.Store.ChangeWatch(ctx, firmID, id, origin, rule)
}

// What happens between the reading of the conflicts and the lock of their watch counts.
func TestResolving_tooLate(t *testing.T) {
	k := newKeeper(t).asks()
	for name, c := range map[string]struct {
		meanwhile func(w *watch.Watch, open *watch.SyncConflict) error
		code      string
	}{
		"edited": {func(w *watch.Watch, _ *watch.SyncConflict) error {
			_, err := k.watches.Update(t.Context(), k.Actor, w.ID, city("Ocala"), nil)
			return err
		}, "CONFLICT"},
		"settled": {func(_ *watch.Watch, open *watch.SyncConflict) error {
			_, err := k.watches.ResolveConflicts(t.Context(), k.Actor, []string{open.ID}, watch.ChooseLocal)
			return err
		}, "CONFLICT"},
		"archived": {func(w *watch.Watch, _ *watch.SyncConflict) error {
			_, err := k.watches.Archive(t.Context(), k.Actor, w.ID)
			return err
		}, "ARCHIVED"},
		"unlinked": {func(w *watch.Watch, _ *watch.SyncConflict) error {
			_, err := k.watches.Unlink(t.Context(), k.Actor, w.ID)
			return err
		}, "CONFLICT"},
		"deleted": {func(w *watch.Watch, _ *watch.SyncConflict) error {
			return k.watches.Delete(t.Context(), k.Actor, w.ID)
		}, "CONFLICT"},
	} {
		t.Run(name, func(t *testing.T) {
			w, open := k.disputed()
			other, openOther := k.disputed()
			store := &late{Store: k.store, first: func() { require.NoError(t, c.meanwhile(w, open[0])) }}
			ids := []string{open[0].ID, openOther[1].ID}
			resolved, err := watch.NewService(store, k.clock).ResolveConflicts(t.Context(), k.Actor, ids, watch.ChooseClio)
			require.Equal(t, []string{c.code + " ids/0"}, problemsOf(err))
			require.Equal(t, ids[1:], resolved.IDs)
			require.Equal(t, []string{other.ID}, watchIDs(resolved.Watches))
			if after, err := k.watches.Get(t.Context(), k.FirmID, w.ID, watch.ShowAll); after != nil {
				require.NoError(t, err)
				require.NotEqual(t, "Tampa", *after.City)
			}
		})
	}
}

func TestResolving_atMostAHundred(t *testing.T) {
	k := newKeeper(t)
	_, open := k.disputed()
	ids := []string{open[0].ID}
	for range 99 {
		ids = append(ids, ident.New(ident.SyncConflict))
	}
	tooMany := append(ids[:100:100], ident.New(ident.SyncConflict))
	resolved, err := k.watches.ResolveConflicts(t.Context(), k.Actor, tooMany, watch.ChooseLocal)
	require.Equal(t, []string{"INVALID ids"}, problemsOf(err))
	require.Empty(t, resolved.IDs)

	resolved, err = k.watches.ResolveConflicts(t.Context(), k.Actor, append(ids, ids...), watch.ChooseLocal)
	require.Len(t, problemsOf(err), 99)
	require.Equal(t, ids[:1], resolved.IDs, "repeats don't count")

	resolved, err = k.watches.ResolveConflicts(t.Context(), k.Actor, nil, watch.ChooseLocal)
	require.NoError(t, err)
	require.Empty(t, resolved.IDs)
}
