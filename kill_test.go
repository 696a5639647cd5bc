package main_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"watchkeeper/internal/postgres/pgtest"
	"watchkeeper/internal/sandbox"
)

const (
	firms       = 10
	firmsMatter = 120 // two runs to a round
	editedOnes  = 20  // watches of each firm that people edit while runs are under way
	kills       = 6
)

// Replicas are killed at any moment of runs of ten firms, while Clio changes and people edit. What must hold afterwards is that
// nothing was lost and nothing was done twice.
func killsLoseNothing(t *testing.T, program string) {
	if testing.Short() {
		t.Skip("many processes are started and killed")
	}
	r := newReplicas(t, program, 2, 2*time.Second)
	r.clio.fill(firmsMatter)
	r.startUp(0)
	r.startUp(1)
	all := r.signUpAll()
	require.NoError(t, r.clio.Fail(sandbox.Switch{Fault: sandbox.Slow, Seconds: 0.1}))

	killed := make(chan struct{})
	var work errgroup.Group
	edits := make([]map[string]string, firms)
	for i, f := range all {
		work.Go(func() error { return f.syncUntil(killed) })
		work.Go(func() (err error) {
			edits[i], err = f.editUntil(killed)
			return err
		})
	}
	r.killAtRandom()
	close(killed)
	require.NoError(t, work.Wait())
	for i, f := range all {
		f.checkRuns()
		f.checkWatches(edits[i])
	}
	r.checkHistory()
}

func (r *replicas) signUpAll() []*firm {
	r.Helper()
	all := make([]*firm, firms)
	var signingUp errgroup.Group
	for i := range all {
		signingUp.Go(func() (err error) {
			all[i], err = r.signUp(fmt.Sprintf("firm%d", i), firmsMatter)
			return err
		})
	}
	require.NoError(r, signingUp.Wait())
	return all
}

// killAtRandom kills replicas while they have asked Clio or write down what it said. Between one and the next all clients move.
func (r *replicas) killAtRandom() {
	r.Helper()
	const seed = 20261123
	random := rand.New(rand.NewPCG(seed, seed))
	for n := range kills {
		r.clio.forget()
		r.clio.requests(r.T, 5+random.IntN(20))
		<-time.After(time.Duration(random.Int64N(int64(250 * time.Millisecond))))
		which := random.IntN(len(r.running))
		r.kill(which)
		for id := int64(1); id <= firmsMatter; id++ {
			require.NoError(r, r.clio.EditContact(id, func(c *sandbox.Contact) { c.PrimaryAddress.City = new(fmt.Sprint("Town ", n)) }))
		}
		r.startUp(which)
	}
}

// lastTown is where everybody lives in the end.
var lastTown = fmt.Sprint("Town ", kills-1)

// run is the API's SyncRun.
type run struct {
	ID, RoundID, Status, Problem string
	Remaining                    int
	Counts                       struct{ Selected, Processed, Updated, Unchanged, Missing, Skipped, Failed int }
	Results                      struct {
		TotalCount int
		Nodes      []struct{ Watch struct{ ID string } }
	}
}

func (r run) ended() bool { return r.Status != "QUEUED" && r.Status != "RUNNING" }

// syncUntil has one round after the other, and after the kills one more that nothing disturbs.
func (f *firm) syncUntil(killed <-chan struct{}) error {
	for undisturbed := false; !undisturbed; {
		select {
		case <-killed:
			undisturbed = true
		default:
		}
		if err := f.round(); err != nil {
			return err
		}
	}
	return nil
}

// round starts runs until none of the watches is left over.
func (f *firm) round() error {
	for {
		var started struct{ SyncAllWatches struct{ Run run } }
		if err := f.ask(&started, `mutation { syncAllWatches { run { id } } }`, nil); err != nil {
			return err
		}
		ended, err := f.ended(started.SyncAllWatches.Run.ID)
		if err != nil || ended.Remaining == 0 {
			return err
		}
	}
}

// ended waits until the run has ended.
func (f *firm) ended(id string) (run, error) {
	ctx, cancel := context.WithTimeout(f.Context(), timeout)
	defer cancel()
	ticker := time.NewTicker(again)
	defer ticker.Stop()
	for {
		var now struct{ SyncRun run }
		err := f.ask(&now, `query($id: ID!) { syncRun(id: $id) { id status remaining } }`, vars{"id": id})
		if err != nil || now.SyncRun.ended() {
			return now.SyncRun, err
		}
		select {
		case <-ctx.Done():
			return run{}, fmt.Errorf("the run %s doesn't end: %w", id, ctx.Err())
		case <-ticker.C:
		}
	}
}

// editUntil moves some of the watches to cities that Clio doesn't know, over and over, and returns where each is in the end.
func (f *firm) editUntil(killed <-chan struct{}) (map[string]string, error) {
	var first struct {
		Watches struct{ Nodes []struct{ ID string } }
	}
	if err := f.ask(&first, `query($n: Int) { watches(first: $n) { nodes { id } } }`, vars{"n": editedOnes}); err != nil {
		return nil, err
	}
	ticker := time.NewTicker(again)
	defer ticker.Stop()
	cities := map[string]string{}
	for n := 0; ; n++ {
		id, city := first.Watches.Nodes[n%editedOnes].ID, fmt.Sprint("Edit ", n)
		if err := f.move(id, city); err != nil {
			return nil, err
		}
		cities[id] = city
		select {
		case <-killed:
			return cities, nil
		case <-ticker.C:
		}
	}
}

