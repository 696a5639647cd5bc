package pgtest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"watchkeeper/internal/postgres"
)

// jobsAtOnce is how many jobs River lists or deletes at once at most.
const jobsAtOnce = 10_000

// Job is the job that executes a run.
type Job struct {
	RunID   string
	State   rivertype.JobState
	Attempt int // how many attempts count
}

// Jobs returns all jobs, in the order in which they were enqueued, as River lists them.
func Jobs(ctx context.Context, db *postgres.DB) ([]Job, error) {
	client, err := riverClient(db)
	if err != nil {
		return nil, err
	}
	var jobs []Job
	for params := river.NewJobListParams().First(jobsAtOnce); ; {
		page, err := client.JobList(ctx, params)
		if err != nil {
			return nil, fmt.Errorf("listing jobs: %w", err)
		}
		for _, row := range page.Jobs {
			var args struct {
				RunID string `json:"run_id"`
			}
			if err := json.Unmarshal(row.EncodedArgs, &args); err != nil {
				return nil, fmt.Errorf("reading a job's arguments: %w", err)
			}
			jobs = append(jobs, Job{RunID: args.RunID, State: row.State, Attempt: row.Attempt})
		}
		if len(page.Jobs) < jobsAtOnce {
			return jobs, nil
		}
		params = params.After(page.LastCursor)
	}
}

// DeleteJobs has River delete all jobs that no worker is executing.
func DeleteJobs(ctx context.Context, db *postgres.DB) error {
	client, err := riverClient(db)
	if err != nil {
		return err
	}
	for params := river.NewJobDeleteManyParams().First(jobsAtOnce).UnsafeAll(); ; {
		deleted, err := client.JobDeleteMany(ctx, params)
		if err != nil {
			return fmt.Errorf("deleting jobs: %w", err)
		}
		if len(deleted.Jobs) < jobsAtOnce {
			return nil
		}
	}
}

// riverClient is a client of River's without workers.
func riverClient(db *postgres.DB) (*river.Client[pgx.Tx], error) {
	client, err := river.NewClient(riverpgxv5.New(db.Pool()), &river.Config{})
	if err != nil {
		return nil, fmt.Errorf("setting up the queue: %w", err)
	}
	return client, nil
}
