package graph_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// aRun is a run as the API shows it.
type aRun struct {
	ID, RoundID, Trigger, Scope, ConflictResolution, Status string
	DryRun, CanUndo                                         bool
	Counts                                                  counts
	Remaining                                               int
	WaitingUntil, StartedAt, FinishedAt, UndoneAt           *time.Time
	Problem, ProblemCode                                    string
	RequestedBy, UndoneBy                                   struct{ Name string }
}

type counts struct {
	Selected, Processed, Updated, Unchanged, Missing, Skipped, Failed int
	KeptLocal, OverwroteLocal, Conflicts, IdentityChanged, Incomplete int
}

const everythingOfARun = `
	fragment r on SyncRun {
		id roundId trigger scope dryRun conflictResolution status remaining waitingUntil startedAt finishedAt
		counts {
			selected processed updated unchanged missing skipped failed
			keptLocal overwroteLocal conflicts identityChanged incomplete
		}
		problem problemCode canUndo undoneAt requestedBy { name } undoneBy { name }
	}`

// aResult is the result of one watch as the API shows it.
type aResult struct {
	Watch            struct{ ID string }
	Outcome, Message string
	IdentityChanged  bool
	Fields           []aFieldResult
}

type aFieldResult struct{ Field, Decision, Before, Clio, After string }

// decision is that of one field; empty when the watch wasn't compared.
func (r aResult) decision(field string) string {
	for _, result := range r.Fields {
		if result.Field == field {
			return result.Decision
		}
	}
	return ""
}

// read reads what is at a place of an answer into a value of its own.
func read[T any](a answer, path string) T {
	a.t.Helper()
	encoded, err := json.Marshal(a.at(path))
	require.NoError(a.t, err)
	var value T
	require.NoError(a.t, json.Unmarshal(encoded, &value))
	return value
}

// run reads a run.
func (p *person) run(id string) aRun {
	p.t.Helper()
	return read[aRun](p.ask(`query($id: ID!) { syncRun(id: $id) { ...r } }`+everythingOfARun, vars{"id": id}), "syncRun")
}

// results are all of a run's, in order.
func (p *person) results(runID string) []aResult {
	p.t.Helper()
	a := p.ask(`query($id: ID!) { syncRun(id: $id) { results(first: 100) {
		totalCount nodes { outcome identityChanged message watch { id } fields { field decision before clio after } }
	} } }`, vars{"id": runID})
	results := read[[]aResult](a, "syncRun.results.nodes")
	require.EqualValues(p.t, len(results), a.at("syncRun.results.totalCount"))
	return results
}

// ids are the watches of a run's results.
func ids(results []aResult) []string {
	all := make([]string, len(results))
	for i, result := range results {
		all[i] = result.Watch.ID
	}
	return all
}

// work executes what is queued, and the runs that follow from it, as workers would. Where a run waits, the clock advances.
func (p *person) work() {
	p.t.Helper()
	for range 1000 {
		a := p.ask(`{ syncRuns(filter: {statuses: [QUEUED, RUNNING]}) { nodes { id } } }`)
		queued := a.texts("syncRuns.nodes.*.id")
		if len(queued) == 0 {
			return
		}
		for _, id := range queued {
			resumeAt, err := p.syncs.Execute(p.t.Context(), id)
			require.NoError(p.t, err)
			if resumeAt != nil {
				p.clock.Advance(max(0, resumeAt.Sub(p.clock.Now())))
			}
		}
	}
	require.Fail(p.t, "the work has no end")
}

// syncAll executes a run over all watches to its end.
func (p *person) syncAll() aRun { return p.runAll(false) }

// dryRun is syncAll of a run that writes nothing.
func (p *person) dryRun() aRun { return p.runAll(true) }

func (p *person) runAll(dry bool) aRun {
	p.t.Helper()
	id := p.begin(dry)
	p.work()
	run := p.run(id)
	require.NotNil(p.t, run.FinishedAt)
	require.Nil(p.t, run.WaitingUntil)
	c := run.Counts
	require.Equal(p.t, c.Processed, c.Updated+c.Unchanged+c.Missing+c.Skipped+c.Failed, "the counts add up")
	require.Equal(p.t, c.Selected, c.Processed)
	require.Len(p.t, p.results(id), c.Processed, "one result for each watch")
	return run
}

// link makes so many matters in Clio, each with a client of its own, and imports them. It returns the matters and the watches.
func (p *person) link(count int) (matters []int64, watches []string) {
	p.t.Helper()
	for len(matters) < count {
		i := len(matters)
		client := p.clio.AddContact(sandbox.Contact{
			Type: "Person", FirstName: new(fmt.Sprintf("Ana%03d", i)), LastName: new("Quill"),
			PrimaryAddress: &sandbox.Address{City: new("Miami"), Province: new("FL"), Country: new("US"), Primary: true},
		})
		matters = append(matters, p.clio.AddMatter(sandbox.Matter{
			DisplayNumber: new(fmt.Sprintf("N-%03d", i)), Status: "Open", ClientID: &client.ID,
		}).ID)
	}
	for at := 0; at < count; at += 100 {
		var chunk []string
		for _, id := range matters[at:min(at+100, count)] {
			chunk = append(chunk, strconv.FormatInt(id, 10))
		}
		a := p.ask(importMatters, vars{"ids": chunk})
		watches = append(watches, a.texts("importMatters.results.*.watch.id")...)
	}
	require.NotContains(p.t, watches, "")
	p.clock.Advance(time.Minute) // and a new window of Clio's
	p.clio.ResetRequests()
	return matters, watches
}

// renumber gives a matter another display number in Clio, which the plainest rule alone concerns.
func (p *person) renumber(number string, matters ...int64) {
	p.t.Helper()
	for _, id := range matters {
		require.NoError(p.t, p.clio.EditMatter(id, func(m *sandbox.Matter) { m.DisplayNumber = &number }))
	}
}

// policy sets how conflicts with local edits are resolved.
func (p *person) policy(name string) {
	p.t.Helper()
	p.ask(`mutation($p: ConflictResolution) { updateSyncSettings(input: {conflictResolution: $p}) { userErrors { code } } }`,
		vars{"p": name})
}

// mutate asks for one mutation of something by its id, and returns the codes of its user errors.
func (p *person) mutate(mutation, id string) []string {
	p.t.Helper()
	return p.ask(`mutation($id: ID!) { m: `+mutation+`(id: $id) { userErrors { code } } }`, vars{"id": id}).texts("m.userErrors.*.code")
}

// aConflict is a conflict as the API shows it.
type aConflict struct{ ID, Field, Local, Clio string }

// conflicts are the firm's open ones, newest first.
func (p *person) conflicts() []aConflict {
	p.t.Helper()
	a := p.ask(`{ syncConflicts { totalCount nodes { id field local clio } } syncStatus { openConflicts } }`)
	conflicts := read[[]aConflict](a, "syncConflicts.nodes")
	require.EqualValues(p.t, len(conflicts), a.at("syncConflicts.totalCount"))
	require.EqualValues(p.t, len(conflicts), a.at("syncStatus.openConflicts"))
	return conflicts
}
