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
)

// What holds where JobsOptions say nothing. A dead worker's run is taken over within a minute: after 45 s it counts as abandoned,
// and every replica looks for such runs four times in that time.
const (
	defaultWorkers       = 16
	defaultJobTimeout    = 40 * time.Second
	defaultTakeOverAfter = 45 * time.Second
	defaultAttempts      = 20
)

const (
	retryAfter = time.Second
	// fetchCooldown is how long a worker waits after fetching before it fetches again: what a click adds to at most.
	fetchCooldown = 5 * time.Millisecond
	// keepJobs is how long what has ended stays, for the operator's eyes: sync_runs is the record.
	keepJobs = time.Hour
)

// JobsOptions say how runs are carried out.
type JobsOptions struct {
	// Execute carries the run out, or goes on with it. It may be called again for a run that it has done with, after a
	// crash, and must then do nothing. A time returned puts the run off until then, and holds no worker meanwhile. An
	// error or a panic has Execute called again after a second. When its context ends, Execute has to return at once:
	// the server stops, or JobTimeout is over.
	Execute func(ctx context.Context, runID string) (resumeAt *time.Time, err error)
	// Fail ends a run that failed twenty times, the last time for that cause. It is called until it succeeds.
	Fail func(ctx context.Context, runID string, cause error) error
	// Workers is how many runs this replica carries out at a time, 16 by default.
	Workers int
	// JobTimeout is how long one call of Execute may take, 40 s by default.
	JobTimeout time.Duration
	// TakeOverAfter is how long after its start a run whose replica fell silent may be given to another one, 45 s by
	// default. It may not be less than JobTimeout.
	TakeOverAfter time.Duration
	// Logger gets what goes wrong; nil: nobody does.
	Logger *slog.Logger

	attempts int
}

// Jobs carries out the runs that were enqueued, those that people started first, and else in the order in which they became due, whichever replica they came from.
// River does the work.
type Jobs struct {
	client   *river.Client[pgx.Tx]
	takeOver *takeOver
}

// NewJobs prepares this replica's workers. It fails when the options contradict each other.
func NewJobs(db *DB, options JobsOptions) (*Jobs, error) {
	options = options.withDefaults()
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &runWorker{options: options}); err != nil {
		return nil, fmt.Errorf("registering the kind of job: %w", err)
	}
	client, err := river.NewClient(riverpgxv5.New(db.pool), &river.Config{
		Queues:                      map[string]river.QueueConfig{runQueue: {MaxWorkers: options.Workers}},
		Workers:                     workers,
		FetchCooldown:               fetchCooldown,
		JobTimeout:                  options.JobTimeout,
		RescueStuckJobsAfter:        options.TakeOverAfter,
		RetryPolicy:                 constantRetry{},
		CompletedJobRetentionPeriod: keepJobs,
		CancelledJobRetentionPeriod: keepJobs,
		Logger:                      slog.New(warnings{options.Logger.Handler()}),
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
	return o
}

// Start begins to carry out runs, until Stop: the end of ctx alone stops nothing. It fails when the database can't be
// reached, and may then be called again.
func (j *Jobs) Start(ctx context.Context) error {
	// River takes the end of this context for a failure of the runs at work, which would cost each an attempt.
	if err := j.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("starting the workers: %w", err)
	}
	j.takeOver.start(context.WithoutCancel(ctx))
	return nil
}

// Stop ends the contexts of the runs at work, hands the runs back for other replicas to take at once, and waits until
// that is done or ctx ends, which is an error. Before Start it does nothing.
func (j *Jobs) Stop(ctx context.Context) error {
	j.takeOver.stop()
	if err := j.client.StopAndCancel(ctx); err != nil {
		return fmt.Errorf("stopping the workers: %w", err)
	}
	return nil
}

// constantRetry has every failed run tried again after the same short time: the long waits are Execute's to ask for.
type constantRetry struct{}

func (constantRetry) NextRetry(*rivertype.JobRow) time.Time {
	return time.Now().Add(retryAfter)
}

// warnings leaves out what River says below the level of a warning.
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
