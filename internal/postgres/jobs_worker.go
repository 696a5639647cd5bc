package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"watchkeeper/internal/logging"
)

const (
	runQueue = "runs"
	// riverAttempts is after how many attempts River itself would drop a run. It is never reached: our own limit is lower.
	riverAttempts = 1000
	// failTimeout is how long Fail may take. It fits between the defaults of JobTimeout and TakeOverAfter.
	failTimeout = 5 * time.Second
)

var errAbandoned = errors.New("the last attempt ended without a result, as when its process is killed")

// runArgs are the arguments of the only kind of job: execute a run.
type runArgs struct {
	RunID string `json:"run_id" river:"unique"`
}

func (runArgs) Kind() string { return "sync_run" }

// InsertOpts allows a run one job that hasn't ended.
func (runArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		Queue:       runQueue,
		MaxAttempts: riverAttempts,
		UniqueOpts:  river.UniqueOpts{ByArgs: true, ByState: openJobStates},
	}
}

// runWorker executes runs.
type runWorker struct {
	river.WorkerDefaults[runArgs]
	options JobsOptions
	clock   *Clock
}

// Work makes one attempt to execute a run.
func (w *runWorker) Work(ctx context.Context, job *river.Job[runArgs]) error {
	ctx = forNoFirm(ctx) // River's own sees all firms' rows
	ctx = logging.With(ctx, slog.String("run", job.Args.RunID), slog.Int("attempt", job.Attempt))
	ctx, span := w.startSpan(ctx, job)
	defer span.End()
	err := w.work(ctx, job)
	var snoozed *river.JobSnoozeError
	switch {
	case errors.As(err, &snoozed):
		span.SetAttributes(attribute.String("run.waits", snoozed.Duration.String()))
	case err != nil:
		span.SetStatus(codes.Error, "")
	}
	return err
}

func (w *runWorker) startSpan(ctx context.Context, job *river.Job[runArgs]) (context.Context, trace.Span) {
	ctx, span := w.options.Tracer.Start(ctx, "execute a run", trace.WithSpanKind(trace.SpanKindConsumer))
	if span.IsRecording() {
		span.SetAttributes(attribute.String("run.id", job.Args.RunID), attribute.Int("run.attempt", job.Attempt))
		ctx = logging.With(ctx, slog.String("trace_id", span.SpanContext().TraceID().String()))
	}
	return ctx, span
}

func (w *runWorker) work(ctx context.Context, job *river.Job[runArgs]) error {
	if job.Attempt > w.options.attempts {
		return w.fail(ctx, job, errAbandoned)
	}
	resumeAt, err := w.execute(ctx, job.Args.RunID)
	switch {
	case err == nil && resumeAt == nil:
		return nil
	case err == nil:
		return river.JobSnooze(max(0, w.clock.Until(*resumeAt)))
	case errors.Is(ctx.Err(), context.Canceled):
		// River returns a run to the queue without counting the attempt only if the error wraps context.Canceled.
		return fmt.Errorf("%w (%w)", context.Canceled, err)
	case job.Attempt >= w.options.attempts:
		return w.fail(ctx, job, err)
	}
	w.options.Logger.WarnContext(ctx, "an attempt to execute a run failed", "error", err)
	return err
}

// execute calls Execute, and turns a panic into an error.
func (w *runWorker) execute(ctx context.Context, runID string) (resumeAt *time.Time, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			w.options.Logger.ErrorContext(ctx, "panic in a run", "panic", fault, "stack", string(debug.Stack()))
			err = fmt.Errorf("a panic: %v", fault)
		}
	}()
	return w.options.Execute(ctx, runID)
}

// fail ends the run, even if the time of its attempt is over. If that fails, River tries again.
func (w *runWorker) fail(ctx context.Context, job *river.Job[runArgs], cause error) error {
	w.options.Logger.ErrorContext(ctx, "a run failed too often and is ended", "error", cause)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), failTimeout)
	defer cancel()
	if err := w.options.Fail(ctx, job.Args.RunID, cause); err != nil {
		return fmt.Errorf("ending a run that failed too often: %w", err)
	}
	return river.JobCancel(cause)
}
