package graph_test

import (
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
)

// counted are the firm's counts as the tables have them, without the counters.
func (p *person) counted() (counted aStatus) {
	p.t.Helper()
	err := p.db.Pool().QueryRow(pgtest.AcrossFirms(p.t.Context()), `
		WITH linked AS (SELECT l.state FROM clio_links l JOIN watches w ON w.id = l.watch_id JOIN users u ON u.firm_id = w.firm_id
			WHERE u.id = $1 AND w.status = 'ACTIVE'),
		open AS (SELECT k.watch_id FROM sync_conflicts k JOIN users u ON u.firm_id = k.firm_id WHERE u.id = $1)
		SELECT count(*), count(*) FILTER (WHERE state = 'MISSING'), count(*) FILTER (WHERE state = 'CLIENT_CHANGED'),
			(SELECT count(*) FROM open), (SELECT count(DISTINCT watch_id) FROM open) FROM linked`, p.userID()).Scan(
		&counted.LinkedWatches, &counted.MissingWatches, &counted.ClientChangedWatches, &counted.OpenConflicts, &counted.WatchesWithConflicts)
	require.NoError(p.t, err)
	return counted
}

// oldestSync is when the linked watch that was synced longest ago was, as the tables have it, without the count of times.
func (p *person) oldestSync() (oldest *time.Time) {
	p.t.Helper()
	err := p.db.Pool().QueryRow(pgtest.AcrossFirms(p.t.Context()), `
		SELECT min(c.last_synced_at) FROM clio_link_checks c JOIN watches w ON w.id = c.watch_id JOIN users u ON u.firm_id = w.firm_id
		WHERE u.id = $1 AND w.status = 'ACTIVE'`, p.userID()).Scan(&oldest)
	require.NoError(p.t, err)
	return oldest
}

// misled counts links that don't know whether their watch is active.
func (p *person) misled() (links int) {
	p.t.Helper()
	err := p.db.Pool().QueryRow(pgtest.AcrossFirms(p.t.Context()),
		`SELECT count(*) FROM clio_links l JOIN watches w ON w.id = l.watch_id WHERE l.active <> (w.status = 'ACTIVE')`).Scan(&links)
	require.NoError(p.t, err)
	return links
}

// mislisted counts watches that aren't listed once under the time of their last sync, and with those of their run or by themselves.
func (p *person) mislisted() (watches int) {
	p.t.Helper()
	err := p.db.Pool().QueryRow(pgtest.AcrossFirms(p.t.Context()), `
		WITH listed AS (
			SELECT firm_id, unnest(watch_ids) AS id, last_synced_at AS at, true AS of_a_run, true AS linked FROM sync_times
			UNION ALL SELECT firm_id, watch_id, last_synced_at, false, linked FROM other_sync_times
		), all_watches AS (
			SELECT w.firm_id, w.id, coalesce(CASE WHEN l.watch_id IS NULL THEN w.unlinked_last_synced_at ELSE c.last_synced_at END, '-infinity'),
				w.status = 'ACTIVE' AND c.last_synced_at IS NOT NULL, l.watch_id IS NOT NULL
			FROM watches w LEFT JOIN clio_links l ON l.watch_id = w.id LEFT JOIN clio_link_checks c ON c.watch_id = w.id
		)
		SELECT (SELECT count(*) FROM (TABLE listed EXCEPT ALL TABLE all_watches) AS wrong)
			+ (SELECT count(*) FROM (TABLE all_watches EXCEPT ALL TABLE listed) AS missing)
			+ (SELECT count(*) FROM sync_times WHERE watch_ids = '{}')`).Scan(&watches)
	require.NoError(p.t, err)
	return watches
}

// officeLife is a firm to which anything happens.
type officeLife struct {
	*person
	matters []int64
	clients [2]int64 // who replace clients
}

func newOfficeLife(t *testing.T) *officeLife {
	p := newStage(t).connected("ada")
	life := &officeLife{person: p}
	life.matters, _ = p.link(6)
	for i := range life.clients {
		life.clients[i] = p.clio.AddContact(sandbox.Contact{Type: "Person", FirstName: new("Eve"), LastName: new("Quill")}).ID
	}
	return life
}

// watchIDs are those of all watches, archived ones included.
func (l *officeLife) watchIDs() []string {
	a := l.ask(`{ active: watches(first: 50, filter: {status: ACTIVE}) { nodes { id } } archived: watches(first: 50, filter: {status: ARCHIVED}) { nodes { id } } }`)
	return append(a.texts("active.nodes.*.id"), a.texts("archived.nodes.*.id")...)
}

