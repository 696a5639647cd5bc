package postgres_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/page"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/watch"
)

// letters are so few that random words meet, and those that patterns of SQL treat otherwise are among them.
const letters = `ab%_\'é`

func randomWord(length int) string {
	var word strings.Builder
	for range length {
		word.WriteRune([]rune(letters)[rand.IntN(len([]rune(letters)))])
	}
	return word.String()
}

// searchable are a firm's watches with random names, and the same ones of another firm.
func searchable(k *keeper) {
	other := k.stranger()
	for range 40 {
		number := randomWord(6)
		in := watch.CreateWatchInput{FirstName: "x" + randomWord(4), LastName: "y" + randomWord(5), CaseNumber: &number}
		for _, of := range []*keeper{k, other} {
			_, err := of.watches.Create(k.Context(), of.Actor, in)
			require.NoError(k, err)
		}
	}
}

// searchTexts are the texts that are searched, by watch: lists don't read them.
func (k *keeper) searchTexts() map[string]string {
	k.Helper()
	var rows []struct{ ID, SearchText string }
	err := k.db.Bun().NewRaw("SELECT id, search_text FROM watches").Scan(pgtest.AcrossFirms(k.Context()), &rows)
	require.NoError(k, err)
	texts := make(map[string]string, len(rows))
	for _, row := range rows {
		texts[row.ID] = row.SearchText
	}
	return texts
}

// requireFound compares what a search finds and counts with a look at each of the firm's watches.
func requireFound(k *keeper, search string, status *watch.WatchStatus) {
	k.Helper()
	all, err := k.store.Watches(k.Context(), k.FirmID, watch.WatchFilter{Status: status}, watch.WatchOrder{}, page.Request{Size: 5000}, watch.ShowAll)
	require.NoError(k, err)
	texts := k.searchTexts()
	filter := watch.WatchFilter{Search: &search, Status: status}
	var expected []string
	for _, w := range all {
		missing := false
		for _, word := range filter.Words() {
			missing = missing || !strings.Contains(texts[w.ID], word)
		}
		if !missing {
			expected = append(expected, w.ID)
		}
	}
	found, err := k.store.Watches(k.Context(), k.FirmID, filter, watch.WatchOrder{}, page.Request{Size: 5000}, watch.ShowAll)
	require.NoError(k, err)
	require.Equal(k, expected, watchIDs(found), search)
	count, err := k.store.CountWatches(k.Context(), k.FirmID, filter)
	require.NoError(k, err)
	require.Len(k, expected, count, search)
}

func requireSearches(k *keeper) {
	k.Helper()
	active := watch.Active
	searches := []string{"", " ", "xxx yyy zzz", "%%%", `\\\`, "___", "x", "xa ya"}
	for range 100 {
		searches = append(searches, strings.TrimSuffix(strings.Repeat(randomWord(1+rand.IntN(4))+" ", 1+rand.IntN(2)), " "))
		searches = append(searches, randomWord(1)+" "+randomWord(3))
	}
	for _, search := range searches {
		requireFound(k, search, nil)
		requireFound(k, search, &active)
	}
}

func TestASearchFindsWhateverHasTheWords(t *testing.T) {
	k := newKeeper(t)
	searchable(k)
	requireSearches(k)
}

func TestASearchOfFewAndOfMany(t *testing.T) {
	k := newKeeper(t)
	one := k.create()
	const copies = 1100
	_, err := k.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), `INSERT INTO watches
		SELECT (jsonb_populate_record(w, jsonb_build_object('id', w.id || n, 'search_text', w.search_text || ' number' || n))).*
		FROM watches w, generate_series(1, $1) n WHERE w.id = $2`, copies, one.ID)
	require.NoError(t, err)
	for search, expected := range map[string]int{"ana rivera": copies + 1, "ana": copies + 1, "number110": 2, "a": copies + 1, "number7 ana": 111, "zzz": 0} {
		requireFound(k, search, nil)
		k.sql.Reset()
		count, err := k.store.CountWatches(t.Context(), k.FirmID, watch.WatchFilter{Search: &search})
		require.NoError(t, err)
		require.Equal(t, expected, count, search)
		require.Equal(t, 1, k.sql.Count())
		_, err = k.store.Watches(t.Context(), k.FirmID, watch.WatchFilter{Search: &search}, watch.WatchOrder{}, page.Request{Size: 50}, watch.ShowAll)
		require.NoError(t, err)
		require.Equal(t, 2, k.sql.Count())
	}
}

func TestASearchWorksWhereTheOwnerIsBound(t *testing.T) {
	c := newCluster(t)
	c.execute("CREATE ROLE plain LOGIN")
	db := pgtest.OpenURL(t, c.database("forced", "plain"))
	require.NoError(t, db.Migrate(t.Context()))
	require.True(t, db.RowSecurityForced())
	k := newKeeperOf(t, db)
	searchable(k)
	requireSearches(k)
}

func TestTheSearchSeesTheFirmOfTheSessionAlone(t *testing.T) {
	k := newKeeper(t)
	own, other := k.create(), k.stranger()
	others := other.create()
	const query = "SELECT unnest(search_watches('{ana}', %s))"
	for firm, expected := range map[string][]string{k.FirmID: {own.ID}, other.FirmID: {others.ID}, "": nil} {
		for _, most := range []string{"10", "NULL"} {
			var found []string
			require.NoError(t, k.db.Bun().NewRaw(fmt.Sprintf(query, most)).Scan(postgres.ForFirm(t.Context(), firm), &found))
			require.Equal(t, expected, found)
		}
	}
	var open bool
	err := k.db.Bun().NewRaw("SELECT has_function_privilege('public', 'search_watches(text[], int)', 'EXECUTE')").
		Scan(pgtest.AcrossFirms(t.Context()), &open)
	require.NoError(t, err)
	require.False(t, open)
}
