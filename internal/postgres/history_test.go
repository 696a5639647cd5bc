package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/page"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/watch"
)

// keeper is a firm's member who looks after watches.
type keeper struct {
	*testing.T
	watch.Actor
	db      *postgres.DB
	sql     *pgtest.Counter
	clock   *clockwork.FakeClock
	store   *postgres.Watches
	watches *watch.Service
}

func newKeeper(t *testing.T) *keeper {
	sql := &pgtest.Counter{}
	k := newKeeperOf(t, pgtest.Open(t, postgres.WithQueryHook(sql)))
	k.sql = sql
	return k
}

// newKeeperOf is a keeper in that database, whose statements nobody counts.
func newKeeperOf(t *testing.T, db *postgres.DB) *keeper {
	k := &keeper{T: t, db: db, clock: clockwork.NewFakeClockAt(clioNow)}
	k.store = postgres.NewWatches(k.db)
	k.watches = watch.NewService(k.store, k.clock)
	return k.colleague(clioFirm(t, k.db).FirmID)
}

// colleague is a keeper of that firm, whose first member there is.
func (k *keeper) colleague(firmID string) *keeper {
	other := *k
	other.FirmID = firmID
	require.NoError(k, k.db.Bun().NewRaw("SELECT id FROM users WHERE firm_id = ?", firmID).Scan(pgtest.AcrossFirms(k.Context()), &other.UserID))
	return &other
}

func (k *keeper) stranger() *keeper {
	return k.colleague(clioFirm(k.T, k.db).FirmID)
}

// create makes a watch on Ana in Miami.
func (k *keeper) create() *watch.Watch {
	city := "Miami"
	w, err := k.watches.Create(k.Context(), k.Actor, watch.CreateWatchInput{FirstName: "Ana", LastName: "Rivera", City: &city})
	require.NoError(k, err)
	return w
}

func (k *keeper) edit(id string, in watch.UpdateWatchInput) *watch.Watch {
	k.clock.Advance(time.Minute)
	w, err := k.watches.Update(k.Context(), k.Actor, id, in, nil)
	require.NoError(k, err)
	return w
}

func city(value string) watch.UpdateWatchInput {
	return watch.UpdateWatchInput{City: graphql.OmittableOf(&value)}
}

func (k *keeper) history(id string, first int, after *string) *watch.FieldChangeConnection {
	request, err := watch.HistoryRequest(id, nil, page.Args{First: &first, After: after})
	require.NoError(k, err)
	found, err := k.watches.History(k.Context(), k.FirmID, []string{id}, nil, request)
	require.NoError(k, err)
	return found[id]
}

func fieldsOf(history *watch.FieldChangeConnection) []string {
	fields := []string{}
	for _, change := range history.Nodes() {
		fields = append(fields, string(change.Cause)+" "+string(change.Field))
	}
	return fields
}

func TestHistory_newestFirstAndByPages(t *testing.T) {
	k := newKeeper(t)
	w := k.create()
	k.edit(w.ID, city("Tampa"))
	k.edit(w.ID, city("Tampa"))
	w = k.edit(w.ID, city("Ocala"))
	_, err := k.watches.Archive(t.Context(), k.Actor, w.ID)
	require.NoError(t, err)

	all := k.history(w.ID, 50, nil)
	require.Equal(t, []string{
		"EDIT STATUS", "EDIT CITY", "EDIT CITY",
		"CREATE STATUS", "CREATE PRIORITY_LEVEL", "CREATE CITY", "CREATE LAST_NAME", "CREATE FIRST_NAME",
	}, fieldsOf(all), "an edit that changed nothing isn't one")
	require.False(t, all.PageInfo.HasNextPage)
	was, is := "Tampa", "Ocala"
	require.Equal(t, &watch.FieldChange{
		ID: all.Nodes()[1].ID, Place: all.Nodes()[1].Place, FirmID: k.FirmID, WatchID: w.ID, Field: "CITY", Before: &was, After: &is,
		At: clioNow.Add(3 * time.Minute), Cause: watch.CauseEdit, ByID: &k.UserID,
	}, inUTC(all.Nodes()[1]))

	var paged []string
	var after *string
	for {
		found := k.history(w.ID, 3, after)
		paged = append(paged, fieldsOf(found)...)
		require.Equal(t, after != nil, found.PageInfo.HasPreviousPage)
		if !found.PageInfo.HasNextPage {
			break
		}
		require.Len(t, found.Edges, 3)
		after = found.PageInfo.EndCursor
	}
	require.Equal(t, fieldsOf(all), paged)

	_, err = watch.HistoryRequest(k.create().ID, nil, page.Args{After: after})
	require.True(t, apperr.Is(err, apperr.BadUserInput), "a cursor is good for one watch's history")
}

