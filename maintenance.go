package main

import (
	"context"
	"time"

	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/maintenance"
	"watchkeeper/internal/syncer"
)

// How often each task runs. Usually it finds nothing to do, with one statement that an index answers.
const (
	startDueEvery    = 2 * time.Second // a run starts within five minutes of its nominal time, of which firms' delays leave 15 s
	maintainEvery    = 5 * time.Second // less than the margin for renewing a token that is valid for a minute
	enqueueLostEvery = time.Minute
	pruneEvery       = time.Hour
)

// wireMaintenance returns a scheduler of the server's background tasks.
func (s server) wireMaintenance(clock clockwork.Clock, syncs *syncer.Service, connections *clio.Service) (*maintenance.Scheduler, error) {
	retention := time.Duration(s.settings.RetentionDays) * 24 * time.Hour
	return maintenance.New(clock, s.log,
		maintenance.Task{Name: "start due runs", Every: startDueEvery, Do: func(ctx context.Context) error {
			started, err := syncs.StartDue(ctx)
			if started > 0 {
				s.log.InfoContext(ctx, "rounds started", "rounds", started)
			}
			return err
		}},
		maintenance.Task{Name: "maintain connections", Every: maintainEvery, Do: connections.Maintain},
		maintenance.Task{Name: "enqueue lost runs", Every: enqueueLostEvery, Do: func(ctx context.Context) error {
			lost, err := syncs.EnqueueLost(ctx)
			if lost > 0 {
				s.log.WarnContext(ctx, "lost runs enqueued again", "runs", lost)
			}
			return err
		}},
		maintenance.Task{Name: "prune results", Every: pruneEvery, Do: func(ctx context.Context) error { return syncs.Prune(ctx, retention) }},
	)
}