func (f *firm) move(watchID, city string) error {
	var moved struct {
		UpdateWatch struct{ UserErrors []struct{ Code string } }
	}
	err := f.ask(&moved, `mutation($id: ID!, $city: String) { updateWatch(id: $id, input: {city: $city}) { userErrors { code } } }`,
		vars{"id": watchID, "city": city})
	for _, refused := range moved.UpdateWatch.UserErrors {
		err = errors.Join(err, errors.New(refused.Code))
	}
	return err
}

// checkRuns checks every run that there was: it gave each of its watches one result, and a round's runs each watch.
func (f *firm) checkRuns() {
	f.Helper()
	var all struct{ SyncRuns struct{ Nodes []run } }
	require.NoError(f, f.ask(&all, `{ syncRuns(first: 100) { nodes {
		id roundId status problem remaining counts { selected processed updated unchanged missing skipped failed }
	} } }`, nil))
	rounds := map[string][]string{}
	for _, each := range slices.Backward(all.SyncRuns.Nodes) {
		require.Equal(f, "SUCCEEDED", each.Status, each.Problem)
		c := each.Counts
		require.Equal(f, c.Selected, c.Processed)
		require.Equal(f, c.Processed, c.Updated+c.Unchanged, "nothing was missing, nothing failed")
		var with struct{ SyncRun run }
		require.NoError(f, f.ask(&with, `query($id: ID!) {
			syncRun(id: $id) { results(first: 100) { totalCount nodes { watch { id } } } }
		}`, vars{"id": each.ID}))
		require.Equal(f, c.Selected, with.SyncRun.Results.TotalCount)
		for _, result := range with.SyncRun.Results.Nodes {
			rounds[each.RoundID] = append(rounds[each.RoundID], result.Watch.ID)
		}
		require.Equal(f, firmsMatter-len(rounds[each.RoundID]), each.Remaining)
	}
	require.NotEmpty(f, rounds)
	require.Less(f, len(all.SyncRuns.Nodes), 100, "these were all")
	for _, watches := range rounds {
		slices.Sort(watches)
		require.Len(f, slices.Compact(watches), firmsMatter, "a round passes over each watch once")
	}
}

// checkWatches finds every watch where Clio says, or where it was last edited to.
func (f *firm) checkWatches(edited map[string]string) {
	f.Helper()
	type page struct {
		Watches struct {
			Nodes    []struct{ ID, City string }
			PageInfo struct{ EndCursor *string }
		}
	}
	found := 0
	for after := (*string)(nil); ; {
		var next page
		require.NoError(f, f.ask(&next, `query($after: String) {
			watches(first: 100, after: $after, filter: {status: ACTIVE, linkState: LINKED}) { nodes { id city } pageInfo { endCursor } }
		}`, vars{"after": after}))
		for _, w := range next.Watches.Nodes {
			expected := lastTown
			if city, ok := edited[w.ID]; ok {
				expected = city
			}
			require.Equal(f, expected, w.City)
		}
		found += len(next.Watches.Nodes)
		if after = next.Watches.PageInfo.EndCursor; len(next.Watches.Nodes) < 100 {
			break
		}
	}
	require.Equal(f, firmsMatter, found)
}

// checkHistory makes sure that each change of a field begins where the one before ended: none is written twice and none is missing.
func (r *replicas) checkHistory() {
	r.Helper()
	connection, err := pgx.Connect(r.Context(), r.database)
	require.NoError(r, err)
	defer func() { require.NoError(r, connection.Close(r.Context())) }()
	var changes, edits, broken int
	require.NoError(r, connection.QueryRow(r.Context(), `
		SELECT count(*), count(*) FILTER (WHERE cause = 'EDIT'), count(*) FILTER (WHERE before IS DISTINCT FROM earlier)
		FROM (SELECT cause, before, lag(after) OVER (PARTITION BY watch_id, field ORDER BY id) AS earlier FROM field_changes) AS c`,
	).Scan(&changes, &edits, &broken))
	require.Zero(r, broken)
	jobs, err := pgtest.Jobs(r.Context(), pgtest.OpenURL(r.T, r.database))
	require.NoError(r, err)
	interrupted := slices.DeleteFunc(slices.Clone(jobs), func(job pgtest.Job) bool { return job.Attempt <= 1 })
	require.NotEmpty(r, interrupted, "nothing was put to the test")
	r.Logf("%d runs, of which %d were interrupted; %d changes, of which %d by people", len(jobs), len(interrupted), changes, edits)
}

// A server that is stopped hands its runs back, and another continues them at once: nobody waits until they count as
// abandoned, which takes an hour here.
func stoppingHandsRunsBack(t *testing.T, program string) {
	if testing.Short() {
		t.Skip("many processes are started")
	}
	r := newReplicas(t, program, 2, time.Hour)
	r.clio.fill(firmsMatter)
	r.startUp(0)
	all := r.signUpAll()
	r.clio.forget()
	r.clio.answers.Lock()
	letAnswer := sync.OnceFunc(r.clio.answers.Unlock)
	defer letAnswer()
	ids := make([]string, firms)
	for i, f := range all {
		var started struct{ SyncAllWatches struct{ Run run } }
		require.NoError(t, f.ask(&started, `mutation { syncAllWatches { run { id } } }`, nil))
		ids[i] = started.SyncAllWatches.Run.ID
	}
	r.clio.requests(t, firms)
	r.startUp(1)
	require.NoError(t, r.running[0].Process.Signal(syscall.SIGTERM))
	_, err := r.running[0].end()
	require.NoError(t, err)
	r.clio.requests(t, firms)
	letAnswer()
	for i, f := range all {
		ended, err := f.ended(ids[i])
		require.NoError(t, err)
		require.Equal(t, "SUCCEEDED", ended.Status)
		require.Equal(t, firmsMatter-100, ended.Remaining)
	}
}