func inUTC(change *watch.FieldChange) *watch.FieldChange {
	change.At = change.At.UTC()
	return change
}

func TestHistory_ofManyWatchesInOneStatement(t *testing.T) {
	k := newKeeper(t)
	one, two, foreign := k.create(), k.create(), k.stranger().create()
	k.edit(one.ID, city("Tampa"))
	k.sql.Reset()
	found, err := k.watches.History(t.Context(), k.FirmID, []string{one.ID, two.ID, foreign.ID}, nil, page.Request{Size: 2})
	require.NoError(t, err)
	require.Equal(t, 1, k.sql.Count())
	require.Equal(t, []string{"EDIT CITY", "CREATE STATUS"}, fieldsOf(found[one.ID]))
	require.Equal(t, []string{"CREATE STATUS", "CREATE PRIORITY_LEVEL"}, fieldsOf(found[two.ID]))
	require.True(t, found[two.ID].PageInfo.HasNextPage)
	require.Empty(t, found[foreign.ID].Edges, "another firm's")

	k.sql.Reset()
	_, err = k.store.History(t.Context(), k.FirmID, nil, nil, page.Request{Size: 2})
	require.NoError(t, err)
	require.Zero(t, k.sql.Count())
}

func TestFieldChangesByID(t *testing.T) {
	k := newKeeper(t)
	newest := k.history(k.create().ID, 1, nil).Nodes()[0]
	for _, c := range []struct {
		firmID, id string
		want       *watch.FieldChange
	}{
		{k.FirmID, newest.ID, newest},
		{k.stranger().FirmID, newest.ID, nil},
		{k.FirmID, ident.New(ident.FieldChange), nil},
		{k.FirmID, "change_1", nil},
	} {
		found, err := k.watches.FieldChangesByID(t.Context(), c.firmID, []string{c.id})
		require.NoError(t, err)
		require.Equal(t, c.want, found[c.id], c.id)
	}
}

// A history lives as long as its watch, and longer than the user who made it (docs/rules.md#history).
func TestHistory_goesWithItsWatch(t *testing.T) {
	k := newKeeper(t)
	w, kept := k.create(), k.create()
	require.NoError(t, k.watches.Delete(t.Context(), k.Actor, w.ID))
	require.Empty(t, k.history(w.ID, 50, nil).Edges)

	_, err := k.db.Bun().ExecContext(pgtest.AcrossFirms(t.Context()), "DELETE FROM users WHERE id = ?", k.UserID)
	require.NoError(t, err)
	changes := k.history(kept.ID, 50, nil).Nodes()
	require.NotEmpty(t, changes)
	require.Nil(t, changes[0].ByID)
}

// Nothing is in the history of what was refused.
func TestHistory_ofARefusedEdit(t *testing.T) {
	k := newKeeper(t)
	w := k.create()
	_, err := k.store.ChangeWatch(t.Context(), k.FirmID, w.ID, watch.Origin{Cause: watch.CauseEdit},
		func(w *watch.Watch, _ []*watch.SyncConflict) error {
			w.FirstName = "Anna"
			return context.Canceled
		})
	require.ErrorIs(t, err, context.Canceled)
	require.Len(t, k.history(w.ID, 50, nil).Edges, 5)
}
