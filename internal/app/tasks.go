package app

import (
	"context"
	"time"

	"watchkeeper/internal/maintenance"
)

// How often each task runs. Usually it finds nothing to do, with one statement that an index answers.
const (
	startDueEvery    = 2 * time.Second // a run starts within five minutes of its nominal time, of which firms' delays leave 15 s
	maintainEvery    = 5 * time.Second // less than the margin for renewing a token that is valid for a minute
	enqueueLostEvery = time.Minute
	pruneEvery       = time.Hour
	compareEvery     = 10 * time.Second
)

// tasks are what the server does by itself, again and again.
func (a *App) tasks(keepResults time.Duration) []maintenance.Task {
	log := a.options.Logger
	return []maintenance.Task{
		{Name: "start due runs", Every: startDueEvery, Do: func(ctx context.Context) error {
			started, err := a.Syncs.StartDue(ctx)
			if started > 0 {
				log.InfoContext(ctx, "rounds started", "rounds", started)
			}
			return err
		}},
		{Name: "maintain connections", Every: maintainEvery, Do: a.Clio.Maintain},
		{Name: "enqueue lost runs", Every: enqueueLostEvery, Do: func(ctx context.Context) error {
			lost, err := a.Syncs.EnqueueLost(ctx)
			if lost > 0 {
				log.WarnContext(ctx, "lost runs enqueued again", "runs", lost)
			}
			return err
		}},
		{Name: "prune limits", Every: pruneEvery, Do: func(ctx context.Context) error { return a.Limits.Prune(ctx, a.options.Clock.Now()) }},
		{Name: "prune answers", Every: pruneEvery, Do: a.Requests.Prune},
		{Name: "compare clocks", Every: compareEvery, Do: a.compareClocks},
		{Name: "prune results", Every: pruneEvery, Do: func(ctx context.Context) error { return a.Syncs.Prune(ctx, keepResults) }},
	}
}

func (a *App) compareClocks(ctx context.Context) error {
	clock := a.options.DB.Clock()
	err := clock.Compare(ctx, a.options.Logger)
	a.Metrics.SetClockSkew(clock.Skew())
	return err
}
