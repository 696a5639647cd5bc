// Package maintenance does what has to be done from time to time: it has gocron call each task again and again, one call at a time.
//
// Every replica does all tasks: each takes what no other does (docs/architecture.md#background-work).
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

// stopTimeout is how long tasks may take to end once their contexts have.
const stopTimeout = time.Second

// Task is something to do from time to time.
type Task struct {
	// Name is its name in the log; each task has its own.
	Name string
	// Every is how long after the beginning of one call the next begins. A call that falls into the one before is left out.
	Every time.Duration
	// Do does it. An error or a panic is logged, and the next call comes all the same. When its context ends, Do has to return.
	Do func(ctx context.Context) error
}

// Scheduler does tasks.
type Scheduler struct {
	scheduler gocron.Scheduler
}

// New plans tasks by the clock. It fails when two have one name, or one has no time.
func New(clock clockwork.Clock, log *slog.Logger, tasks ...Task) (*Scheduler, error) {
	scheduler, err := gocron.NewScheduler(gocron.WithClock(clock), gocron.WithLocation(time.UTC), gocron.WithStopTimeout(stopTimeout))
	if err != nil {
		return nil, fmt.Errorf("planning the maintenance: %w", err)
	}
	names := map[string]bool{}
	for _, task := range tasks {
		if names[task.Name] {
			return nil, fmt.Errorf("planning the maintenance: two tasks are called %q", task.Name)
		}
		names[task.Name] = true
		w := &worker{task: task, log: log}
		_, err := scheduler.NewJob(gocron.DurationJob(task.Every), gocron.NewTask(w.do), gocron.WithName(task.Name),
			gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()))
		if err != nil {
			return nil, fmt.Errorf("planning to %s: %w", task.Name, err)
		}
	}
	return &Scheduler{scheduler: scheduler}, nil
}

// Start has each task done at once, and from then on whenever its time has come, until Stop.
func (s *Scheduler) Start() {
	s.scheduler.Start()
}

// Stop ends the contexts of the tasks that are being done and waits for them; that one doesn't end within a second is an error.
func (s *Scheduler) Stop() error {
	if err := s.scheduler.Shutdown(); err != nil {
		return fmt.Errorf("stopping the maintenance: %w", err)
	}
	return nil
}

// worker does one task.
type worker struct {
	task    Task
	log     *slog.Logger
	failing atomic.Bool // the last call failed
}

// do logs the first of several failures alone, and their end: a task may come every few seconds.
func (w *worker) do(ctx context.Context) {
	err := w.attempt(ctx)
	switch {
	case ctx.Err() != nil: // the server stops
	case err == nil && w.failing.Swap(false):
		w.log.InfoContext(ctx, "maintenance works again", "task", w.task.Name)
	case err != nil && !w.failing.Swap(true):
		w.log.ErrorContext(ctx, "maintenance fails", "task", w.task.Name, "error", err)
	}
}

// attempt makes a panic an error.
func (w *worker) attempt(ctx context.Context) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("a panic: %v\n%s", fault, debug.Stack())
		}
	}()
	return w.task.Do(ctx)
}
