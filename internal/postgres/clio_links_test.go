package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/watch"
)

func TestClio_Links(t *testing.T) {
	db := pgtest.Open(t)
	store, firm, stranger := postgres.NewClio(db), clioFirm(t, db).FirmID, clioFirm(t, db).FirmID
	links, err := store.Links(t.Context(), firm)
	require.NoError(t, err)
	require.Empty(t, links.Regions)
	require.False(t, links.Unbound)

	seven, eight := int64(7), int64(8)
	add := func(firmID string, link watch.ClioLink) { clioLink(t, db, firmID, link) }
	add(firm, watch.ClioLink{Region: "us", AccountID: &seven, MatterID: 1, ContactID: &eight, State: watch.Missing, LinkCheck: watch.LinkCheck{AskedAt: clioNow.Add(time.Hour)}})
	add(firm, watch.ClioLink{Region: "us", MatterID: 2, ContactID: &seven, State: watch.Linked, LinkCheck: watch.LinkCheck{AskedAt: clioNow}})
	add(firm, watch.ClioLink{Region: "us", MatterID: 3, ContactID: &eight, State: watch.Linked, LinkCheck: watch.LinkCheck{AskedAt: clioNow.Add(time.Minute)}})
	add(firm, watch.ClioLink{Region: "us", MatterID: 4, State: watch.Linked, LinkCheck: watch.LinkCheck{AskedAt: clioNow}})
	add(stranger, watch.ClioLink{Region: "eu", MatterID: 5, ContactID: &eight, State: watch.Linked, LinkCheck: watch.LinkCheck{AskedAt: clioNow}})

	links, err = store.Links(t.Context(), firm)
	require.NoError(t, err)
	require.Equal(t, &clio.Links{
		Regions: []string{"us"}, Accounts: []int64{7}, Unbound: true,
		Sample: []clio.LinkedMatter{{MatterID: 3, ContactID: 8}, {MatterID: 2, ContactID: 7}, {MatterID: 1, ContactID: 8}},
	}, links, "those found most lately first, those gone missing last")
}

func TestClio_BindLinks(t *testing.T) {
	db := pgtest.Open(t)
	store, firm, stranger := postgres.NewClio(db), clioFirm(t, db).FirmID, clioFirm(t, db).FirmID
	seven := int64(7)
	mine := clioLink(t, db, firm, watch.ClioLink{Region: "us", MatterID: 4, State: watch.Linked, LinkCheck: watch.LinkCheck{AskedAt: clioNow}})
	other := clioLink(t, db, stranger, watch.ClioLink{Region: "us", MatterID: 4, State: watch.Linked, LinkCheck: watch.LinkCheck{AskedAt: clioNow}})

	require.NoError(t, store.BindLinks(t.Context(), firm, seven))
	require.NoError(t, store.BindLinks(t.Context(), firm, 8), "a link that knows its account keeps it")
	links, err := store.Links(t.Context(), firm)
	require.NoError(t, err)
	require.False(t, links.Unbound)
	for _, w := range []struct {
		firmID, id string
		account    *int64
	}{{firm, mine, &seven}, {stranger, other, nil}} {
		found, err := postgres.NewWatches(db).Watch(t.Context(), w.firmID, w.id, watch.ShowAll)
		require.NoError(t, err)
		require.Equal(t, w.account, found.ClioLink.AccountID)
	}
}

// clioLink makes a watch with that link and returns the watch's id.
func clioLink(t *testing.T, db *postgres.DB, firmID string, link watch.ClioLink) string {
	w := watch.New(firmID, clioNow)
	w.FirstName, w.LastName = "Ana", "Rivera"
	link.WatchID, link.FirmID, link.Base, link.Settled = w.ID, firmID, watch.Values{}, watch.Values{}
	w.ClioLink = &link
	require.NoError(t, postgres.NewWatches(db).CreateWatch(t.Context(), w, watch.Origin{Cause: watch.CauseImport}))
	return w.ID
}
