package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// resolve settles conflicts, all of which must be open, and returns the watches.
func (p *person) resolve(choice string, ids ...string) []string {
	p.t.Helper()
	a := p.tryResolving(choice, ids...)
	require.Empty(p.t, a.at("resolveSyncConflicts.userErrors"))
	require.Equal(p.t, ids, a.texts("resolveSyncConflicts.resolvedIds.*"))
	return a.texts("resolveSyncConflicts.watches.*.id")
}

func (p *person) tryResolving(choice string, ids ...string) answer {
	p.t.Helper()
	return p.ask(`mutation($ids: [ID!]!, $choice: ConflictChoice!) { resolveSyncConflicts(ids: $ids, resolution: $choice) {
		resolvedIds watches { id conflicts { id } } userErrors { code path }
	} }`, vars{"ids": ids, "choice": choice})
}

// disputed is a watch of a city on which the firm (Reno) and Clio (Ocala) differ, a conflict open about that, under ASK.
type disputed struct {
	*person
	matter, client int64
	watch          string
}

func dispute(t *testing.T) *disputed {
	p := newStage(t).connected("ada")
	matters, watches := p.link(1)
	matter, err := p.clio.Matter(matters[0])
	require.NoError(t, err)
	d := &disputed{person: p, matter: matters[0], client: *matter.ClientID, watch: watches[0]}
	p.policy("ASK")
	p.update(d.watch, vars{"city": "Reno"})
	d.move("Ocala")
	require.Equal(t, "CONFLICT", d.decided())
	return d
}

// move changes the city in Clio; an empty one clears it.
func (d *disputed) move(city string) {
	d.t.Helper()
	require.NoError(d.t, d.clio.EditContact(d.client, func(c *sandbox.Contact) {
		c.PrimaryAddress.City = &city
		if city == "" {
			c.PrimaryAddress.City = nil
		}
	}))
}

// decided syncs all and returns the decision about the city; the outcome where nothing was compared.
func (d *disputed) decided() string {
	d.t.Helper()
	d.clock.Advance(time.Minute)
	run := d.syncAll()
	results := d.results(run.ID)
	if len(results) == 0 {
		return run.ProblemCode
	}
	if decision := results[0].decision("CITY"); decision != "" {
		return decision
	}
	return results[0].Outcome
}

// conflict returns the only open conflict.
func (d *disputed) conflict() aConflict {
	d.t.Helper()
	conflicts := d.conflicts()
	require.Len(d.t, conflicts, 1)
	return conflicts[0]
}