// happens does something to the firm's watches or to Clio. What can't be done is refused.
func (l *officeLife) happens(what string, at int) {
	matter := l.matters[at%len(l.matters)]
	switch what {
	case "import":
		var ids []string
		for _, id := range l.matters[at%len(l.matters):] {
			ids = append(ids, strconv.FormatInt(id, 10))
		}
		l.try(importMatters, vars{"ids": ids})
	case "Clio changes":
		l.renumber("theirs "+strconv.Itoa(at), l.matters[at%len(l.matters):]...)
	case "client changes":
		require.NoError(l.t, l.clio.EditMatter(matter, func(m *sandbox.Matter) { m.ClientID = &l.clients[at%2] }))
	case "matter disappears":
		l.hide(matter)
	case "matter reappears":
		require.NoError(l.t, l.clio.UnhideMatter(matter))
	case "policy":
		l.policy([]string{"KEEP_LOCAL", "USE_CLIO", "ASK"}[at%3])
	case "disagreement":
		l.policy("ASK")
		for _, id := range l.watchIDs() {
			l.update(id, vars{"caseNumber": "ours " + strconv.Itoa(at)})
		}
		l.happens("Clio changes", at)
		l.happens("sync", at)
	case "sync":
		l.clock.Advance(time.Second)
		l.work()
		l.begin(false)
		l.work()
	case "undo":
		for _, id := range l.ask(`{ syncRuns(first: 3) { nodes { id } } }`).texts("syncRuns.nodes.*.id") {
			l.try(undoSyncRun, vars{"id": id, "dry": false})
		}
	case "create":
		l.create(vars{"firstName": "Eve", "lastName": "Quill"})
	case "resolve":
		for _, conflict := range l.openIDs() {
			l.tryResolving([]string{"LOCAL", "CLIO"}[at%2], conflict)
		}
	default:
		l.happensToAWatch(what, at)
	}
}

func (l *officeLife) openIDs() []string {
	return l.ask(`{ syncConflicts(first: 2) { nodes { id } } }`).texts("syncConflicts.nodes.*.id")
}

func (l *officeLife) happensToAWatch(what string, at int) {
	all := l.watchIDs()
	if len(all) == 0 {
		return
	}
	id := all[at%len(all)]
	if what == "edit" {
		l.update(id, vars{"caseNumber": "ours " + strconv.Itoa(at%5)})
		return
	}
	l.mutate(what, id)
}

var (
	happenings = []string{
		"import", "Clio changes", "client changes", "matter disappears", "matter reappears", "policy", "disagreement", "disagreement", "sync", "undo", "resolve",
		"create", "edit", "edit", "edit", "archiveWatch", "unarchiveWatch", "unlinkWatch", "deleteWatch",
	}
	// concurrent are those that people do at the same time.
	concurrent = []string{"import", "undo", "resolve", "edit", "edit", "archiveWatch", "unarchiveWatch", "unlinkWatch", "deleteWatch"}
)

// Whatever happens, and at the same time, the status has the counts that counting has.
func TestTheStatusCountsWhatThereIs(t *testing.T) {
	life := newOfficeLife(t)
	check := func() {
		status := life.ask(`{ syncStatus { ` + countsOfTheStatus + ` oldestSyncedAt } }`)
		require.Equal(t, life.counted(), read[aStatus](status, "syncStatus"))
		require.Equal(t, life.oldestSync(), read[*time.Time](status, "syncStatus.oldestSyncedAt"))
		require.Zero(t, life.misled(), "links know whether their watches are active")
		require.Zero(t, life.mislisted())
	}
	seen := aStatus{}
	look := func() {
		counted := life.counted()
		seen.OpenConflicts += counted.OpenConflicts
		seen.MissingWatches += counted.MissingWatches
		seen.ClientChangedWatches += counted.ClientChangedWatches
		check()
	}
	life.happens("create", 0)
	life.happens("import", 0)
	for at := range 2 * len(life.matters) { // what the random histories may miss happens once
		for _, what := range []string{"client changes", "sync", "matter disappears", "sync", "matter reappears", "disagreement"} {
			life.happens(what, at)
			look()
		}
	}
	require.NotContains(t, []int{seen.OpenConflicts, seen.MissingWatches, seen.ClientChangedWatches}, 0, "all of it happened")
	rapid.Check(t, func(r *rapid.T) {
		for range rapid.IntRange(1, 6).Draw(r, "happenings") {
			life.happens(rapid.SampledFrom(happenings).Draw(r, "what"), rapid.IntRange(0, 30).Draw(r, "at"))
		}
		check()
		var people sync.WaitGroup
		for range 4 {
			what, at := rapid.SampledFrom(concurrent).Draw(r, "at once"), rapid.IntRange(0, 30).Draw(r, "at")
			people.Go(func() { life.happens(what, at) })
		}
		people.Wait()
		check()
	})
}
