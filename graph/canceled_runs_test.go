package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

const cancelSyncRun = `mutation($id: ID!) { cancelSyncRun(id: $id) { run { ...r } userErrors { code path } } }` + everythingOfARun

func (p *person) cancel(runID string) aRun {
	p.t.Helper()
	a := p.ask(cancelSyncRun, vars{"id": runID})
	require.Empty(p.t, a.at("cancelSyncRun.userErrors"))
	return read[aRun](a, "cancelSyncRun.run")
}

// A canceled run writes nothing more, whatever it was doing, and the next one can start.
func TestCancelingARun(t *testing.T) {
	cases := map[string]func(p *person, id string){
		"queued": func(*person, string) {},
		"waiting for Clio": func(p *person, id string) {
			require.NoError(p.t, p.clio.Fail(sandbox.Switch{Fault: sandbox.RateLimited, Times: 1}))
			require.Positive(p.t, p.workOnce(id))
		},
		"begun, and its worker died": func(p *person, id string) {
			require.NoError(p.t, p.clio.Fail(sandbox.Switch{Fault: sandbox.ServerError, Times: 1}))
			require.Positive(p.t, p.workOnce(id))
		},
	}
	for name, before := range cases {
		t.Run(name, func(t *testing.T) {
			p := newStage(t).connected("ada")
			matters, _ := p.link(3)
			p.renumber("new", matters...)
			id := p.begin(false)
			before(p, id)
			unchanged := p.everything()
			run := p.cancel(id)
			require.Equal(t, "CANCELED", run.Status)
			require.Equal(t, counts{Selected: 3}, run.Counts)
			require.NotNil(t, run.FinishedAt)
			require.Nil(t, run.WaitingUntil)
			require.False(t, run.CanUndo)
			p.clock.Advance(time.Hour)
			p.execute(id) // its job is still there
			require.Equal(t, run, p.cancel(id), "an ended run is returned unchanged")
			require.Equal(t, unchanged, p.everything())
			require.Empty(t, p.results(id))
			require.Equal(t, 3, p.syncAll().Counts.Updated)
		})
	}
}

// A run that is canceled while Clio answers notices that before it writes.
func TestCancelingARunAtWork(t *testing.T) {
	p := newStage(t).connected("ada")
	matters, _ := p.link(3)
	for _, dry := range []bool{false, true} {
		p.renumber("new", matters...)
		before := p.everything()
		id := p.begin(dry)
		p.clio.OnRequest(func(r sandbox.Request) {
			if r.Path == "/api/v4/contacts.json" {
				p.ask(cancelSyncRun, vars{"id": id})
			}
		})
		p.execute(id)
		p.clio.OnRequest(nil)
		run := p.run(id)
		require.Equal(t, "CANCELED", run.Status)
		require.Zero(t, run.Counts.Processed)
		require.Empty(t, p.results(id))
		require.Equal(t, before, p.everything())
	}
}

func TestCancelingWhatHasEndedOrIsNoRun(t *testing.T) {
	p := newStage(t).connected("ada")
	id := p.imported("1001")
	run := p.syncAll()
	require.Equal(t, run, p.cancel(run.ID))
	for _, none := range []string{id, unlike(run.ID), "", "run"} {
		a := p.ask(cancelSyncRun, vars{"id": none})
		require.Equal(t, []string{"NOT_FOUND"}, a.texts("cancelSyncRun.userErrors.*.code"))
		require.Equal(t, []string{"id"}, a.texts("cancelSyncRun.userErrors.0.path.*"))
		require.Nil(t, a.at("cancelSyncRun.run"))
	}
}
