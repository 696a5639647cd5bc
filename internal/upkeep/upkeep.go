// Package upkeep does what has to be done from time to time: it has gocron call each chore again and again, one call at a time.
//
// Every replica does all chores: each takes what no other does (design.md §3, "when it has to happen").
package upkeep

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

// stopPatience is how long chores may take to end once their contexts have.
const stopPatience = time.Second

// Chore is something to do from time to time.
type Chore struct {
	// Name is its name in the log; each chore has its own.
	Name string
	// Every is how long after the beginning of one call the next begins. A call that falls into the one before is left out.
	Every time.Duration
	// Do does it. An error or a panic is logged, and the next call comes all the same. When its context ends, Do has to return.
	Do func(ctx context.Context) error
}

// Upkeep does chores.
type Upkeep struct {
	scheduler gocron.Scheduler
}

// New plans chores by the clock. It fails when two have one name, or one has no time.
func New(clock clockwork.Clock, log *slog.Logger, chores ...Chore) (*Upkeep, error) {
	scheduler, err := gocron.NewScheduler(gocron.WithClock(clock), gocron.WithLocation(time.UTC), gocron.WithStopTimeout(stopPatience))
	if err != nil {
		return nil, fmt.Errorf("planning the upkeep: %w", err)
	}
	names := map[string]bool{}
	for _, chore := range chores {
		if names[chore.Name] {
			return nil, fmt.Errorf("planning the upkeep: two chores are called %q", chore.Name)
		}
		names[chore.Name] = true
		w := &worker{chore: chore, log: log}
		_, err := scheduler.NewJob(gocron.DurationJob(chore.Every), gocron.NewTask(w.do), gocron.WithName(chore.Name),
			gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()))
		if err != nil {
			return nil, fmt.Errorf("planning to %s: %w", chore.Name, err)
		}
	}
	return &Upkeep{scheduler: scheduler}, nil
}

// Start has each chore done at once, and from then on whenever its time has come, until Stop.
func (u *Upkeep) Start() {
	u.scheduler.Start()
}

// Stop ends the contexts of the chores that are being done and waits for them; that one doesn't end within a second is an error.
func (u *Upkeep) Stop() error {
	if err := u.scheduler.Shutdown(); err != nil {
		return fmt.Errorf("stopping the upkeep: %w", err)
	}
	return nil
}

// worker does one chore.
type worker struct {
	chore   Chore
	log     *slog.Logger
	failing atomic.Bool // the last call failed
}

// do logs the first of several failures alone, and their end: a chore may come every few seconds.
func (w *worker) do(ctx context.Context) {
	err := w.attempt(ctx)
	switch {
	case ctx.Err() != nil: // the server stops
	case err == nil && w.failing.Swap(false):
		w.log.InfoContext(ctx, "upkeep works again", "chore", w.chore.Name)
	case err != nil && !w.failing.Swap(true):
		w.log.ErrorContext(ctx, "upkeep fails", "chore", w.chore.Name, "error", err)
	}
}

// attempt makes a panic an error.
func (w *worker) attempt(ctx context.Context) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("a panic: %v\n%s", fault, debug.Stack())
		}
	}()
	return w.chore.Do(ctx)
}
