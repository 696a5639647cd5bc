package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"
)

const (
	runQueue = "runs"
	// riverAttempts is when River itself would drop a run. It is out of reach: before that, we give the run up.
	riverAttempts = 1000
	// failTimeout is how long giving up may take. It fits between the default JobTimeout and TakeOverAfter.
	failTimeout = 5 * time.Second
)

var errAbandoned = errors.New("the last attempt ended without a word, as when a process is killed")

// runArgs is the one kind of job: carry out a run.
type runArgs struct {
	RunID string `json:"run_id" river:"unique"`
}

func (runArgs) Kind() string { return "sync_run" }

// InsertOpts allows a run at most one job that hasn't ended.
func (runArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		Queue:       runQueue,
		MaxAttempts: riverAttempts,
		UniqueOpts:  river.UniqueOpts{ByArgs: true, ByState: openJobStates},
	}
}

// runWorker carries out runs.
type runWorker struct {
	river.WorkerDefaults[runArgs]
	options JobsOptions
}

func (w *runWorker) Work(ctx context.Context, job *river.Job[runArgs]) error {
	if job.Attempt > w.options.attempts {
		return w.fail(ctx, job, errAbandoned)
	}
	resumeAt, err := w.execute(ctx, job.Args.RunID)
	switch {
	case err == nil && resumeAt == nil:
		return nil
	case err == nil:
		return river.JobSnooze(max(0, time.Until(*resumeAt)))
	case errors.Is(ctx.Err(), context.Canceled):
		// River hands a run back without counting the attempt only if the error says so itself.
		return fmt.Errorf("%w (%w)", context.Canceled, err)
	case job.Attempt >= w.options.attempts:
		return w.fail(ctx, job, err)
	}
	w.options.Logger.WarnContext(ctx, "a run's attempt failed",
		"run", job.Args.RunID, "attempt", job.Attempt, "error", err)
	return err
}

// perform calls Execute, and makes a panic an error.
func (w *runWorker) execute(ctx context.Context, runID string) (resumeAt *time.Time, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			w.options.Logger.ErrorContext(ctx, "panic in a run", "run", runID, "panic", fault,
				slog.String("stack", string(debug.Stack())))
			err = fmt.Errorf("a panic: %v", fault)
		}
	}()
	return w.options.Execute(ctx, runID)
}

// fail ends the run, also where its own time is over. What is returned decides whether that is tried again.
func (w *runWorker) fail(ctx context.Context, job *river.Job[runArgs], cause error) error {
	w.options.Logger.ErrorContext(ctx, "a run is given up",
		"run", job.Args.RunID, "attempt", job.Attempt, "error", cause)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), failTimeout)
	defer cancel()
	if err := w.options.Fail(ctx, job.Args.RunID, cause); err != nil {
		return fmt.Errorf("giving a run up: %w", err)
	}
	return river.JobCancel(cause)
}
