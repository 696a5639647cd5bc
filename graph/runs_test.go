package graph_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
	"watchkeeper/internal/watch"
)

// The status and the problem follow from the outcomes of the watches (contract, SyncRunStatus).
func TestStatusAndProblemOfARun(t *testing.T) {
	const contacts = "/api/v4/contacts"
	cases := map[string]struct {
		before func(p *person, matters []int64, watches []string)
		during func(p *person, matters []int64, watches []string) // after the run chose its watches, before it executes
		want   aRun
	}{
		"nothing changed": {want: aRun{Status: "SUCCEEDED", Counts: counts{Unchanged: 4}}},
		"some changed": {
			before: func(p *person, matters []int64, _ []string) { p.renumber("new", matters[:3]...) },
			want:   aRun{Status: "SUCCEEDED", Counts: counts{Updated: 3, Unchanged: 1}},
		},
		"a name changed": {
			before: func(p *person, matters []int64, _ []string) {
				matter, err := p.clio.Matter(matters[0])
				require.NoError(p.t, err)
				require.NoError(p.t, p.clio.EditContact(*matter.ClientID, func(c *sandbox.Contact) { c.FirstName = new("Zoë") }))
			},
			want: aRun{Status: "SUCCEEDED", Counts: counts{Updated: 1, Unchanged: 3, IdentityChanged: 1}},
		},
		"some gone": {
			before: func(p *person, matters []int64, _ []string) { p.hide(matters[:3]...) },
			want:   aRun{Status: "SUCCEEDED", Counts: counts{Unchanged: 1, Missing: 3}},
		},
		"all gone": {
			before: func(p *person, matters []int64, _ []string) { p.hide(matters...) },
			want:   aRun{Status: "PARTIAL", Counts: counts{Missing: 4}, Problem: "Clio returned none of the matters."},
		},
		"archived, unlinked, deleted meanwhile": {
			during: func(p *person, _ []int64, watches []string) {
				p.mutate("archiveWatch", watches[0])
				p.mutate("unlinkWatch", watches[1])
				p.mutate("deleteWatch", watches[2])
			},
			want: aRun{Status: "SUCCEEDED", Counts: counts{Unchanged: 1, Skipped: 3}},
		},
		"gone, and the rest archived": {
			during: func(p *person, matters []int64, watches []string) {
				p.mutate("archiveWatch", watches[0])
				p.hide(matters[1:]...)
			},
			want: aRun{Status: "PARTIAL", Counts: counts{Missing: 3, Skipped: 1}, Problem: "Clio returned none of the matters."},
		},
		"all archived meanwhile": {
			during: func(p *person, _ []int64, watches []string) {
				for _, id := range watches {
					p.mutate("archiveWatch", id)
				}
			},
			want: aRun{Status: "SUCCEEDED", Counts: counts{Skipped: 4}},
		},
		"contacts refused": {
			before: func(p *person, matters []int64, _ []string) {
				p.renumber("new", matters[0])
				require.NoError(p.t, p.clio.Fail(sandbox.Switch{Fault: sandbox.Forbidden, Path: contacts}))
			},
			want: aRun{
				Status: "SUCCEEDED", Counts: counts{Updated: 1, Unchanged: 3, Incomplete: 4}, ProblemCode: "CLIO_REFUSED_PART",
				Problem: "Clio refused to show contacts to the connected user: cities and states could not be compared.",
			},
		},
		"matters refused": {
			before: func(p *person, _ []int64, _ []string) {
				require.NoError(p.t, p.clio.Fail(sandbox.Switch{Fault: sandbox.Forbidden}))
			},
			want: aRun{
				Status: "FAILED", Counts: counts{Failed: 4}, ProblemCode: "CLIO_UNAVAILABLE",
				Problem: "Clio does not allow the connected user to read this. Both the Clio application and that user need permission to read matters and contacts.",
			},
		},
		"disconnected meanwhile": {
			during: func(p *person, _ []int64, _ []string) { p.ask(`mutation { disconnectClio { userErrors { code } } }`) },
			want: aRun{
				Status: "FAILED", Counts: counts{Failed: 4}, ProblemCode: "CLIO_NOT_CONNECTED",
				Problem: "The firm is not connected to Clio. An administrator can connect it.",
			},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			matters, watches := p.link(4)
			if c.before != nil {
				c.before(p, matters, watches)
			}
			id := p.begin(false)
			if c.during != nil {
				c.during(p, matters, watches)
			}
			p.work()
			got := p.run(id)
			require.Equal(t, c.want.Status, got.Status)
			require.Equal(t, c.want.Problem, got.Problem)
			require.Equal(t, c.want.ProblemCode, got.ProblemCode)
			c.want.Counts.Selected, c.want.Counts.Processed = 4, 4
			require.Equal(t, c.want.Counts, got.Counts)
			require.Equal(t, "ada", got.RequestedBy.Name)
			for _, result := range p.results(id) {
				ordinary := result.Outcome == "UPDATED" || result.Outcome == "UNCHANGED"
				require.Equal(t, ordinary, len(result.Fields) == len(watch.Fields), "every synced field where Clio was compared")
				require.True(t, ordinary || result.Message != "", "what isn't ordinary is explained")
			}
		})
	}
}

