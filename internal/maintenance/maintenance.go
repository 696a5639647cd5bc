// Package maintenance runs recurring tasks with gocron, each task one call at a time.
//
// Every replica runs all tasks: the tasks themselves share the work (docs/architecture.md#background-work).
package maintenance

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/jonboulle/clockwork"
)

// stopTimeout is how long tasks may take to end once their contexts have ended.
const stopTimeout = time.Second

// Task is a recurring task.
type Task struct {
	// Name identifies the task in the log. It must be unique.
	Name string
	// Every is the time between the starts of two calls. A call that is due while the previous one still runs is skipped.
	Every time.Duration
	// Do runs the task. An error or a panic is logged, and doesn't prevent the next call. Do must return when its context ends.
	Do func(ctx context.Context) error
}

// Scheduler runs tasks.
type Scheduler struct {
	scheduler gocron.Scheduler
}

// New returns a scheduler of the tasks. It fails if two tasks have the same name, or one has no interval.
func New(clock clockwork.Clock, log *slog.Logger, tasks ...Task) (*Scheduler, error) {
	scheduler, err := gocron.NewScheduler(gocron.WithClock(clock), gocron.WithLocation(time.UTC), gocron.WithStopTimeout(stopTimeout))
	if err != nil {
		return nil, fmt.Errorf("scheduling the maintenance: %w", err)
	}
	names := map[string]bool{}
	for _, task := range tasks {
		if names[task.Name] {
			return nil, fmt.Errorf("scheduling the maintenance: two tasks are named %q", task.Name)
		}
		names[task.Name] = true
		runner := &taskRunner{task: task, log: log}
		_, err := scheduler.NewJob(gocron.DurationJob(task.Every), gocron.NewTask(runner.run), gocron.WithName(task.Name),
			gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()))
		if err != nil {
			return nil, fmt.Errorf("scheduling the task %q: %w", task.Name, err)
		}
	}
	return &Scheduler{scheduler: scheduler}, nil
}

// Start runs each task immediately, and then at its interval until Stop.
func (s *Scheduler) Start() {
	s.scheduler.Start()
}

// Stop ends the contexts of running tasks and waits for them. It is an error if a task doesn't end within a second.
func (s *Scheduler) Stop() error {
	if err := s.scheduler.Shutdown(); err != nil {
		return fmt.Errorf("stopping the maintenance: %w", err)
	}
	return nil
}

// taskRunner runs one task.
type taskRunner struct {
	task    Task
	log     *slog.Logger
	failing atomic.Bool // the last call failed
}

// run runs the task once. Of several failures in a row it logs only the first, and then the recovery: a task may run every few seconds.
func (w *taskRunner) run(ctx context.Context) {
	err := w.runOnce(ctx)
	switch {
	case ctx.Err() != nil: // the server is stopping
	case err == nil && w.failing.Swap(false):
		w.log.InfoContext(ctx, "maintenance task works again", "task", w.task.Name)
	case err != nil && !w.failing.Swap(true):
		w.log.ErrorContext(ctx, "maintenance task failed", "task", w.task.Name, "error", err)
	}
}

// runOnce runs the task, and turns a panic into an error.
func (w *taskRunner) runOnce(ctx context.Context) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
		}
	}()
	return w.task.Do(ctx)
}
