package main

import (
	"context"
	"time"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/upkeep"
)

// How often each chore is done. All of them find nothing as a rule, by one statement that an index answers.
const (
	startDueEvery    = 2 * time.Second // a run starts within five minutes after its nominal time, of which the firms' delays leave 15 s
	lookAfterEvery   = 5 * time.Second // less than the margin by which a token of a minute is renewed
	enqueueLostEvery = time.Minute
	pruneEvery       = time.Hour
)

// wireUpkeep plans what the server does by itself.
func (s server) wireUpkeep(clock clockwork.Clock, syncs *syncer.Service, connections *clio.Service) (*upkeep.Upkeep, error) {
	keep := time.Duration(s.settings.RetentionDays) * 24 * time.Hour
	return upkeep.New(clock, s.log,
		upkeep.Chore{Name: "start what is due", Every: startDueEvery, Do: func(ctx context.Context) error {
			started, err := syncs.StartDue(ctx)
			if started > 0 {
				s.log.InfoContext(ctx, "rounds were started", "rounds", started)
			}
			return err
		}},
		upkeep.Chore{Name: "look after connections", Every: lookAfterEvery, Do: connections.LookAfter},
		upkeep.Chore{Name: "enqueue lost runs", Every: enqueueLostEvery, Do: func(ctx context.Context) error {
			lost, err := syncs.EnqueueLost(ctx)
			if lost > 0 {
				s.log.WarnContext(ctx, "runs had lost their place in the queue", "runs", lost)
			}
			return err
		}},
		upkeep.Chore{Name: "prune results", Every: pruneEvery, Do: func(ctx context.Context) error { return syncs.Prune(ctx, keep) }},
	)
}
