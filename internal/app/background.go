package app

import (
	"context"
	"errors"
	"time"

	"watchkeeper/internal/maintenance"
	"watchkeeper/internal/postgres"
	"watchkeeper/internal/syncer"
)

const (
	// handBackTimeout is how long runs may take to be handed back when the server stops.
	handBackTimeout = 2 * time.Second
	// followTimeout is how long the syncs that follow logins may take to be started then.
	followTimeout = time.Second
)

// BackgroundOptions say how a server works beside the requests.
type BackgroundOptions struct {
	// TakeOverAfter is how long after its start a run of a silent replica may be given to another one; 0: the default of
	// postgres.JobsOptions.
	TakeOverAfter time.Duration
	// KeepResults is how long the results of runs are kept.
	KeepResults time.Duration
}

// Background is what a server does beside the requests: it listens to the database, executes runs, starts those that follow
// logins, and maintains what it has.
type Background struct {
	listener    *postgres.Listener
	jobs        *postgres.Jobs
	logins      *syncer.Logins
	maintenance *maintenance.Scheduler
}

// Background prepares the work beside the requests. Nothing runs before Start.
func (a *App) Background(options BackgroundOptions) (*Background, error) {
	jobs, err := postgres.NewJobs(a.options.DB, postgres.JobsOptions{
		Execute: a.Syncs.Execute, Fail: a.Syncs.Fail, Logger: a.options.Logger, Tracer: a.options.Tracing.Tracer(),
		TakeOverAfter: options.TakeOverAfter, JobTimeout: options.TakeOverAfter * 8 / 9, // it has given up before it is taken over
	})
	if err != nil {
		return nil, err
	}
	scheduler, err := maintenance.New(a.options.Clock, a.options.Logger, a.tasks(options.KeepResults)...)
	if err != nil {
		return nil, err
	}
	return &Background{listener: a.Listener, jobs: jobs, logins: a.Logins, maintenance: scheduler}, nil
}

// Start begins. It fails when the database can't be reached; then nothing runs. The end of ctx alone stops nothing: Stop
// does, in order.
func (b *Background) Start(ctx context.Context) error {
	b.listener.Start(context.WithoutCancel(ctx))
	if err := b.jobs.Start(context.WithoutCancel(ctx)); err != nil {
		b.listener.Stop()
		return err
	}
	b.logins.Start(ctx)
	b.maintenance.Start()
	return nil
}

// Stop hands back the runs at work and waits for everything to end; each takes its time at most.
func (b *Background) Stop() error {
	err := errors.Join(b.maintenance.Stop(), within(followTimeout, b.logins.Stop), within(handBackTimeout, b.jobs.Stop))
	b.listener.Stop()
	return err
}

func within(timeout time.Duration, stop func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return stop(ctx)
}