func (p *person) hide(matters ...int64) {
	p.t.Helper()
	for _, id := range matters {
		require.NoError(p.t, p.clio.HideMatter(id))
	}
}

// A firm without linked watches gets a run too, which ends at once.
func TestARunOverNothing(t *testing.T) {
	p := newStage(t).connected("ada")
	p.create(vars{"firstName": "Ana", "lastName": "Rivera"})
	for _, dry := range []bool{true, false} {
		run := p.run(p.begin(dry))
		require.Equal(t, "SUCCEEDED", run.Status)
		require.Equal(t, "NOTHING_LINKED", run.ProblemCode)
		require.NotEmpty(t, run.Problem)
		require.Equal(t, counts{}, run.Counts)
		require.Equal(t, run.StartedAt, run.FinishedAt)
	}
	require.Empty(t, p.clio.Requests())
}

// Links to another Clio account are never compared with this one, even if both number their matters alike (docs/rules.md#accounts).
func TestLinksToAnotherAccountFail(t *testing.T) {
	p := newStage(t).connected("ada")
	_, watches := p.link(3)
	p.sql.Reset()
	_, err := p.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "UPDATE clio_links SET account_id = 1 WHERE watch_id = ANY ($1)", watches[:2])
	require.NoError(t, err)
	run := p.syncAll()
	require.Equal(t, "PARTIAL", run.Status)
	require.Equal(t, "2 of 3 watches could not be compared.", run.Problem)
	require.Equal(t, counts{Selected: 3, Processed: 3, Unchanged: 1, Failed: 2}, run.Counts)

	require.NoError(t, p.clio.Fail(sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/contacts"}))
	run = p.syncAll()
	require.Equal(t, "CLIO_REFUSED_PART", run.ProblemCode, "what Clio refused is reported beside the watches that failed")
	require.Contains(t, run.Problem, "2 of 3 watches could not be compared.")
	require.Contains(t, run.Problem, "Clio refused to show contacts")
	p.clio.ClearFaults()

	_, err = p.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "UPDATE clio_links SET account_id = 1")
	require.NoError(t, err)
	run = p.syncAll()
	require.Equal(t, "FAILED", run.Status)
	require.Empty(t, run.ProblemCode, "it isn't Clio's fault")
}

// A run over a hundred watches needs two requests to Clio, and as many statements as a run over one: nine of ours for its whole life, without
// the queue's, and one that looks up who clicks. Three start it: the firm's lock with what the run depends on, the choice, and the run. Of the
// attempt, one begins it, two are Clio's (the reservation with the connection, and the limit), and three end it: the locks, the links, and all
// that changes. BEGIN and COMMIT of the start and of the end come on top.
func TestWhatARunCosts(t *testing.T) {
	s := newStage(t)
	one, many := s.connected("ada"), s.connected("bob")
	require.Equal(t, one.costsOfRuns(1), many.costsOfRuns(100))
}

// costsOfRuns returns the numbers of statements of a run that finds no change, of one that changes everything, and of one that changes
// everything and leaves conflicts.
func (p *person) costsOfRuns(watches int) (statements []int) {
	matters, linked := p.link(watches)
	p.policy("ASK")
	for _, before := range []func(){
		func() {},
		func() { p.renumber("theirs", matters...) },
		func() {
			for i, id := range linked {
				matter, err := p.clio.Matter(matters[i])
				require.NoError(p.t, err)
				require.NoError(p.t, p.clio.EditContact(*matter.ClientID, func(c *sandbox.Contact) { c.LastName = new("Quirk") }))
				p.update(id, vars{"caseNumber": "ours"})
			}
			p.renumber("theirs again", matters...)
		},
	} {
		before()
		p.clock.Advance(time.Minute)
		p.ask(`{ viewer { user { id } } }`) // records when they were last seen, once a minute
		p.sql.Reset()
		p.clio.ResetRequests()
		id := p.begin(false)
		p.execute(id)
		statements = append(statements, p.ourStatements())
		require.Equal(p.t, 10, p.ourStatements(), strings.Join(p.sql.Statements(), "\n"))
		require.Equal(p.t, 14, p.sql.Count(), strings.Join(p.sql.Statements(), "\n"))
		require.Len(p.t, p.clio.Requests(), 2)
		require.Equal(p.t, "SUCCEEDED", p.run(id).Status)
		require.Equal(p.t, watches*min(len(statements)-1, 1), p.run(id).Counts.Updated)
		require.Equal(p.t, watches*(len(statements)/3), p.run(id).Counts.Conflicts)
	}
	return statements
}

// ourStatements counts the statements since the last reset, without the beginnings and ends of transactions.
func (s *stage) ourStatements() int {
	ours := 0
	for _, statement := range s.sql.Statements() {
		switch strings.ToUpper(strings.Fields(statement)[0]) {
		case "BEGIN", "COMMIT", "ROLLBACK":
		default:
			ours++
		}
	}
	return ours
}
