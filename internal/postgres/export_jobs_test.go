package postgres

import (
	"context"
	"time"

	"github.com/riverqueue/river"
	"github.com/uptrace/bun"

	"watchkeeper/internal/syncer"
)

// JobQueue is a transaction's jobQueue.
type JobQueue = jobQueue

func (q jobQueue) EnqueueRun(ctx context.Context, runID string) error {
	return q.enqueue(ctx, []*syncer.SyncRun{{ID: runID, Trigger: syncer.TriggerManual}})
}

func (db *DB) InTxWithJobs(ctx context.Context, fn func(ctx context.Context, tx bun.Tx, jobs JobQueue) error) error {
	return db.inTxWithJobs(ctx, fn)
}

// Count returns how many jobs the transaction sees.
func (q jobQueue) Count(ctx context.Context) (count int, err error) {
	err = q.conn.Raw(func(driverConn any) error {
		tx := borrowedTx{driverConn.(*sharedConn).Conn()}
		listed, err := q.inserter.JobListTx(ctx, tx, river.NewJobListParams())
		if err == nil {
			count = len(listed.Jobs)
		}
		return err
	})
	return count, err
}

// OpenJobStates are the states of a job that hasn't ended.
var OpenJobStates = openJobStates

// WithAttempts has Fail called after fewer attempts.
func WithAttempts(options JobsOptions, attempts int) JobsOptions {
	options.attempts = attempts
	return options
}

var TopicsOf = topicsOf

// SetSilence has the server pinged after a shorter silence. It is called before Start.
func (l *Listener) SetSilence(silence time.Duration) { l.silence = silence }
