package graph_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// inParallel makes all the calls at once, and returns their results.
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

// A server that is configured for another region than the firm's, or for no Clio at all, starts nothing; one with the right configuration catches up.
func TestServersThatCannotReachAFirmsClio(t *testing.T) {
	s := newStage(t)
	p := s.connected("ada")
	p.link(1)
	due := p.daily()
	firm := p.ask(`{ viewer { firm { id } } }`).text("viewer.firm.id")
	elsewhere, nowhere := s.config(), s.config()
	elsewhere.Region, nowhere.ClientID = "ca", ""
	s.until(due.Add(day + 5*time.Minute))
	for name, c := range map[string]struct {
		config clio.Config
		next   *time.Time
	}{"another region": {elsewhere, nil}, "no application": {nowhere, new(due.Add(2 * day))}} {
		replica := s.replicaWith(c.config)
		require.Zero(t, s.startDueOf(replica), name)
		settings, err := replica.Settings(t.Context(), firm)
		require.NoError(t, err)
		require.Equal(t, c.next, settings.NextSyncAt, name)
	}
	require.Equal(t, 1, s.startDue())
	require.Equal(t, due.Add(2*day), *p.nextSync())
}

// flip changes the time of a firm's schedule, back and forth.
func (s *stage) flip(firmID, timeOfDay string) error {
	_, err := s.syncs.UpdateSettings(s.t.Context(), firmID, syncer.UpdateSyncSettingsInput{TimeOfDay: graphql.OmittableOf(&timeOfDay)})
	return err
}

// Settings are changed, watches synced by hand and rounds started by four replicas, all at once: no firm has two runs at a time, none
// starts twice for the same time, and none is forgotten.
func TestSettingsFlipWhileReplicasStartWhatIsDue(t *testing.T) {
	s := newStage(t)
	var firms []*person
	var ids, users []string
	for i := range 8 {
		p := s.connected(fmt.Sprint("firm", i))
		p.link(1)
		a := p.ask(`{ viewer { firm { id } user { id } } }`)
		firms, ids, users = append(firms, p), append(ids, a.text("viewer.firm.id")), append(users, a.text("viewer.user.id"))
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
		for i, p := range firms[:4] { // the settings of the other four stay
			flipping.Go(func() error {
				return errors.Join(p.flip(ids[i], fmt.Sprintf("%02d:%02d", 14+i, round)), p.flip(ids[i], "13:00"))
			})
		}
		flipping.Go(func() error { // by hand
			_, _, err := s.syncs.SyncAll(t.Context(), watch.Actor{FirmID: ids[4], UserID: users[4]}, false)
			return err
		})
		inParallel(append(replicas, replicas...))
		require.NoError(t, flipping.Wait())
		for _, p := range firms {
			p.work()
		}
		require.Zero(t, sum(inParallel(replicas)), "what waited for the run by hand began when that ended")
		for i, p := range firms {
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
