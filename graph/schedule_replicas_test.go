package graph_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

// inParallel calls all at once, and returns what each said.
func inParallel(calls []func() int) []int {
	said := make([]int, len(calls))
	var calling sync.WaitGroup
	for i, call := range calls {
		calling.Go(func() { said[i] = call() })
	}
	calling.Wait()
	return said
}

func sum(numbers []int) int {
	total := 0
	for _, n := range numbers {
		total += n
	}
	return total
}

// Settings are changed, watches synced by hand and rounds started by four replicas, all at once: no firm has two runs at a time, none
// starts twice for the same time, and none is forgotten.
func TestSettingsFlipWhileReplicasStartWhatIsDue(t *testing.T) {
	s := newStage(t)
	var firms []*person
	for i := range 8 {
		p := s.connected(fmt.Sprint("firm", i))
		p.link(1)
		firms = append(firms, p)
	}
	replicas := []func() int{s.startDue}
	for range 3 {
		replica := s.replica()
		replicas = append(replicas, func() int { return s.startDueOf(replica) })
	}
	due := firms[0].daily()
	for _, p := range firms[1:] {
		p.daily()
	}
	for round := range 5 {
		s.until(due.Add(5*time.Minute + time.Duration(round)*day))
		var flipping errgroup.Group
		for i, p := range firms[:4] { // the other four are left in peace
			flipping.Go(func() error {
				p.set(vars{"timeOfDay": fmt.Sprintf("%02d:%02d", 14+i, round), "conflictResolution": "ASK"})
				p.set(vars{"timeOfDay": "13:00", "conflictResolution": "KEEP_LOCAL"})
				return nil
			})
		}
		flipping.Go(func() error { firms[4].begin(false); return nil }) // by hand
		inParallel(append(replicas, replicas...))
		require.NoError(t, flipping.Wait())
		for _, p := range firms {
			p.work()
		}
		require.LessOrEqual(t, sum(inParallel(replicas)), 1, "what waited for the run by hand")
		for i, p := range firms {
			p.work()
			require.Equal(t, due.Add(time.Duration(round+1)*day), *p.nextSync(), "firm %d", i)
		}
	}
	for i, p := range firms {
		runs := len(p.runsOf("SCHEDULE"))
		require.LessOrEqual(t, runs, 5)
		if i >= 4 {
			require.Equal(t, 5, runs, "firm %d", i)
		}
	}
}