// An id identifies one pair of values: it stays while neither changes, and is another once either does.
func TestAConflictIDIdentifiesAPairOfValues(t *testing.T) {
	d := dispute(t)
	first := d.conflict()
	require.Equal(t, aConflict{first.ID, "CITY", "Reno", "Ocala"}, first)
	require.Equal(t, "CONFLICT", d.decided())
	require.Equal(t, first, d.conflict(), "nothing moved")
	require.Equal(t, "UNCHANGED", d.sync(d.watch).text("syncWatch.result.outcome"))
	require.Equal(t, first, d.conflict(), "nor by a sync of the one watch")

	d.move("Tampa")
	require.Equal(t, first, d.conflict(), "nobody has asked Clio yet")
	require.Equal(t, "CONFLICT", d.decided())
	second := d.conflict()
	require.NotEqual(t, first.ID, second.ID)
	require.Equal(t, aConflict{second.ID, "CITY", "Reno", "Tampa"}, second)

	d.update(d.watch, vars{"city": "Sparks"})
	third := d.conflict()
	require.NotEqual(t, second.ID, third.ID)
	require.Equal(t, aConflict{third.ID, "CITY", "Sparks", "Tampa"}, third)
	d.update(d.watch, vars{"middleName": "M.", "city": "Sparks"})
	require.Equal(t, third, d.conflict(), "the city stayed")
	d.update(d.watch, vars{"city": nil})
	require.Empty(t, d.conflict().Local)
	node := func(id string) any {
		return d.ask(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": id}).at("node")
	}
	require.NotNil(t, node(d.conflict().ID))
	require.Nil(t, node(third.ID), "a closed one is gone")
}

// What closes a conflict, and what leaves it open (docs/rules.md#conflicts).
func TestWhatClosesAConflict(t *testing.T) {
	cases := map[string]struct {
		happens  func(d *disputed)
		decision string
		open     bool
	}{
		"Clio agrees":              {func(d *disputed) { d.move("Reno") }, "SAME", false},
		"Clio has none":            {func(d *disputed) { d.move("") }, "EMPTY_IN_CLIO", false},
		"keep local edits":         {func(d *disputed) { d.policy("KEEP_LOCAL") }, "KEPT_LOCAL", false},
		"Clio overwrites":          {func(d *disputed) { d.policy("USE_CLIO") }, "OVERWROTE_LOCAL", false},
		"archived":                 {func(d *disputed) { d.mutate("archiveWatch", d.watch) }, "NOTHING_LINKED", false},
		"archived and back":        {func(d *disputed) { d.mutate("archiveWatch", d.watch); d.mutate("unarchiveWatch", d.watch) }, "CONFLICT", true},
		"unlinked":                 {func(d *disputed) { d.mutate("unlinkWatch", d.watch) }, "NOTHING_LINKED", false},
		"deleted":                  {func(d *disputed) { d.mutate("deleteWatch", d.watch) }, "NOTHING_LINKED", false},
		"the city is put right":    {func(d *disputed) { d.update(d.watch, vars{"city": "Ocala"}) }, "SAME", false},
		"Clio's value is taken":    {func(d *disputed) { d.takeCity() }, "SAME", false},
		"contacts are refused":     {func(d *disputed) { d.fail(sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/contacts"}) }, "UNAVAILABLE", true},
		"Clio says what can't be":  {func(d *disputed) { d.move("n/a") }, "UNUSABLE", true},
		"the matter has another":   {func(d *disputed) { d.replaceClient() }, "HELD", true},
		"the matter is gone":       {func(d *disputed) { d.hide(d.matter) }, "MISSING", true},
		"Clio fails":               {func(d *disputed) { d.fail(sandbox.Switch{Fault: sandbox.Gone}) }, "FAILED", true},
		"nothing":                  {func(*disputed) {}, "CONFLICT", true},
		"another field is edited":  {func(d *disputed) { d.update(d.watch, vars{"lastName": "Quill", "tags": []string{"a"}}) }, "CONFLICT", true},
		"a dry run under USE_CLIO": {func(d *disputed) { d.policy("USE_CLIO"); d.dryRun(); d.policy("ASK") }, "CONFLICT", true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			d := dispute(t)
			before := d.conflict()
			c.happens(d)
			require.Equal(t, c.decision, d.decided())
			if !c.open {
				require.Empty(t, d.conflicts())
				return
			}
			after := d.conflict()
			require.Equal(t, name != "archived and back", after.ID == before.ID)
			after.ID = before.ID
			require.Equal(t, before, after)
		})
	}
}

func (d *disputed) takeCity() {
	d.ask(`mutation($id: ID!) { takeClioValues(watchId: $id, fields: [CITY]) { userErrors { code } } }`, vars{"id": d.watch})
}

func (d *disputed) fail(fault sandbox.Switch) { require.NoError(d.t, d.clio.Fail(fault)) }

func (d *disputed) replaceClient() {
	require.NoError(d.t, d.clio.EditMatter(d.matter, func(m *sandbox.Matter) { m.ClientID = new(aContact) }))
}

// Without ASK an edit leaves no conflict behind.
func TestAnEditUnderAnotherPolicyClosesAConflict(t *testing.T) {
	d := dispute(t)
	d.policy("KEEP_LOCAL")
	d.update(d.watch, vars{"city": "Sparks"})
	require.Empty(t, d.conflicts())
}

// A conflict settled in favor of the firm stays settled until Clio's value changes: no new one opens until then.
func TestSettlingForTheFirm(t *testing.T) {
	d := dispute(t)
	d.clio.ResetRequests()
	require.Equal(t, []string{d.watch}, d.resolve("LOCAL", d.conflict().ID))
	require.Empty(t, d.clio.Requests(), "settling asks Clio nothing")
	require.Empty(t, d.conflicts())
	for range 2 {
		require.Equal(t, "KEPT_LOCAL", d.decided())
		require.Empty(t, d.conflicts())
	}
	d.policy("USE_CLIO")
	require.Equal(t, "KEPT_LOCAL", d.decided(), "under every policy")
	d.policy("ASK")
	d.move("Tampa")
	require.Equal(t, "CONFLICT", d.decided())
	require.Equal(t, "Tampa", d.conflict().Clio)
	d.move("Ocala")
	require.Equal(t, "KEPT_LOCAL", d.decided(), "back at the settled value")
	require.Empty(t, d.conflicts())
	require.Equal(t, "Reno", d.person.watch(d.watch).text("watch.city"))
}

func TestSettlingForClio(t *testing.T) {
	d := dispute(t)
	d.resolve("CLIO", d.conflict().ID)
	require.Empty(t, d.conflicts())
	require.Equal(t, "Ocala", d.person.watch(d.watch).text("watch.city"))
	require.Equal(t, "SAME", d.decided())
	d.move("Tampa")
	require.Equal(t, "UPDATED", d.decided(), "it is Clio's field again")
}

// Many are settled at once, and those that are no longer open are reported beside them.
func TestSettlingManyAtOnce(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, watches := p.link(4)
	p.policy("ASK")
	for _, id := range watches {
		p.update(id, vars{"caseNumber": "ours", "dateOfInterest": "2020-01-01"})
	}
	for _, id := range matters {
		require.NoError(t, p.clio.EditMatter(id, func(m *sandbox.Matter) { m.DisplayNumber, m.OpenDate = new("theirs"), new("2026-01-02") }))
	}
	p.clock.Advance(time.Minute)
	run := p.syncAll()
	require.Equal(t, 4, run.Counts.Conflicts)
	require.Equal(t, 4, run.Counts.KeptLocal)
	of := map[string][]aConflict{}
	a := p.ask(`{ watches { nodes { id conflicts { id field local clio watch { id } } } } }`)
	for _, w := range read[[]struct {
		ID        string
		Conflicts []aConflict
	}](a, "watches.nodes") {
		of[w.ID] = w.Conflicts
	}
	require.Len(t, of[watches[0]], 2)
	require.Equal(t, "CASE_NUMBER", of[watches[0]][0].Field)
	require.Equal(t, "2020-01-01 2026-01-02", of[watches[0]][1].Local+" "+of[watches[0]][1].Clio)

	p.update(watches[1], vars{"caseNumber": "ours again"}) // replaces its first conflict
	p.mutate("archiveWatch", watches[2])
	ids := []string{of[watches[0]][0].ID, of[watches[0]][1].ID, of[watches[1]][0].ID, of[watches[1]][1].ID, of[watches[2]][0].ID, "conflict_x"}
	a = p.tryResolving("CLIO", ids...)
	require.Equal(t, []string{ids[0], ids[1], ids[3]}, a.texts("resolveSyncConflicts.resolvedIds.*"))
	require.Equal(t, watches[:2], a.texts("resolveSyncConflicts.watches.*.id"))
	require.Equal(t, []string{"CONFLICT", "CONFLICT", "CONFLICT"}, a.texts("resolveSyncConflicts.userErrors.*.code"))
	require.Equal(t, []string{"2", "4", "5"}, a.texts("resolveSyncConflicts.userErrors.*.path.1"))
	require.Equal(t, "theirs", p.watch(watches[0]).text("watch.caseNumber"))
	require.Equal(t, "ours again", p.watch(watches[1]).text("watch.caseNumber"))
	require.Equal(t, "2026-01-02", p.watch(watches[1]).text("watch.dateOfInterest"))
	require.Equal(t, "ours", p.watch(watches[2]).text("watch.caseNumber"))
	require.Len(t, p.conflicts(), 3, "the one that moved, and the fourth watch's")
	require.Len(t, p.tryResolving("CLIO", ids[0]).at("resolveSyncConflicts.userErrors"), 1, "once")
}

// Undoing a run that opened conflicts, or that found them open, leaves them.
func TestConflictsOutliveAnUndo(t *testing.T) {
	d := dispute(t)
	before := d.conflict()
	d.renumber("theirs", d.matter)
	d.clock.Advance(time.Minute)
	run := d.syncAll()
	require.Equal(t, 1, run.Counts.Updated)
	require.Equal(t, "CASE_NUMBER", d.undo(run.ID)[0].Field)
	require.Equal(t, before, d.conflict())
}
