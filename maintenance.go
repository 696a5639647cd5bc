package main

import (
	"context"
	"time"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/maintenance"
	"watchkeeper/internal/syncer"
)

// How often each chore is done. All of them find nothing as a rule, by one statement that an index answers.
const (
	startDueEvery    = 2 * time.Second // a run starts within five minutes after its nominal time, of which the firms' delays leave 15 s
	maintainEvery    = 5 * time.Second // less than the margin by which a token of a minute is renewed
	enqueueLostEvery = time.Minute
	pruneEvery       = time.Hour
)

// wireMaintenance plans what the server does by itself.
func (s server) wireMaintenance(clock clockwork.Clock, syncs *syncer.Service, connections *clio.Service) (*maintenance.Scheduler, error) {
	keep := time.Duration(s.settings.RetentionDays) * 24 * time.Hour
	return maintenance.New(clock, s.log,
		maintenance.Task{Name: "start what is due", Every: startDueEvery, Do: func(ctx context.Context) error {
			started, err := syncs.StartDue(ctx)
			if started > 0 {
				s.log.InfoContext(ctx, "rounds were started", "rounds", started)
			}
			return err
		}},
		maintenance.Task{Name: "look after connections", Every: maintainEvery, Do: connections.Maintain},
		maintenance.Task{Name: "enqueue lost runs", Every: enqueueLostEvery, Do: func(ctx context.Context) error {
			lost, err := syncs.EnqueueLost(ctx)
			if lost > 0 {
				s.log.WarnContext(ctx, "runs had lost their place in the queue", "runs", lost)
			}
			return err
		}},
		maintenance.Task{Name: "prune results", Every: pruneEvery, Do: func(ctx context.Context) error { return syncs.Prune(ctx, keep) }},
	)
}
