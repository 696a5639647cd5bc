package postgres

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// The defaults of JobsOptions. A dead worker's run is taken over within a minute: after 45 s it counts as abandoned, and every
// replica looks for abandoned runs four times within 45 s.
const (
	defaultWorkers       = 16
	defaultJobTimeout    = 40 * time.Second
	defaultTakeOverAfter = 45 * time.Second
	defaultAttempts      = 20
)

const (
	retryAfter = time.Second
	// fetchCooldown is how long a worker waits between two fetches: the most that it adds to the time from a click to the run's start.
	fetchCooldown = 5 * time.Millisecond
	// keepJobs is how long jobs that have ended are kept, for operators to look at: the record is in sync_runs.
	keepJobs = time.Hour
)

// JobsOptions say how runs are executed.
type JobsOptions struct {
	// Execute executes the run, or resumes it. After a crash it may be called again for a run that it has finished, and
	// must then do nothing. If it returns a time, it is called again then, and occupies no worker meanwhile; nil means that
	// it is done. After an error or a panic it is called again a second later. When its context ends, because the server
	// stops or JobTimeout has passed, it must return at once.
	Execute func(ctx context.Context, runID string) (resumeAt *time.Time, err error)
	// Fail ends a run that failed twenty times; cause is the last error. It is called until it succeeds.
	Fail func(ctx context.Context, runID string, cause error) error
	// Workers is how many runs this replica executes at a time, 16 by default.
	Workers int
	// JobTimeout is how long one call of Execute may take, 40 s by default.
	JobTimeout time.Duration
	// TakeOverAfter is how long after its start a run that hasn't ended counts as abandoned, and is given to another
	// replica: 45 s by default. It may not be less than JobTimeout.
	TakeOverAfter time.Duration
	// Logger receives warnings and errors; if it is nil, they are dropped.
	Logger *slog.Logger
	// Tracer makes a span of each attempt to execute a run; if it is nil, none is made.
	Tracer trace.Tracer

	attempts int
}

// Jobs executes the runs that any replica enqueued: first those that people started, then the others in the order in which
// they became due. The queue is River's.
type Jobs struct {
	client   *river.Client[pgx.Tx]
	takeOver *takeOver
}

// NewJobs prepares this replica's workers. It returns an error when TakeOverAfter is less than JobTimeout.
func NewJobs(db *DB, options JobsOptions) (*Jobs, error) {
	options = options.withDefaults()
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &runWorker{options: options, clock: db.clock}); err != nil {
		return nil, fmt.Errorf("registering the kind of job: %w", err)
	}
	client, err := river.NewClient(riverpgxv5.New(db.pool), &river.Config{
		Queues:                      map[string]river.QueueConfig{runQueue: {MaxWorkers: options.Workers}},
		Workers:                     workers,
		FetchCooldown:               fetchCooldown,
		JobTimeout:                  options.JobTimeout,
		RescueStuckJobsAfter:        options.TakeOverAfter,
		RetryPolicy:                 constantRetry{clock: db.clock},
		CompletedJobRetentionPeriod: keepJobs,
		CancelledJobRetentionPeriod: keepJobs,
		Logger:                      slog.New(warnings{options.Logger.Handler()}),
		// River's own name for the clock that it uses: PostgreSQL compares what it writes with now().
		Test: river.TestConfig{Time: db.clock},
	})
	if err != nil {
		return nil, fmt.Errorf("setting up the workers: %w", err)
	}
	return &Jobs{client: client, takeOver: &takeOver{db: db, after: options.TakeOverAfter, logger: options.Logger}}, nil
}

func (o JobsOptions) withDefaults() JobsOptions {
	o.Workers = cmp.Or(o.Workers, defaultWorkers)
	o.JobTimeout = cmp.Or(o.JobTimeout, defaultJobTimeout)
	o.TakeOverAfter = cmp.Or(o.TakeOverAfter, defaultTakeOverAfter)
	o.attempts = cmp.Or(o.attempts, defaultAttempts)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Tracer == nil {
		o.Tracer = noop.Tracer{}
	}
	return o
}

// Start begins to execute runs, until Stop: the end of ctx alone stops nothing. It returns an error when the database can't be
// reached, and may then be called again.
func (j *Jobs) Start(ctx context.Context) error {
	// River counts the end of this context as a failed attempt of each run that is being executed.
	ctx = AcrossFirms(context.WithoutCancel(ctx), Queue)
	if err := j.client.Start(ctx); err != nil {
		return fmt.Errorf("starting the workers: %w", err)
	}
	j.takeOver.start(ctx)
	return nil
}

// Stop ends the contexts of the runs that are being executed and returns the runs to the queue, where other replicas take them
// at once. It returns when that is done or ctx ends, which is an error. Before Start it does nothing.
func (j *Jobs) Stop(ctx context.Context) error {
	j.takeOver.stop()
	if err := j.client.StopAndCancel(ctx); err != nil {
		return fmt.Errorf("stopping the workers: %w", err)
	}
	return nil
}

// constantRetry retries every failed run after the same short time: longer waits are those that Execute returns.
type constantRetry struct{ clock *Clock }

func (r constantRetry) NextRetry(*rivertype.JobRow) time.Time {
	return r.clock.Now().Add(retryAfter)
}

// warnings drops River's log entries below the level of a warning.
type warnings struct{ inner slog.Handler }

var _ slog.Handler = warnings{}

func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.inner.Enabled(ctx, level)
}

func (w warnings) Handle(ctx context.Context, record slog.Record) error {
	return w.inner.Handle(ctx, record)
}

func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.inner.WithAttrs(attrs)}
}

func (w warnings) WithGroup(name string) slog.Handler {
	return warnings{w.inner.WithGroup(name)}
}
