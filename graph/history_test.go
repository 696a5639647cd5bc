package graph_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// aChange is a FieldChange as the API returns it.
type aChange struct {
	Field, Before, After, Cause string
	At                          time.Time
	By                          struct{ Name string }
	Run                         struct{ ID string }
}

const historyOfAWatch = `query($id: ID!, $first: Int, $after: String) { watch(id: $id) { history(first: $first, after: $after) {
	nodes { id field before after cause at by { name } run { id } } edges { cursor node { id } } pageInfo { hasNextPage endCursor }
} } }`

// history returns a watch's changes, newest first.
func (p *person) history(id string) []aChange { return p.historyByPages(id, 100) }

func (p *person) historyByPages(id string, first int) (changes []aChange) {
	p.t.Helper()
	var after any
	for more := true; more; {
		a := p.ask(historyOfAWatch, vars{"id": id, "first": first, "after": after})
		changes = append(changes, read[[]aChange](a, "watch.history.nodes")...)
		after, more = a.at("watch.history.pageInfo.endCursor"), a.at("watch.history.pageInfo.hasNextPage").(bool)
	}
	return changes
}

// Every change is recorded with the values before and after, who made it and why (docs/rules.md#history).
func TestTheHistoryOfAWatch(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(1)
	id := watches[0]
	began := p.history(id)
	require.Len(t, began, 7, "what wasn't empty in Clio, the priority level and the status")
	require.True(t, slices.ContainsFunc(began, func(c aChange) bool { return c.Field == "FIRST_NAME" && c.After == "Ana000" }))
	for _, change := range began {
		require.Equal(t, "IMPORT", change.Cause)
		require.Empty(t, change.Before)
		require.Equal(t, "ada", change.By.Name)
	}
	p.policy("ASK")
	var want []aChange
	expect := func(field, before, after, cause, run string) {
		t.Helper()
		change := aChange{Field: field, Before: before, After: after, Cause: cause, At: p.clock.Now()}
		change.By.Name, change.Run.ID = "ada", run
		want = append([]aChange{change}, want...)
		got := p.history(id)
		require.Equal(t, want, got[:len(got)-len(began)])
		p.clock.Advance(time.Minute)
	}
	p.update(id, vars{"middleName": "M."})
	expect("MIDDLE_NAME", "", "M.", "EDIT", "")
	p.renumber("theirs", matters...)
	run := p.syncAll()
	expect("CASE_NUMBER", "N-000", "theirs", "SYNC", run.ID)
	p.undo(run.ID)
	expect("CASE_NUMBER", "theirs", "N-000", "UNDO", run.ID)
	p.renumber("theirs again", matters...)
	p.syncAll() // a conflict changes no field
	p.resolve("CLIO", p.conflicts()[0].ID)
	expect("CASE_NUMBER", "N-000", "theirs again", "CONFLICT", "")
	p.update(id, vars{"caseNumber": nil})
	expect("CASE_NUMBER", "theirs again", "", "EDIT", "")
	p.ask(`mutation($id: ID!) { takeClioValues(watchId: $id, fields: [CASE_NUMBER]) { userErrors { code } } }`, vars{"id": id})
	expect("CASE_NUMBER", "", "theirs again", "EDIT", "")
	p.renumber("theirs at last", matters...)
	single := p.ask(syncWatchWithRun, vars{"id": id, "dry": false}).text("syncWatch.run.id")
	expect("CASE_NUMBER", "theirs again", "theirs at last", "SYNC", single)
	p.mutate("archiveWatch", id)
	expect("STATUS", "ACTIVE", "ARCHIVED", "EDIT", "")
}

func TestAHistoryOfOnesOwn(t *testing.T) {
	p := newStage(t).signUp("ada")
	id := p.create(vars{"firstName": "Ana", "lastName": "Rivera", "tags": []string{"a", "b"}})
	var fields []string
	for _, change := range p.history(id) {
		require.Equal(t, "CREATE", change.Cause)
		fields = append(fields, change.Field+" "+change.After)
	}
	require.ElementsMatch(t, []string{"FIRST_NAME Ana", "LAST_NAME Rivera", "TAGS a, b", "PRIORITY_LEVEL NORMAL", "STATUS ACTIVE"}, fields)
}

// A change by the schedule has no user.
func TestTheHistoryOfAScheduledRun(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(1)
	p.renumber("theirs", matters...)
	run := p.fallDue("SCHEDULE")
	p.work()
	change := p.history(watches[0])[0]
	require.Equal(t, run.ID, change.Run.ID)
	require.Empty(t, change.By.Name)
}

// A history is read page by page, each change once.
func TestPagingAHistory(t *testing.T) {
	p := newStage(t).connected("ada")
	_, watches := p.link(1)
	for _, city := range []string{"Reno", "Ocala", "Tampa"} {
		p.update(watches[0], vars{"city": city, "middleName": city})
	}
	paged := p.historyByPages(watches[0], 4)
	require.Len(t, paged, 13)
	require.Equal(t, p.history(watches[0]), paged)
	require.Equal(t, "Tampa", paged[0].After, "newest first")
}
